#include "daemon/webhook_delivery.hpp"

#include "core/json.hpp"

#include <algorithm>

namespace rasid {
namespace {

constexpr std::chrono::seconds kDeadline{10};
constexpr std::size_t kMostWebhookAnswer = 64u << 10;  // bytes; nobody reads it

struct Call {
    std::string kind = {};  ///< slack | signed
    std::string body = {};
};

Result<Call> parse_call(std::string_view json) {
    auto document = parse_json(json);
    if (!document) return document.error();
    return Call{.kind = document->root()["webhook"].text_or(""), .body = document->root()["text"].text_or("")};
}

std::string names_of(const std::vector<Person>& people) {
    std::string names;
    for (const auto& person : people) names += (names.empty() ? "" : ", ") + person.name;
    return names;
}

HttpRequest request_of(const WebhookTarget& target, const Call& call, const std::string& key, Instant now) {
    HttpRequest request;
    request.method = "POST";
    request.url = target.url;
    request.body = call.body;
    request.deadline = kDeadline;
    request.max_body = kMostWebhookAnswer;
    if (target.kind == "signed") {
        for (auto& [name, value] : webhook_headers(target.secret, key, call.body, now))
            request.headers.push_back({std::move(name), std::move(value)});
    } else {
        request.headers = {{"Content-Type", "application/json"}, {"Idempotency-Key", key}};
    }
    return request;
}

bool passes(const Failure& failure) {
    using Kind = Failure::Kind;
    // An answer that cannot be read says nothing about what became of the call, which may be repeated.
    return failure.kind == Kind::unreachable || failure.kind == Kind::rate_limited || failure.kind == Kind::malformed ||
           failure.kind == Kind::unknown_outcome;
}

WebhookCaller::Outcome outcome_of(const Failure& failure, const std::string& name) {
    return {.delivery = passes(failure) ? Delivery::try_later : Delivery::refused,
            .text = "webhook `" + name + "`: " + failure.what,
            .retry_after = failure.retry_after};
}

}  // namespace

/// Members are named as a mail's, so that the page shows both alike.
std::string webhook_payload(const std::string& kind, const std::string& body, const std::string& subject) {
    JsonWriter out;
    out.object([&] {
        out.member("subject", subject);
        out.member("text", body);
        out.member("webhook", kind);
    });
    return std::move(out).take();
}

OutboxItem webhook_item(const RungCall& asked, const WebhookNotice& facts, std::string id, Instant now) {
    const auto colon = asked.by.find(':');
    const bool slack = asked.by.substr(0, colon) == "slack";
    auto told = facts;
    told.key = asked.key;
    told.recipient = names_of(asked.people);
    const auto body = slack ? slack_body(told, now) : webhook_body(told, now);
    OutboxItem item;
    item.id = std::move(id);
    item.kind = "webhook";
    item.key = asked.key;
    item.to = colon == std::string::npos ? asked.by : asked.by.substr(colon + 1);
    item.ticket = facts.ticket.id;
    item.event = asked.event;
    item.payload = webhook_payload(slack ? "slack" : "signed", body, webhook_headline(told));
    item.priority = facts.ticket.priority;
    item.created_at = now;
    item.not_before = now;
    return item;
}

Task<WebhookCaller::Outcome> WebhookCaller::call(OutboxItem item, Instant now) {
    const auto call = parse_call(item.payload);
    if (!call) co_return Outcome{.delivery = Delivery::refused, .text = call.error().what};
    const auto target = std::ranges::find(targets_, item.to, &WebhookTarget::name);
    if (target == targets_.end()) {
        co_return Outcome{.delivery = Delivery::refused,
                          .text =
                              "the configuration has no webhook `" + item.to +
                              "`: add a [[webhook]] of this name to rasid.toml, or change the ladder, and try again"};
    }
    if (target->kind != call->kind) {
        co_return Outcome{.delivery = Delivery::refused,
                          .text = "the webhook `" + item.to + "` is of the kind \"" + target->kind +
                                  "\", the ladder tells it as \"" + call->kind + "\": change one of the two"};
    }
    auto request = request_of(*target, *call, item.key, now);
    const auto response = co_await http_.fetch(std::move(request));
    if (!response) co_return outcome_of(response.error(), item.to);
    if (response->status >= 200 && response->status < 300) co_return Outcome{};
    co_return outcome_of(failure_of(*response, std::chrono::floor<std::chrono::seconds>(now)), item.to);
}

}  // namespace rasid
