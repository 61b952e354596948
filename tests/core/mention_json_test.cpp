#include "core/mention_json.hpp"

#include <gtest/gtest.h>

namespace rasid {
namespace {

Result<MentionLine> parse(std::string_view text, std::optional<Instant> start = std::nullopt) {
    auto json = parse_json(text);
    EXPECT_TRUE(json) << text;
    return parse_mention_json(json->root(), start);
}

TEST(MentionJson, reads_what_assess_takes) {
    auto line = parse(
        R"({"id":17,"text":"قهوة","platform":"x","lang":"ar","author":{"handle":"@amal","name":"Amal","followers":3,"verified":true},
        "url":"https://x.example/1","domain":"x.example","conversation":"c","in_reply_to":"p","created_at":"2026-03-01T10:00:00+03:00","stars":1.5,
        "customer":{"tier":"gold","plan":"p"},"unknown":[1,2],"source":null})");
    ASSERT_TRUE(line) << line.error().what;
    EXPECT_EQ(line->mention.key, (MentionKey{"x", "17"}));
    EXPECT_EQ(line->mention.author, (Author{.handle = "amal", .name = "Amal", .followers = 3, .verified = true}));
    EXPECT_EQ(to_rfc3339(line->mention.created_at), "2026-03-01T07:00:00.000Z");
    EXPECT_EQ(line->mention.stars, 1.5);
    ASSERT_TRUE(line->context.customer);
    EXPECT_EQ(line->context.customer->tier, "gold");
    EXPECT_FALSE(parse(R"({"id":"a","text":""})")->context.customer);
}

TEST(MentionJson, names_what_is_missing_or_wrong) {
    const std::pair<const char*, const char*> kCases[] = {
        {R"([])", "a mention must be a JSON object"},
        {R"({"text":"x"})", "`id` is missing"},
        {R"({"id":"a"})", "`text` is missing"},
        {R"({"id":"a","text":null})", "`text` is missing"},
        {R"({"id":"","text":"x"})", "`id` must be a string that is not empty, or a whole number"},
        {R"({"id":1.5,"text":"x"})", "`id` must be a string that is not empty, or a whole number"},
        {R"({"id":"a","text":7})", "`text` must be a string"},
        {R"({"id":"a","text":"x","author":"amal"})", "`author` must be an object"},
        {R"({"id":"a","text":"x","author":{"followers":-1}})", "`author.followers` must be a whole number from 0 up"},
        {R"({"id":"a","text":"x","created_at":"yesterday"})",
         "`created_at` must be an RFC 3339 date such as \"2026-11-21T19:51:20Z\""},
        {R"({"id":"a","text":"x","created_at":5})",
         "`created_at` must be an RFC 3339 date such as \"2026-11-21T19:51:20Z\""},
        {R"({"id":"a","text":"x","customer":3})", "`customer` must be an object"},
        {R"({"id":"a","text":"x","visibility":"secret"})", "`visibility` must be open, unlisted, followers or direct"},
    };
    for (const auto& [text, problem] : kCases) {
        auto line = parse(text);
        ASSERT_FALSE(line) << text;
        EXPECT_EQ(line.error().kind, Failure::Kind::malformed);
        EXPECT_EQ(line.error().what, problem);
    }
}

TEST(MentionJson, a_tombstone_needs_no_text) { EXPECT_TRUE(parse(R"({"id":"a","deleted":true})")->mention.deleted); }

TEST(MentionJson, times_may_count_from_a_start) {
    const auto start = *parse_rfc3339("2026-03-01T00:00:00Z");
    auto line = parse(R"({"id":"a","text":"x","created_at":-1.5,"edited_at":60})", start);
    ASSERT_TRUE(line);
    EXPECT_EQ(line->mention.created_at, start - std::chrono::milliseconds(1500));
    EXPECT_EQ(line->mention.edited_at, start + std::chrono::minutes(1));
    EXPECT_FALSE(parse(R"({"id":"a","text":"x","created_at":1e300})", start));
}

TEST(MentionJson, what_is_printed_is_read_back_equal) {
    Mention full{
        .key = {"mastodon", "https://s.example/1"},
        .revision = "r",
        .source = "care",
        .author = {.handle = "amal@s.example", .name = "أمل", .native_id = "7", .followers = 0, .verified = true},
        .title = "t",
        .text = "line \"one\"\nسطر \\ ثانٍ",
        .language = "ar",
        .url = "https://s.example/@amal/1",
        .domain = "s.example",
        .conversation = "c",
        .in_reply_to = "p",
        .reply_token = R"({"id":"1"})",
        .visibility = Visibility::followers,
        .created_at = *parse_rfc3339("2026-03-01T10:00:00.123Z"),
        .edited_at = *parse_rfc3339("2026-03-01T11:00:00Z"),
        .deleted = true,
        .own = true,
        .stars = 4.5,
        .replies = 1,
        .reshares = 2,
        .likes = 3};
    Mention bare{.key = {"", "x"}, .text = ""};
    for (const auto& mention : {full, bare}) {
        auto printed = print_mention_json(mention);
        EXPECT_EQ(printed.find('\n'), std::string::npos);
        auto read = parse(printed);
        ASSERT_TRUE(read) << printed << ": " << read.error().what;
        EXPECT_EQ(read->mention, mention) << printed;
    }
}

}  // namespace
}  // namespace rasid
