#pragma once

#include "core/instant.hpp"
#include "core/ticket.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rasid {

/// What an escalation by webhook tells.
struct WebhookNotice {
    std::string key = {};  ///< of the notice; the same on every attempt
    Ticket ticket = {};
    std::optional<Target> target = {};
    int percent = 0;
    std::optional<Instant> due_at = {};
    std::string recipient = {};  ///< name
    std::string assignee = {};   ///< name; empty: nobody has it
    std::string text = {};       ///< what the stranger wrote
    std::string mention_url = {};
    std::string ticket_url = {};
};

/// One line: "Ticket #4821 (care): first_response 80 %".
std::string webhook_headline(const WebhookNotice& notice);

/// JSON for programs: version, key, kind, ticket, target, due_at, recipient, mention. Texts are cut at 2000 bytes.
std::string webhook_body(const WebhookNotice& notice, Instant now);

/// JSON as Slack's incoming webhooks and their likes take it. Strangers' words stand in plain-text blocks or escaped,
/// so that they neither notify a channel nor become a link.
std::string slack_body(const WebhookNotice& notice, Instant now);

/// Headers of a signed call:
///
///     Idempotency-Key: KEY
///     X-Rasid-Timestamp: UNIX-SECONDS
///     X-Rasid-Signature: v1=HEX
///
/// where HEX is HMAC-SHA256 under the shared secret over "v1:" UNIX-SECONDS ":" BODY. The time is part of what is
/// signed, so that a recorded call cannot be played again later.
std::vector<std::pair<std::string, std::string>> webhook_headers(std::string_view secret, std::string_view key,
                                                                 std::string_view body, Instant now);

/// What a receiver does: whether the signature is ours and the time at most `tolerance` away. Compares in constant
/// time.
bool webhook_is_genuine(std::string_view secret, std::string_view timestamp, std::string_view signature,
                        std::string_view body, Instant now, Duration tolerance = std::chrono::minutes(5));

}  // namespace rasid
