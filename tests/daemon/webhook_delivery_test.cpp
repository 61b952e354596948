#include "daemon/webhook_delivery.hpp"

#include "core/json.hpp"
#include "daemon/service_config.hpp"
#include "tests/support/fake_http.hpp"
#include "tests/support/run_task.hpp"
#include "tests/support/temp_folder.hpp"

#include <gtest/gtest.h>

#include <fstream>

namespace rasid {
namespace {

using namespace std::chrono_literals;

const Instant kCalledAt = *parse_rfc3339("2026-03-01T08:48:00Z");

class WebhookDelivery : public testing::Test {
protected:
    WebhookDelivery() {
        caller.configure({{.name = "desk", .kind = "signed", .url = "https://desk.example/hook", .secret = "secret"},
                          {.name = "care", .kind = "slack", .url = "https://hooks.example/T1"}});
        facts.ticket = {.id = "t1", .number = 4821, .priority = Priority::high, .queue = "care"};
        facts.target = Target::first_response;
        facts.percent = 80;
        facts.text = "the latte was cold";
    }

    OutboxItem item(const std::string& by) const {
        const RungCall asked{.people = {{.name = "Sara"}, {.name = "Dana"}},
                             .by = by,
                             .key = "t1/first_response/1/80/1/" + by,
                             .event = "e1"};
        return webhook_item(asked, facts, "item-1", kCalledAt);
    }
    WebhookCaller::Outcome call(const OutboxItem& outgoing, Instant now = kCalledAt) {
        return run_task(caller.call(outgoing, now));
    }

    FakeHttp http;
    WebhookCaller caller{http};
    WebhookNotice facts;
};

TEST_F(WebhookDelivery, an_item_tells_all_whom_the_step_names_and_has_a_subject_like_a_mail) {
    const auto outgoing = item("webhook:desk");
    EXPECT_EQ(outgoing.kind, "webhook");
    EXPECT_EQ(outgoing.to, "desk");
    EXPECT_EQ(outgoing.event, "e1");
    EXPECT_EQ(outgoing.priority, Priority::high);
    EXPECT_EQ(outgoing.key, "t1/first_response/1/80/1/webhook:desk");
    const auto payload = parse_json(outgoing.payload);
    ASSERT_TRUE(payload);
    EXPECT_EQ(payload->root()["subject"].text_or(""), "Ticket #4821 (care): first_response 80 %");
    const auto body = parse_json(payload->root()["text"].text_or(""));
    ASSERT_TRUE(body);
    EXPECT_EQ(body->root()["recipient"].text_or(""), "Sara, Dana");
}

TEST_F(WebhookDelivery, a_signed_call_can_be_verified_and_keeps_key_and_body_on_every_attempt) {
    http.answers = {HttpResponse{.status = 503}, HttpResponse{.status = 204}};
    const auto outgoing = item("webhook:desk");
    EXPECT_EQ(call(outgoing).delivery, Delivery::try_later);
    EXPECT_EQ(call(outgoing, kCalledAt + 1h).delivery, Delivery::done);
    ASSERT_EQ(http.requests.size(), 2u);
    const auto& first = http.requests[0];
    const auto& second = http.requests[1];
    EXPECT_EQ(first.method, "POST");
    EXPECT_EQ(first.url, "https://desk.example/hook");
    EXPECT_EQ(first.body, second.body);
    EXPECT_EQ(FakeHttp::header(first, "Idempotency-Key"), FakeHttp::header(second, "Idempotency-Key"));
    EXPECT_NE(FakeHttp::header(first, "X-Rasid-Signature"), FakeHttp::header(second, "X-Rasid-Signature"));
    for (const auto& [request, at] : {std::pair(first, kCalledAt), std::pair(second, kCalledAt + 1h)}) {
        EXPECT_TRUE(webhook_is_genuine("secret", FakeHttp::header(request, "X-Rasid-Timestamp"),
                                       FakeHttp::header(request, "X-Rasid-Signature"), request.body, at));
    }
}

TEST_F(WebhookDelivery, slack_gets_its_blocks_and_no_signature) {
    http.answers = {HttpResponse{.status = 200}};
    EXPECT_EQ(call(item("slack:care")).delivery, Delivery::done);
    ASSERT_EQ(http.requests.size(), 1u);
    EXPECT_EQ(FakeHttp::header(http.requests[0], "X-Rasid-Signature"), "");
    EXPECT_TRUE(parse_json(http.requests[0].body)->root()["blocks"].is_array());
}

TEST_F(WebhookDelivery, what_cannot_be_reached_is_tried_again_and_what_is_refused_is_a_dead_letter) {
    const auto delivery = [&](Result<HttpResponse> answer) {
        http.answers = {std::move(answer)};
        return call(item("webhook:desk")).delivery;
    };
    EXPECT_EQ(delivery(Failure{Failure::Kind::unreachable, "nobody answers"}), Delivery::try_later);
    EXPECT_EQ(delivery(Failure{Failure::Kind::malformed, "no HTTP"}), Delivery::try_later);
    EXPECT_EQ(delivery(Failure{Failure::Kind::blocked, "a private address"}), Delivery::refused);
    EXPECT_EQ(delivery(HttpResponse{.status = 404}), Delivery::refused);
    EXPECT_EQ(delivery(HttpResponse{.status = 401}), Delivery::refused);
    EXPECT_EQ(delivery(HttpResponse{.status = 500}), Delivery::try_later);
    http.answers = {HttpResponse{.status = 429, .headers = {{"Retry-After", "120"}}}};
    const auto limited = call(item("webhook:desk"));
    EXPECT_EQ(limited.delivery, Delivery::try_later);
    EXPECT_EQ(limited.retry_after, 120s);
}

TEST_F(WebhookDelivery, a_webhook_that_is_gone_or_of_another_kind_is_a_dead_letter_with_clear_words) {
    const auto outgoing = item("webhook:desk");
    caller.configure({});
    const auto gone = call(outgoing);
    EXPECT_EQ(gone.delivery, Delivery::refused);
    EXPECT_NE(gone.text.find("no webhook `desk`"), std::string::npos) << gone.text;
    caller.configure({{.name = "desk", .kind = "slack", .url = "https://hooks.example/T1"}});
    const auto other = call(outgoing);
    EXPECT_EQ(other.delivery, Delivery::refused);
    EXPECT_NE(other.text.find("of the kind \"slack\""), std::string::npos) << other.text;
    EXPECT_TRUE(http.requests.empty());
}

TEST_F(WebhookDelivery, secrets_are_read_from_their_files_and_an_unreadable_one_is_an_error_at_its_place) {
    const TempFolder folder;
    const auto path = folder.file("secret");
    std::ofstream(path) << "hush\n";
    std::filesystem::permissions(path, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    Config config;
    config.webhooks = {
        {.name = "desk", .kind = "signed", .url = "https://x.example", .secret_file = path},
        {.name = "care", .kind = "slack", .url_file = folder.file("none"), .origin = {"rasid.toml", 7, 1}}};
    std::vector<SetupError> errors;
    const auto targets = webhook_targets(config, errors);
    ASSERT_EQ(targets.size(), 2u);
    EXPECT_EQ(targets[0].secret, "hush");
    ASSERT_EQ(errors.size(), 1u);
    EXPECT_EQ(errors[0].origin.line, 7);
}

}  // namespace
}  // namespace rasid
