#include "web/setup_items.hpp"

#include "tests/web/web_house.hpp"

#include <gtest/gtest.h>

namespace rasid {
namespace {

ParsedSetup read(std::string_view kind, std::string_view name, std::string_view json) {
    const auto document = parse_json(json);
    if (!document) throw std::logic_error("the test's JSON is bad");
    return read_setup_item(kind, name, document->root());
}

TEST(SetupItems, read_back_from_json_are_what_was_written) {
    auto setup = WebHouse::sample_setup();
    setup.plans.push_back({.name = "friends",
                           .touches = {{"newsletter", 12}, {"call", 5}},
                           .occasions = {"eid_fitr", "new_year"},
                           .value_items = {{"newsletter", "a \"recipe\""}},
                           .referral_steps = {"send the link", "أخبرنا باسمه"}});
    setup.people.front().skills = {"refund"};
    setup.queues.front().assign = AssignmentWay::round_robin;
    setup.ladders.front().steps.push_back({.unacknowledged = std::chrono::minutes(30), .to = "on-call:night"});
    setup.rotas.push_back({.name = "night",
                           .first_day = parse_date("2026-03-01").value(),
                           .people = {"Sara"},
                           .overrides = {{from_micros(0), from_micros(60'000'000), "Sara"}}});
    for (const std::string kind : {"people", "rotas", "ladders", "queues", "rules", "plans"}) {
        JsonWriter out;
        write_setup_items(out, setup, kind, true);
        const auto document = parse_json(out.text());
        ASSERT_TRUE(document);
        for (const auto item : document->root()["items"].items()) {
            JsonWriter without_id;
            without_id.object([&] {
                for (const auto& [name, member] : item.members()) {
                    if (name != "id") without_id.member(name, member);
                }
            });
            const auto name = item["name"].text_or("");
            const auto parsed = read(kind, name, without_id.text());
            ASSERT_TRUE(parsed.errors.empty()) << kind << " " << name << ": " << parsed.errors.front().what;
            EXPECT_TRUE(difference(setup, merge(setup, parsed.setup, false)).empty()) << kind << " " << name;
        }
    }
}

TEST(SetupItems, keep_every_character_of_a_text) {
    const auto parsed = read("rules", "r", R"({"query":"\"a\\b\" \u007f OR 'قهوة'\n\ttab \ud83d\ude00"})");
    ASSERT_TRUE(parsed.errors.empty()) << parsed.errors.front().what;
    EXPECT_EQ(parsed.setup.rules.front().query, "\"a\\b\" \x7f OR 'قهوة'\n\ttab 😀");
}

TEST(SetupItems, cannot_smuggle_further_items_in) {
    const auto parsed = read("rules", "r", R"({"query":"x\"\n[[person]]\nname = \"evil\"\nrole=\"admin\"\n"})");
    ASSERT_TRUE(parsed.errors.empty());
    EXPECT_TRUE(parsed.setup.people.empty());
    EXPECT_EQ(parsed.setup.rules.size(), 1u);
}

TEST(SetupItems, of_a_wrong_type_are_refused) {
    EXPECT_FALSE(read("queues", "q", R"({"first_response":15})").errors.empty());
    EXPECT_FALSE(read("queues", "q", R"({"first_response":"soon"})").errors.empty());
    EXPECT_FALSE(read("rules", "r", R"({"query":"x","tags":[1.5]})").errors.empty());
    EXPECT_FALSE(read("rules", "r", R"({"query":"x","tags":[null]})").errors.empty());
    EXPECT_FALSE(read("rules", "r", R"({"query":"x","enabled":"yes"})").errors.empty());
}

TEST(SetupItems, know_their_members) {
    const auto document = parse_json(R"({"name":"r","query":"x","id":"1"})");
    EXPECT_EQ(unknown_member("rules", document->root()), "id");
    EXPECT_EQ(unknown_member("rules", parse_json(R"({"query":"x"})")->root()), std::nullopt);
    EXPECT_EQ(unknown_member("plans", parse_json(R"({"":1})")->root()), "");
}

}  // namespace
}  // namespace rasid
