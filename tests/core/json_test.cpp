#include "core/json.hpp"

#include <gtest/gtest.h>

namespace rasid {
namespace {

TEST(JsonTest, missing_members_and_wrong_types_are_absent_values) {
    const auto document = parse_json(R"({"a":{"b":[1,"x",null]},"n":3.5,"big":18446744073709551615})");
    ASSERT_TRUE(document);
    const auto root = document->root();
    EXPECT_EQ(root["a"]["b"].at(1).string(), "x");
    EXPECT_EQ(root["a"]["b"].at(0).integer(), 1);
    EXPECT_FALSE(root["a"]["b"].at(9).exists());
    EXPECT_FALSE(root["no"]["such"]["thing"].exists());
    EXPECT_FALSE(root["a"].string());
    EXPECT_FALSE(root["n"].integer());
    EXPECT_EQ(root["n"].number(), 3.5);
    EXPECT_TRUE(root["a"]["b"].at(2).is_null());
    EXPECT_EQ(root["big"].text_or(""), "18446744073709551615");
    EXPECT_TRUE(root["n"].items().empty());
}

TEST(JsonTest, hostile_text_is_malformed_and_never_more) {
    EXPECT_FALSE(parse_json(std::string(200'000, '[')));
    EXPECT_FALSE(parse_json(std::string(65, '[') + std::string(65, ']')));
    EXPECT_TRUE(parse_json(std::string(64, '[') + std::string(64, ']')));
    EXPECT_FALSE(parse_json(std::string_view("\"a\0b\"", 5)));
    EXPECT_FALSE(parse_json("\"\xff\""));
    EXPECT_FALSE(parse_json("{} {}"));
    EXPECT_FALSE(parse_json(""));
    EXPECT_FALSE(parse_json("\xEF\xBB"));
    EXPECT_TRUE(parse_json("\xEF\xBB\xBF{}"));
    EXPECT_TRUE(parse_json(R"(["[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["])"))
        << "brackets inside a string nest nothing";
}

TEST(JsonTest, an_error_names_the_byte) {
    const auto broken = parse_json("{\"a\": tru}");
    ASSERT_FALSE(broken);
    EXPECT_NE(broken.error().what.find("at byte"), std::string::npos) << broken.error().what;
}

TEST(JsonTest, writes_what_it_reads_and_mends_invalid_utf8) {
    JsonWriter out;
    out.object([&] {
        out.member("text", std::string("قهوة \"\n\xff"));
        out.member("number", 0.5);
        out.member("none", std::optional<std::string>());
        out.strings("list", {"a", "b"});
    });
    const auto text = std::move(out).take();
    EXPECT_EQ(text, "{\"text\":\"قهوة \\\"\\n\xEF\xBF\xBD\",\"number\":0.5,\"none\":null,\"list\":[\"a\",\"b\"]}");
    EXPECT_TRUE(parse_json(text));
}

}  // namespace
}  // namespace rasid
