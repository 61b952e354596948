#include "core/setup_people.hpp"
#include "tests/core/only_error.hpp"
#include "tests/support/contains.hpp"

#include <gtest/gtest.h>

namespace rasid {
namespace {

using namespace std::chrono_literals;

constexpr const char* kTeam = R"([[person]]
name = "Sara"
email = "sara@example.org"
languages = ["ar", "en-GB"]
skills = ["refund"]
capacity = 5
[[person]]
name = "Dana"
email = "dana@example.org"
[[rota]]
name = "night"
time_zone = "Asia/Riyadh"
first_day = "2026-03-01"
handover = "21:30"
days = 1
people = ["Sara", "Dana"]
overrides = [
  { from = "2026-03-08T09:00:00+03:00", to = "2026-03-09T09:00:00+03:00", person = "Dana" },
  { from = "2026-03-10T06:00:00Z", to = "2026-03-10T07:00:00Z" },
]
[[ladder]]
name = "care"
steps = [
  { unacknowledged = "1h", to = "role:manager", by = "webhook:desk" },
  { at = "80%", to = "on-call:night", by = "slack:care" },
  { unacknowledged = "30m", to = "on-call:night" },
  { at = "50%", to = "role:moderator" },
]
[[queue]]
name = "care"
assign = "least_loaded"
skills = ["refund"]
ladder = "care"
)";

std::string with_step(const std::string& step) { return "[[ladder]]\nname = \"l\"\nsteps = [ " + step + " ]\n"; }
std::string with_rota(const std::string& lines) {
    return "[[person]]\nname = \"Sara\"\nemail = \"s@example.org\"\n[[rota]]\nname = \"r\"\n" + lines + "\n";
}

TEST(SetupPeople, people_rotas_ladders_and_queues_are_read) {
    const auto parsed = parse_setup(kTeam, "setup.toml");
    ASSERT_TRUE(parsed.errors.empty()) << to_string(parsed.errors.front());
    EXPECT_TRUE(check_references(parsed.setup).empty());
    const auto& setup = parsed.setup;
    EXPECT_EQ(setup.people.at(0).languages, (std::vector<std::string>{"ar", "en-GB"}));
    EXPECT_EQ(setup.people.at(0).capacity, 5);
    EXPECT_EQ(setup.people.at(1).capacity, 20) << "where nothing is said";
    const auto& rota = setup.rotas.at(0);
    EXPECT_EQ(rota.handover, 21 * 60 + 30);
    EXPECT_EQ(rota.days, 1);
    ASSERT_EQ(rota.overrides.size(), 2u);
    EXPECT_EQ(rota.overrides[0].from, parse_rfc3339("2026-03-08T06:00:00Z"));
    EXPECT_EQ(rota.overrides[1].person, "");
    EXPECT_EQ(setup.queues.at(0).assign, AssignmentWay::least_loaded);
    EXPECT_EQ(setup.queues.at(0).skills, std::vector<std::string>{"refund"});
}

TEST(SetupPeople, steps_stand_in_order_of_their_shares_then_of_their_minutes) {
    const auto steps = parse_setup(kTeam, "setup.toml").setup.ladders.at(0).steps;
    ASSERT_EQ(steps.size(), 4u);
    EXPECT_EQ(steps[0].at_percent, 50);
    EXPECT_EQ(steps[1].at_percent, 80);
    EXPECT_EQ(steps[1].by, "slack:care");
    EXPECT_EQ(steps[2].unacknowledged, Duration(30min));
    EXPECT_EQ(steps[2].by, "mail");
    EXPECT_EQ(steps[3].unacknowledged, Duration(1h));
}

TEST(SetupPeople, printing_and_reading_again_gives_the_same) {
    const auto setup = parse_setup(kTeam, "a").setup;
    const auto printed = print_setup(setup);
    const auto again = parse_setup(printed, "b");
    ASSERT_TRUE(again.errors.empty()) << to_string(again.errors.front()) << "\n" << printed;
    EXPECT_EQ(again.setup, setup);
    EXPECT_EQ(print_setup(again.setup), printed);
}

TEST(SetupPeople, a_step_says_when_whom_and_how) {
    EXPECT_TRUE(contains(only_error(with_step("{ to = \"role:manager\" }")), "3:11: this step does not say when"));
    EXPECT_TRUE(contains(only_error(with_step("{ at = \"50%\", unacknowledged = \"1h\", to = \"role:manager\" }")),
                         "not both"));
    EXPECT_TRUE(contains(only_error(with_step("{ at = \"half\", to = \"role:manager\" }")), "no share of a target"));
    EXPECT_TRUE(
        contains(only_error(with_step("{ unacknowledged = \"0s\", to = \"role:manager\" }")), "longer than zero"));
    EXPECT_TRUE(contains(only_error(with_step("{ at = \"50%\", to = \"on-call:\" }")), "names nobody"));
    EXPECT_TRUE(contains(only_error(with_step("{ at = \"50%\", to = \"role:manager\", by = \"pager\" }")),
                         "no way to tell somebody"));
    EXPECT_TRUE(contains(only_error(with_step("{ at = \"50%\", to = \"role:manager\", by = \"slack:\" }")),
                         "no way to tell somebody"));
}

TEST(SetupPeople, names_that_nothing_answers_to_are_errors_with_a_suggestion) {
    const std::string rota = "[[person]]\nname = \"Sara\"\nemail = \"s@example.org\"\n[[rota]]\nname = \"night\"\n"
                             "first_day = \"2026-03-01\"\npeople = [\"Sara\"]\n";
    EXPECT_TRUE(contains(only_error(rota + with_step("{ at = \"50%\", to = \"on-call:nigth\" }")),
                         "unknown rota `nigth`, did you mean `night`?"));
    EXPECT_TRUE(contains(only_error(with_rota("first_day = \"2026-03-01\"\npeople = [\"Sarah\"]")),
                         "rota `r` names the unknown person `Sarah`, did you mean `Sara`?"));
    EXPECT_TRUE(contains(only_error(with_rota("first_day = \"2026-03-01\"\npeople = [\"Sara\"]\noverrides = [{ from = "
                                              "\"2026-03-01T00:00:00Z\", to = \"2026-03-02T00:00:00Z\", person = "
                                              "\"Noor\" }]")),
                         "unknown person `Noor`"));
}

TEST(SetupPeople, what_is_wrong_with_a_rota_is_said_at_its_place) {
    EXPECT_TRUE(
        contains(only_error(with_rota("first_day = \"soon\"\npeople = [\"Sara\"]")), "6:13: `soon` is no date"));
    EXPECT_TRUE(contains(only_error(with_rota("first_day = \"2026-03-01\"")), "nobody takes turns"));
    EXPECT_TRUE(contains(only_error(with_rota("first_day = \"2026-03-01\"\npeople = [\"Sara\"]\nhandover = \"24:00\"")),
                         "no time of a day"));
    EXPECT_TRUE(
        contains(only_error(with_rota("first_day = \"2026-03-01\"\npeople = [\"Sara\"]\ndays = 0")), "from 1 to 366"));
    EXPECT_TRUE(contains(only_error(with_rota("first_day = \"2026-03-01\"\npeople = [\"Sara\"]\noverrides = [{ from = "
                                              "\"2026-03-02T00:00:00Z\", to = \"2026-03-02T00:00:00Z\" }]")),
                         "ends before it begins"));
}

TEST(SetupPeople, a_queue_assigns_by_a_way_that_there_is) {
    EXPECT_TRUE(
        contains(only_error("[[queue]]\nname = \"q\"\nassign = \"round_robbin\""), "did you mean `round_robin`?"));
    EXPECT_TRUE(
        contains(only_error("[[person]]\nname = \"S\"\nemail = \"s@example.org\"\ncapacity = -1"), "from 0 to 10000"));
}

TEST(SetupPeople, rotas_are_merged_and_compared_by_name) {
    const auto before = parse_setup(kTeam, "a").setup;
    auto after = before;
    after.rotas.at(0).days = 2;
    const auto changes = difference(before, after);
    ASSERT_EQ(changes.size(), 1u);
    EXPECT_EQ(changes[0].kind, "rota");
    EXPECT_EQ(changes[0].change, "update");
    EXPECT_EQ(merge(before, after, false).rotas, after.rotas);
    EXPECT_TRUE(merge(before, rasid::Setup(), true).rotas.empty());
}

}  // namespace
}  // namespace rasid
