#include "core/setup_toml.hpp"
#include "tests/core/only_error.hpp"

#include <gtest/gtest.h>

namespace rasid {
namespace {

constexpr const char* kWhole = R"([[calendar]]
name = "office"
time_zone = "Asia/Riyadh"
hours = { sun = ["09:00-12:30", "13:30-17:00"], mon = ["09:00-17:00"] }
holidays = ["hijri:10-01", "2026-09-23"]
[[person]]
name = "Sara"
email = "sara@example.org"
role = "moderator"
language = "ar"
[[ladder]]
name = "care"
steps = [ { at = "50%", to = "role:moderator", by = "mail" }, { at = "100%", to = "person:Sara", by = "mail" } ]
[[queue]]
name = "care"
channel = "social"
first_response = "15m"
resolution = "8h"
calendar = "office"
ladder = "care"
brand = "nasma"
[[rule]]
name = "complaints"
query = 'قهوة AND "very slow" AND sentiment:negative'
queue = "care"
priority = "high"
tags = ["complaint"]
brand = "nasma"
enabled = true
ignore = false
[[plan]]
name = "clients for life"
touches = [ { kind = "newsletter", count = 12 }, { kind = "gift", count = 2 } ]
)";

TEST(SetupTomlTest, the_documented_setup_is_read_whole) {
    const auto parsed = parse_setup(kWhole, "setup.toml");
    ASSERT_TRUE(parsed.errors.empty()) << to_string(parsed.errors.front());
    EXPECT_TRUE(check_references(parsed.setup).empty());
    const auto& setup = parsed.setup;
    EXPECT_EQ(setup.calendars.at(0).hours[0], (std::vector<DayInterval>{{540, 750}, {810, 1020}}));
    EXPECT_EQ(setup.ladders.at(0).steps.at(1).at_percent, 100);
    EXPECT_EQ(setup.queues.at(0).targets.first_response, Duration(std::chrono::minutes(15)));
    EXPECT_EQ(setup.rules.at(0).query, "قهوة AND \"very slow\" AND sentiment:negative");
    EXPECT_EQ(setup.rules.at(0).query_origin.line, 24);
    EXPECT_EQ(setup.plans.at(0).touches.at(0).count, 12);
}

TEST(SetupTomlTest, printing_and_reading_again_gives_the_same_bytes) {
    const auto first = print_setup(parse_setup(kWhole, "a").setup);
    const auto again = parse_setup(first, "b");
    ASSERT_TRUE(again.errors.empty()) << to_string(again.errors.front()) << "\n" << first;
    EXPECT_EQ(print_setup(again.setup), first);
    EXPECT_EQ(again.setup, parse_setup(kWhole, "a").setup);
}

TEST(SetupTomlTest, awkward_strings_survive_the_round_trip) {
    rasid::Setup setup;
    for (const char* query :
         {"it's \"both\"", "back\\slash", "tab\there", "line\nbreak", "/order\\s+#\\d+/", "\x01", "'", ""}) {
        Rule rule;
        rule.name = "r" + std::to_string(setup.rules.size());
        rule.query = std::string("q") + query;
        setup.rules.push_back(rule);
    }
    const auto parsed = parse_setup(print_setup(setup), "x");
    ASSERT_TRUE(parsed.errors.empty()) << to_string(parsed.errors.front());
    EXPECT_EQ(parsed.setup, setup);
}

TEST(SetupTomlTest, errors_say_where_and_what_to_do) {
    EXPECT_EQ(only_error("[[rule]]\nname = \"a\"\nquery = \"b\"\nquue = \"care\"\n"),
              "setup.toml:4:1: unknown key `quue` in [rule], did you mean `queue`?");
    EXPECT_EQ(only_error("[[rule]]\nname = \"a\"\nquery = \"b\"\npriority = \"hihg\"\n"),
              "setup.toml:4:12: `hihg` is no priority, did you mean `high`?");
    EXPECT_EQ(only_error("[[rule]]\nname = \"a\"\nquery = \"b\"\nqueue = \"carre\"\n[[queue]]\nname = \"care\"\n"),
              "setup.toml:1:1: rule `a` names the unknown queue `carre`, did you mean `care`?");
    EXPECT_NE(only_error("[[rule]]\nname = 3\nquery = \"b\"\n").find("setup.toml:2:8: `name` is a whole number"),
              std::string::npos);
    EXPECT_NE(only_error("[[rule]]\nname = \"a\"\n").find("`query` is missing"), std::string::npos);
    EXPECT_NE(only_error("[[queue]]\nname = \"a\"\nfirst_response = \"soon\"\n").find("no duration"),
              std::string::npos);
    EXPECT_NE(only_error("[[queue]]\nname = \"a\"\n[[queue]]\nname = \"a\"\n").find("names are unique"),
              std::string::npos);
    EXPECT_NE(only_error("[[ladder]]\nname = \"a\"\nsteps = [ { at = \"50\", to = \"role:manager\" } ]\n")
                  .find("write \"50%\""),
              std::string::npos);
    EXPECT_NE(only_error("[[ladder]]\nname = \"a\"\nsteps = [ { at = \"50%\", to = \"person:Sarah\" } ]\n")
                  .find("unknown person"),
              std::string::npos);
    EXPECT_NE(only_error("[[calendar]]\nname = \"a\"\nhours = { sun = [\"9-5\"] }\n").find("no interval of a day"),
              std::string::npos);
    EXPECT_NE(only_error("[[calendar]]\nname = \"a\"\nholidays = [\"hijri:13-01\"]\n").find("no holiday"),
              std::string::npos);
    EXPECT_NE(only_error("[[person]]\nname = \"a\"\nemail = \"nobody\"\n").find("no e-mail address"),
              std::string::npos);
    EXPECT_NE(only_error("[[rules]]\nname = \"a\"\n").find("did you mean `rule`?"), std::string::npos);
    EXPECT_NE(only_error("name = \n").find("not valid TOML"), std::string::npos);
}

TEST(SetupTomlTest, every_error_is_found_not_only_the_first) {
    EXPECT_EQ(parse_setup("[[rule]]\nname = 1\nx = 2\n[[queue]]\nchannel = \"fax\"\n", "f").errors.size(), 5u);
}

TEST(SetupTomlTest, merging_upserts_by_name_and_replacing_removes_the_rest) {
    rasid::Setup base;
    base.people = {{"id-1", "Sara", "sara@example.org", Role::moderator, "ar", {}, {}},
                   {"id-2", "Dana", "dana@example.org", Role::moderator, "en", {}, {}}};
    rasid::Setup additions;
    additions.people = {{"", "Sara", "sara@example.org", Role::manager, "ar", {}, {}}};
    const auto merged = merge(base, additions, false);
    ASSERT_EQ(merged.people.size(), 2u);
    EXPECT_EQ(merged.people[0].id, "id-1") << "the account stays the same one";
    EXPECT_EQ(merged.people[0].role, Role::manager);
    EXPECT_EQ(merge(base, additions, true).people.size(), 1u);

    const auto changes = difference(base, merge(base, additions, true));
    ASSERT_EQ(changes.size(), 2u);
    EXPECT_EQ(changes[0].change + changes[0].name, "updateSara");
    EXPECT_EQ(changes[1].change + changes[1].name, "removeDana");
    EXPECT_TRUE(difference(base, base).empty());
}

TEST(SetupTomlTest, canned_replies_are_read_printed_and_checked) {
    const std::string toml =
        "[[queue]]\nname = \"care\"\napproval = true\n"
        "[[reply]]\nname = \"late\"\nlanguage = \"ar\"\nqueue = \"care\"\n"
        "text = \"أهلًا {author}، {ticket} {person} {brand} {handle} {customer} {2} {}\"\npraise = true\n";
    const auto parsed = parse_setup(toml, "setup.toml");
    ASSERT_TRUE(parsed.errors.empty()) << to_string(parsed.errors.front());
    EXPECT_TRUE(parsed.setup.queues.at(0).approval);
    const auto& reply = parsed.setup.replies.at(0);
    EXPECT_EQ(reply.language, "ar");
    EXPECT_EQ(reply.queue, "care");
    EXPECT_TRUE(reply.praise);
    EXPECT_EQ(parse_setup(print_setup(parsed.setup), "again").setup, parsed.setup);
}

TEST(SetupTomlTest, an_unknown_variable_of_a_canned_reply_is_an_error_at_its_place) {
    const std::string head = "[[reply]]\nname = \"late\"\nlanguage = \"en\"\n";
    EXPECT_EQ(only_error(head + "text = \"Hello {auther}\"\n"),
              "setup.toml:4:15: `{auther}` is no variable, did you mean `author`?");
    EXPECT_EQ(only_error(head + "text = \"\"\"\nHello {author},\nyour {tiket}\"\"\"\n"),
              "setup.toml:6:6: `{tiket}` is no variable, did you mean `ticket`?");
    EXPECT_NE(only_error(head + "text = \"x\"\nqueue = \"cares\"\n").find("unknown queue `cares`"), std::string::npos);
    EXPECT_NE(only_error("[[reply]]\nname = \"late\"\nlanguage = \"English!\"\ntext = \"x\"\n").find("no language"),
              std::string::npos);
}

}  // namespace
}  // namespace rasid
