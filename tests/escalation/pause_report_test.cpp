#include "escalation/pause_report.hpp"

#include <gtest/gtest.h>

namespace rasid {
namespace {

using namespace std::chrono_literals;

TEST(PauseReport, sums_by_person_and_names_the_targets_that_pauses_kept) {
    Ticket saved{.clocks = {{.kept_by_pausing = true}}, .paused_by = {{"sara", 2h}, {"dana", 30min}}};
    const Ticket usual{.clocks = {{}}, .paused_by = {{"dana", 3h}}};
    PauseReport report;
    report.add(saved);
    report.add(usual);
    report.add(Ticket{});
    const auto people = std::move(report).people();
    ASSERT_EQ(people.size(), 2U);
    EXPECT_EQ(people[0].person, "dana");
    EXPECT_EQ(people[0].total, 3h + 30min);
    EXPECT_EQ(people[0].tickets, 2);
    EXPECT_EQ(people[0].kept_by_pausing, 1);
    EXPECT_EQ(people[1].kept_by_pausing, 1);
}

}  // namespace
}  // namespace rasid
