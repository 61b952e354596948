#include "core/reply_length.hpp"

#include "core/json.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <sstream>

namespace rasid {
namespace {

ReplyForm form_of(std::string_view name) {
    static const std::map<std::string, ReplyForm, std::less<>> kForms = {
        {"x", {.limit = 280, .unit = LengthUnit::weighted, .url_length = 23}},
        {"bluesky", {.limit = 300}},
        {"mastodon", {.limit = 500, .url_length = 23, .counts_remote_handles = false}},
        {"telegram", {.limit = 4096, .unit = LengthUnit::utf16}},
        {"elsewhere", unknown_reply_form()}};
    return kForms.find(name)->second;
}

TEST(ReplyLength, is_counted_as_the_platform_counts_and_as_the_page_does) {
    std::ifstream in(std::string(RASID_SOURCE_DIR) + "/tests/core/reply_lengths.json");
    std::ostringstream text;
    text << in.rdbuf();
    const auto table = parse_json(text.str());
    ASSERT_TRUE(table) << table.error().what;
    ASSERT_GT(table->root().items().size(), 20U);
    for (const auto& row : table->root().items()) {
        EXPECT_EQ(reply_length(row["text"].text_or(""), form_of(row["form"].text_or(""))),
                  static_cast<std::size_t>(row["length"].integer().value_or(-1)))
            << row["what"].text_or("");
    }
}

TEST(ReplyLength, a_limit_counts_to_the_last_character) {
    const auto x = form_of("x");
    EXPECT_TRUE(fits(std::string(280, 'a'), x));
    EXPECT_FALSE(fits(std::string(281, 'a'), x));
    EXPECT_TRUE(fits(std::string(100000, 'a'), {.limit = 0}));
}

TEST(ReplyLength, hostile_bytes_are_counted_without_harm) {
    for (const std::string text :
         {"\xff\xfe", "@@@@", "https://", "@a@", "\xd8", "@\xf0\x9f\x98\x80@x.y", "http://\xf0\x9f"})
        EXPECT_LE(reply_length(text, form_of("mastodon")), 40U) << text;
}

}  // namespace
}  // namespace rasid
