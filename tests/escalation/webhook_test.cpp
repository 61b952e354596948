#include "escalation/webhook.hpp"

#include "core/json.hpp"
#include "tests/support/instant_at.hpp"

#include <gtest/gtest.h>

#include <map>

namespace rasid {
namespace {

using namespace std::chrono_literals;

WebhookNotice notice() {
    WebhookNotice result{
        .key = "t1/first_response/1/80/1/webhook:desk", .target = Target::first_response, .percent = 80};
    result.ticket.id = "t1";
    result.ticket.number = 4821;
    result.ticket.queue = "care";
    result.ticket.author.handle = "hind_z";
    result.due_at = at("2026-03-01T09:00:00Z");
    result.text = "<!channel> the latte was cold & \"late\"\n<https://evil.example|click>";
    result.ticket_url = "https://rasid.example/tickets/4821";
    return result;
}

TEST(Webhook, the_body_is_json_that_says_what_is_late) {
    const auto body = webhook_body(notice(), at("2026-03-01T08:48:00Z"));
    const auto parsed = parse_json(body);
    ASSERT_TRUE(parsed) << body;
    const auto root = parsed->root();
    EXPECT_EQ(root["version"].integer(), 1);
    EXPECT_EQ(root["target"].string(), "first_response");
    EXPECT_EQ(root["ticket"]["number"].integer(), 4821);
    EXPECT_EQ(root["due_at"].string(), "2026-03-01T09:00:00.000Z");
    EXPECT_EQ(root["mention"]["author"].string(), "hind_z");
}

TEST(Webhook, strangers_words_ring_no_channel_and_make_no_link_in_slack) {
    const auto body = slack_body(notice(), at("2026-03-01T09:48:00Z"));
    const auto parsed = parse_json(body);
    ASSERT_TRUE(parsed) << body;
    const auto text = std::string(parsed->root()["text"].string().value());
    EXPECT_EQ(text.find('<'), std::string::npos) << text;
    EXPECT_NE(text.find("&lt;!channel&gt;"), std::string::npos);
    EXPECT_NE(text.find("late since 2026-03-01T09:00:00.000Z"), std::string::npos);
    for (const auto& block : parsed->root()["blocks"].items()) EXPECT_EQ(block["text"]["type"].string(), "plain_text");
}

TEST(Webhook, a_long_text_is_cut) {
    auto long_one = notice();
    long_one.text.assign(1 << 20, 'x');
    EXPECT_LT(webhook_body(long_one, {}).size(), 4000U);
    long_one.text.clear();
    for (int i = 0; i < 100'000; ++i) long_one.text += "y\n";
    EXPECT_LT(webhook_body(long_one, {}).size(), 8000U);
}

TEST(Webhook, the_signature_is_hmac_sha256_as_documented) {
    // printf 'v1:1772354880:{}' | openssl dgst -sha256 -hmac secret
    const auto now = at("2026-03-01T08:48:00Z");
    const auto headers = webhook_headers("secret", "key", "{}", now);
    const std::map<std::string, std::string> by_name(headers.begin(), headers.end());
    EXPECT_EQ(by_name.at("X-Rasid-Timestamp"), "1772354880");
    EXPECT_EQ(by_name.at("X-Rasid-Signature"), "v1=b3afe9b10130289669d9b654927455c6083668fa7dfd1f14cff1ed1921409133");
    EXPECT_EQ(by_name.at("Idempotency-Key"), "key");
}

TEST(Webhook, a_receiver_refuses_a_changed_body_another_secret_and_a_call_played_again_later) {
    const auto now = at("2026-03-01T08:48:00Z");
    const auto headers = webhook_headers("secret", "key", "{}", now);
    const auto& stamp = headers[2].second;
    const auto& signature = headers[3].second;
    EXPECT_TRUE(webhook_is_genuine("secret", stamp, signature, "{}", now + 5min));
    EXPECT_FALSE(webhook_is_genuine("secret", stamp, signature, "{ }", now));
    EXPECT_FALSE(webhook_is_genuine("other", stamp, signature, "{}", now));
    EXPECT_FALSE(webhook_is_genuine("secret", stamp, signature, "{}", now + 5min + 1s));
    EXPECT_FALSE(webhook_is_genuine("secret", stamp, signature, "{}", now - 6min));
    EXPECT_FALSE(webhook_is_genuine("secret", std::to_string(std::stoll(stamp) + 60), signature, "{}", now))
        << "the time is signed";
    EXPECT_FALSE(webhook_is_genuine("secret", "99999999999999999999", signature, "{}", now));
    EXPECT_FALSE(webhook_is_genuine("secret", "", "", "{}", now));
}

}  // namespace
}  // namespace rasid
