#pragma once

#include "core/clock.hpp"
#include "core/http.hpp"
#include "core/outbox.hpp"
#include "daemon/delivery_schedule.hpp"
#include "escalation/rungs.hpp"
#include "escalation/webhook.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rasid {

/// A configured webhook with its secrets read.
struct WebhookTarget {
    std::string name = {};
    std::string kind = {};  ///< slack | signed
    std::string url = {};
    std::string secret = {};
};

/// The call that a step by "slack:NAME" or "webhook:NAME" makes, for the outbox.
OutboxItem webhook_item(const RungCall& asked, const WebhookNotice& facts, std::string id, Instant now);

/// What the outbox holds of a call: its body, `kind` of webhook (slack, signed) and a line for people.
std::string webhook_payload(const std::string& kind, const std::string& body, const std::string& subject);

/// Calls webhooks: one attempt a call, the same Idempotency-Key and body on each.
class WebhookCaller {
public:
    explicit WebhookCaller(HttpClient& http) : http_(http) {}

    void configure(std::vector<WebhookTarget> targets) { targets_ = std::move(targets); }

    struct Outcome {
        Delivery delivery = Delivery::done;
        std::string text = {};  ///< why not, for people
        std::optional<std::chrono::seconds> retry_after = {};
    };
    Task<Outcome> call(OutboxItem item, Instant now);

private:
    HttpClient& http_;
    std::vector<WebhookTarget> targets_;
};

}  // namespace rasid
