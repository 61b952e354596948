#include "escalation/assignment.hpp"
#include "escalation/rota.hpp"
#include "tests/support/instant_at.hpp"

#include <gtest/gtest.h>

namespace rasid {
namespace {

using namespace std::chrono_literals;
using Way = AssignmentWay;

const Instant kSundayMorning = at("2026-03-01T08:00:00Z");

std::vector<Colleague> team() {
    return {{.id = "sara",
             .languages = {"ar", "en-GB"},
             .skills = {"refund"},
             .capacity = 10,
             .open = 4,
             .last_assigned = kSundayMorning - 1h},
            {.id = "dana", .languages = {"en"}, .capacity = 10, .open = 2, .last_assigned = kSundayMorning - 10min},
            {.id = "noor", .languages = {"ar"}, .capacity = 2, .open = 1, .last_assigned = kSundayMorning - 3h}};
}

TEST(Assignment, round_robin_gives_to_who_has_waited_longest) {
    EXPECT_EQ(choose_assignee(Way::round_robin, team(), {}).person, "noor");
    auto colleagues = team();
    colleagues[1].last_assigned.reset();
    EXPECT_EQ(choose_assignee(Way::round_robin, colleagues, {}).person, "dana") << "who never had one comes first";
}

TEST(Assignment, least_loaded_compares_shares_of_capacity) {
    const auto choice = choose_assignee(Way::least_loaded, team(), {});
    EXPECT_EQ(choice.person, "dana");
    EXPECT_EQ(in_one_line(choice.reasons, Texts("en")), "least loaded of 3: 2 of 10");
}

TEST(Assignment, nobody_is_given_more_than_he_can_take_or_a_ticket_while_he_is_away) {
    auto colleagues = team();
    colleagues[2].open = 2;
    EXPECT_EQ(choose_assignee(Way::round_robin, colleagues, {}).person, "sara");
    colleagues[0].present = false;
    EXPECT_EQ(choose_assignee(Way::round_robin, colleagues, {}).person, "dana");
    colleagues[1].capacity = 0;
    EXPECT_EQ(choose_assignee(Way::round_robin, colleagues, {}).person, "");
    EXPECT_EQ(choose_assignee(Way::round_robin, colleagues, {}).reasons, (std::vector<Reason>{{"assigned.full", {}}}));
    EXPECT_EQ(choose_assignee(Way::round_robin, {}, {}).reasons, (std::vector<Reason>{{"assigned.nobody", {}}}));
}

TEST(Assignment, language_and_skill_bind_as_long_as_somebody_has_them) {
    EXPECT_EQ(choose_assignee(Way::least_loaded, team(), {.language = "ar-SA"}).person, "sara");
    EXPECT_EQ(choose_assignee(Way::round_robin, team(), {.language = "en", .skills = {"refund"}}).person, "sara");
    EXPECT_EQ(choose_assignee(Way::least_loaded, team(), {.language = "und"}).person, "dana");
    const auto foreign = choose_assignee(Way::least_loaded, team(), {.language = "fa"});
    EXPECT_EQ(foreign.person, "dana");
    EXPECT_EQ(in_one_line(foreign.reasons, Texts("en")), "least loaded of 3: 2 of 10; nobody here speaks fa");
}

TEST(Assignment, a_brand_binds_even_when_nobody_is_left) {
    auto colleagues = team();
    for (auto& colleague : colleagues) colleague.brands = {"nasma"};
    EXPECT_EQ(choose_assignee(Way::round_robin, colleagues, {.brand = "other"}).person, "");
    EXPECT_EQ(choose_assignee(Way::round_robin, colleagues, {.brand = "nasma"}).person, "noor");
}

Rota weekly() {
    return {.name = "care",
            .time_zone = "Asia/Riyadh",
            .first_day = parse_date("2026-03-01").value(),
            .people = {"sara", "dana"}};
}

TEST(RotaShifts, people_take_turns_and_hand_over_at_the_local_time) {
    EXPECT_EQ(on_call(weekly(), at("2026-03-01T05:59:59Z")), "");
    EXPECT_EQ(on_call(weekly(), at("2026-03-01T06:00:00Z")), "sara");
    EXPECT_EQ(on_call(weekly(), at("2026-03-08T05:59:59Z")), "sara");
    EXPECT_EQ(on_call(weekly(), at("2026-03-08T06:00:00Z")), "dana");
    EXPECT_EQ(on_call(weekly(), at("2036-03-09T06:00:00Z")), on_call(weekly(), at("2036-03-15T06:00:00Z")));
}

TEST(RotaShifts, a_handover_keeps_its_local_time_when_the_clocks_change) {
    Rota rota = weekly();
    rota.time_zone = "Europe/London";
    rota.days = 1;
    const auto shifts = shifts_between(rota, at("2026-03-27T12:00:00Z"), at("2026-03-31T12:00:00Z"));
    ASSERT_EQ(shifts.size(), 5U);
    EXPECT_EQ(shifts[1].from, at("2026-03-28T09:00:00Z"));
    EXPECT_EQ(shifts[2].from, at("2026-03-29T08:00:00Z"));
    for (std::size_t i = 1; i < shifts.size(); ++i) EXPECT_EQ(shifts[i].from, shifts[i - 1].to) << "no gap, no overlap";
}

TEST(RotaShifts, an_override_stands_in_for_its_time_only_and_the_later_one_counts) {
    Rota rota = weekly();
    rota.overrides = {{at("2026-03-03T00:00:00Z"), at("2026-03-05T00:00:00Z"), "noor"},
                      {at("2026-03-04T00:00:00Z"), at("2026-03-04T12:00:00Z"), ""}};
    const auto shifts = shifts_between(rota, at("2026-03-01T06:00:00Z"), at("2026-03-08T06:00:00Z"));
    EXPECT_EQ(shifts, (std::vector<Shift>{{at("2026-03-01T06:00:00Z"), at("2026-03-03T00:00:00Z"), "sara", false},
                                          {at("2026-03-03T00:00:00Z"), at("2026-03-04T00:00:00Z"), "noor", true},
                                          {at("2026-03-04T12:00:00Z"), at("2026-03-05T00:00:00Z"), "noor", true},
                                          {at("2026-03-05T00:00:00Z"), at("2026-03-08T06:00:00Z"), "sara", false}}));
    EXPECT_EQ(on_call(rota, at("2026-03-04T06:00:00Z")), "");
}

TEST(RotaShifts, what_is_wrong_with_a_rota_is_named_and_it_has_no_shifts) {
    const auto broken = [](auto change) {
        Rota rota = weekly();
        change(rota);
        EXPECT_TRUE(shifts_between(rota, kSundayMorning, kSundayMorning + 100h).empty());
        return problem_of(rota).has_value();
    };
    EXPECT_FALSE(problem_of(weekly()));
    EXPECT_TRUE(broken([](Rota& rota) { rota.people.clear(); }));
    EXPECT_TRUE(broken([](Rota& rota) { rota.days = 0; }));
    EXPECT_TRUE(broken([](Rota& rota) { rota.handover = 1440; }));
    EXPECT_TRUE(broken([](Rota& rota) { rota.time_zone = "Nowhere/Land"; }));
    EXPECT_TRUE(broken([](Rota& rota) { rota.overrides = {{kSundayMorning, kSundayMorning, "noor"}}; }));
}

TEST(RotaFeed, is_the_same_entry_whatever_part_of_the_shift_it_reaches_and_no_name_breaks_out_of_its_line) {
    Rota rota = weekly();
    rota.people[0] = "Sara; A,\r\nEND:VEVENT";
    const auto feed =
        rota_feed(rota, "rasid.example", at("2026-03-02T00:00:00Z"), at("2026-03-09T00:00:00Z"), kSundayMorning);
    EXPECT_NE(feed.find("UID:20260301T060000Z-care@rasid.example\r\n"), std::string::npos) << feed;
    EXPECT_NE(feed.find("DTSTART:20260308T060000Z\r\nDTEND:20260315T060000Z\r\n"), std::string::npos);
    EXPECT_NE(feed.find("SUMMARY:Sara\\; A\\,\\nEND:VEVENT"), std::string::npos);
    std::size_t ends = 0;
    for (auto found = feed.find("\r\nEND:VEVENT\r\n"); found != std::string::npos;
         found = feed.find("\r\nEND:VEVENT\r\n", found + 1))
        ++ends;
    EXPECT_EQ(ends, 2U);
}

}  // namespace
}  // namespace rasid
