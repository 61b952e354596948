#include "engagement/plan.hpp"
#include "engagement/plan_progress.hpp"
#include "engagement/touch_actions.hpp"
#include "engagement/working_days.hpp"
#include "tests/engagement/laid_year.hpp"
#include "tests/support/fake_random.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

namespace rasid {
namespace {

using namespace std::chrono_literals;
using std::chrono::sys_days;

Customer customer(std::string id = "01HCUSTOMER", std::optional<Date> birthday = {}) {
    return {.id = std::move(id), .name = "نوف", .birthday = birthday};
}

TEST(Plan, the_shipped_template_has_thirty_three_touches) {
    std::map<std::string, int> counts;
    for (const auto& touch : default_plan().touches) counts[touch.kind] += touch.count;
    const std::map<std::string, int> wanted = {{"newsletter", 12},    {"greeting_card", 7}, {"call", 5},
                                               {"follow_up_note", 3}, {"personal_card", 4}, {"gift", 2}};
    EXPECT_EQ(counts, wanted);
}

TEST(Plan, a_whole_year_has_exactly_the_thirty_three) {
    const auto touches = lay_out_year(default_plan(), customer(), 2026, kNoStart);
    EXPECT_EQ(touches.size(), 33U);
    for (const auto& [kind, count] : default_plan().touches) {
        EXPECT_EQ(of_kind(touches, kind).size(), static_cast<std::size_t>(count)) << kind;
    }
    for (const auto& touch : touches) {
        EXPECT_EQ(touch.state, TouchState::planned);
        EXPECT_EQ(touch.customer, "01HCUSTOMER");
        EXPECT_EQ(touch.year, 2026);
    }
}

TEST(Plan, each_month_has_one_newsletter) {
    for (int year = 2020; year <= 2032; ++year) {
        std::set<unsigned> months;
        for (const auto& letter : of_kind(lay_out_year(default_plan(), customer(), year, kNoStart), "newsletter")) {
            months.insert(static_cast<unsigned>(letter.due_on.month()));
        }
        EXPECT_EQ(months.size(), 12U) << year;
    }
}

TEST(Plan, follow_up_notes_come_a_few_days_after_calls) {
    for (int i = 0; i < 200; ++i) {
        const auto touches = lay_out_year(default_plan(), customer("c" + std::to_string(i)), 2026, kNoStart);
        const auto calls = of_kind(touches, "call");
        const auto notes = of_kind(touches, "follow_up_note");
        ASSERT_EQ(notes.size(), 3U);
        for (std::size_t note = 0; note < notes.size(); ++note) {
            const auto& call = calls[note * 5 / 3];
            const auto wait = sys_days(notes[note].due_on) - sys_days(call.due_on);
            EXPECT_GE(wait, std::chrono::days(3));
            EXPECT_LE(wait, std::chrono::days(14));
            EXPECT_EQ(notes[note].reason, "follows call " + std::to_string(call.ordinal));
        }
    }
}

TEST(Plan, a_personal_card_comes_on_the_birthday_or_the_working_day_before) {
    const auto card_of = [](Date birthday, int year) {
        const auto touches = lay_out_year(default_plan(), customer("c", birthday), year, kNoStart);
        EXPECT_EQ(of_kind(touches, "personal_card").size(), 4U);
        const auto card = std::ranges::find(touches, "birthday", &PlannedTouch::reason);
        return card == touches.end() ? Date() : card->due_on;
    };
    EXPECT_EQ(card_of(1990y / 5 / 4, 2026), 2026y / 5 / 4);    // a Monday
    EXPECT_EQ(card_of(1990y / 5 / 2, 2026), 2026y / 4 / 30);   // a Saturday
    EXPECT_EQ(card_of(1992y / 2 / 29, 2028), 2028y / 2 / 29);  // a Tuesday of a leap year
    EXPECT_EQ(card_of(1992y / 2 / 29, 2027), 2027y / 2 / 28);  // a Sunday
    EXPECT_EQ(card_of(1990y / 1 / 1, 2027), 2027y / 1 / 3);    // Friday, and nothing of the year before it
}

TEST(Plan, the_same_customer_and_year_give_the_same_days_and_ids) {
    const auto once = lay_out_year(default_plan(), customer(), 2026, kNoStart);
    EXPECT_EQ(once, lay_out_year(default_plan(), customer(), 2026, kNoStart));
    std::set<std::string> ids;
    for (const auto& touch : once) ids.insert(touch.id);
    for (const auto& touch : lay_out_year(default_plan(), customer(), 2027, kNoStart)) ids.insert(touch.id);
    EXPECT_EQ(ids.size(), 66U);
}

TEST(Plan, days_do_not_depend_on_the_build) {
    const auto touches = lay_out_year(default_plan(), customer("01HZ0000000000000000000000"), 2026, kNoStart);
    ASSERT_FALSE(touches.empty());
    EXPECT_EQ(touches.front().id + " " + to_string(touches.front().due_on),
              "01HZ0000000000000000000000-2026-newsletter-1 2026-01-20");
}

TEST(Plan, customers_are_spread_over_the_days) {
    std::map<sys_days, int> load;
    for (int i = 0; i < 1000; ++i) {
        for (const auto& touch :
             lay_out_year(default_plan(), customer("customer-" + std::to_string(i)), 2026, kNoStart)) {
            ++load[touch.due_on];
        }
    }
    EXPECT_GT(load.size(), 250U);
    const auto most = std::ranges::max_element(load, {}, &std::pair<const sys_days, int>::second)->second;
    EXPECT_LT(most, 33'000 / 261 * 5 / 2) << "no day carries much more than its share";
}

TEST(Plan, a_year_that_has_begun_owes_only_what_is_still_to_come_on_unchanged_days) {
    const Date from = 2026y / 7 / 1;
    const auto whole = lay_out_year(default_plan(), customer(), 2026, kNoStart);
    const auto rest = lay_out_year(default_plan(), customer(), 2026, from);
    EXPECT_FALSE(rest.empty());
    EXPECT_LT(rest.size(), whole.size());
    for (const auto& touch : rest) {
        EXPECT_GE(sys_days(touch.due_on), sys_days(from));
        EXPECT_NE(std::ranges::find(whole, touch), whole.end());
    }
    EXPECT_TRUE(lay_out_year(default_plan(), customer(), 2026, 2027y / 1 / 1).empty());
}

TEST(Plan, a_note_is_not_owed_without_its_call) {
    const auto whole = lay_out_year(default_plan(), customer(), 2026, kNoStart);
    const auto call = of_kind(whole, "call").front();
    const auto note = of_kind(whole, "follow_up_note").front();
    const Date between = sys_days(call.due_on) + std::chrono::days(1);
    for (const auto& touch : lay_out_year(default_plan(), customer(), 2026, between)) EXPECT_NE(touch.id, note.id);
}

TEST(PlanProperty, no_plan_exceeds_its_counts_and_every_touch_has_an_allowed_day_of_its_own) {
    std::mt19937 dice(33);
    const auto pick = [&](int low, int high) { return std::uniform_int_distribution(low, high)(dice); };
    const std::vector<std::string> kinds = {"newsletter",     "greeting_card", "call",
                                            "follow_up_note", "personal_card", "gift"};
    for (int round = 0; round < 400; ++round) {
        PlanTemplate plan{.name = "any"};
        int wanted = 0;
        for (const auto& kind : kinds) {
            plan.touches.push_back({kind, pick(0, 3) == 0 ? 0 : pick(0, 40)});
            wanted += plan.touches.back().count;
        }
        const int year = pick(1990, 2100);
        auto whose = customer("c" + std::to_string(round));
        if (pick(0, 1) == 1) whose.birthday = Date(sys_days(1960y / 1 / 1) + std::chrono::days(pick(0, 20'000)));
        const auto touches = lay_out_year(plan, whose, year, kNoStart);

        EXPECT_EQ(touches.size(), static_cast<std::size_t>(wanted));
        std::set<sys_days> days;
        for (const auto& touch : touches) {
            EXPECT_TRUE(WorkingDays().contains(touch.due_on)) << to_string(touch.due_on);
            EXPECT_EQ(static_cast<int>(touch.due_on.year()), year);
            EXPECT_TRUE(days.insert(touch.due_on).second) << "two touches on " << to_string(touch.due_on);
        }
        for (const auto& [kind, count] : plan.touches) {
            const auto of_it = of_kind(touches, kind);
            ASSERT_EQ(of_it.size(), static_cast<std::size_t>(count));
            for (int i = 0; i < count; ++i) EXPECT_EQ(of_it[static_cast<std::size_t>(i)].ordinal, i + 1);
        }
    }
}

TEST(PlanProperty, more_touches_than_working_days_share_days_evenly) {
    const PlanTemplate plan{.name = "crowded", .touches = {{"gift", 300}, {"call", 300}}};
    std::map<sys_days, int> load;
    for (const auto& touch : lay_out_year(plan, customer(), 2026, kNoStart)) ++load[touch.due_on];
    const auto [least, most] = std::ranges::minmax_element(load, {}, &std::pair<const sys_days, int>::second);
    EXPECT_GE(least->second, 2);
    EXPECT_LE(most->second, 3);
}

class MarkTouch : public ::testing::Test {
protected:
    Result<PlanChange> mark(std::string_view action, const Guard& guard = {}) {
        const PlanState alone{.customer = customer(), .touches = {touch}, .guard = guard};
        return act_on_touch(alone, touch.id, {.action = std::string(action)}, {}, random, now);
    }
    bool refuses(std::string_view action) {
        const auto change = mark(action);
        return !change && change.error().kind == Failure::Kind::refused;
    }

    PlannedTouch touch{
        .id = "t", .customer = "01HCUSTOMER", .year = 2026, .kind = "call", .ordinal = 2, .due_on = 2026y / 3 / 1};
    Instant now = parse_rfc3339("2026-03-02T10:00:00Z").value();
    FakeRandom random;
};

TEST_F(MarkTouch, done_records_an_outbound_contact) {
    const auto change = mark("done").value();
    ASSERT_EQ(change.touches.size(), 1U);
    EXPECT_EQ(change.touches[0].state, TouchState::done);
    EXPECT_EQ(change.touches[0].done_at, now);
    ASSERT_EQ(change.ledger.size(), 1U);
    EXPECT_EQ(change.ledger[0].kind, "call");
    EXPECT_EQ(change.ledger[0].channel, "phone");
    EXPECT_EQ(change.ledger[0].direction, Direction::outbound);
}

TEST_F(MarkTouch, a_touch_is_done_or_skipped_once_and_then_only_reopened) {
    touch = mark("done").value().touches[0];
    EXPECT_TRUE(refuses("done"));
    EXPECT_TRUE(refuses("skip"));
    const auto change = mark("reopen").value();
    EXPECT_EQ(change.touches[0].state, TouchState::planned);
    EXPECT_FALSE(change.touches[0].done_at);
    EXPECT_EQ(change.ledger.at(0).kind, "correction") << "the ledger takes nothing back in silence";
    touch = change.touches[0];
    EXPECT_TRUE(refuses("reopen"));
    touch = mark("skip").value().touches[0];
    EXPECT_EQ(touch.state, TouchState::skipped);
    EXPECT_TRUE(mark("reopen").value().ledger.empty());
    EXPECT_TRUE(refuses("postpone"));
}

TEST_F(MarkTouch, a_held_touch_cannot_be_done_but_skipped_and_reopens_into_the_guard) {
    const Guard guard{.ticket = "k", .since = now, .reason = "open complaint: ticket #7"};
    touch.kind = "gift";
    touch.state = TouchState::held;
    touch.reason = guard.reason;
    EXPECT_TRUE(refuses("done"));
    touch = mark("skip", guard).value().touches[0];
    EXPECT_EQ(touch.state, TouchState::skipped);
    EXPECT_TRUE(touch.reason.empty());
    touch = mark("reopen", guard).value().touches[0];
    EXPECT_EQ(touch.state, TouchState::held);
    EXPECT_EQ(touch.reason, guard.reason);
}

TEST(PlanProgress, says_which_kind_is_late_and_counts_no_recovery_call) {
    std::vector<PlannedTouch> touches;
    for (int i = 1; i <= 5; ++i)
        touches.push_back({.id = "call" + std::to_string(i), .kind = "call", .due_on = 2026y / i / 1});
    touches[0].state = TouchState::done;
    touches.push_back({.id = "r", .kind = "recovery_call", .due_on = 2026y / 1 / 1});
    touches.push_back({.id = "n1", .kind = "follow_up_note", .due_on = 2026y / 1 / 5, .follows = "call1"});
    touches.push_back({.id = "n2", .kind = "follow_up_note", .due_on = 2026y / 2 / 5, .follows = "call2"});
    const auto progress = progress_of(touches, 2026y / 3 / 2);
    EXPECT_EQ(progress.total, 7);
    ASSERT_EQ(progress.kinds.size(), 2U);
    EXPECT_EQ(progress.kinds[0], (KindProgress{.kind = "call", .done = 1, .total = 5, .late = 2}));
    EXPECT_EQ(progress.kinds[1].late, 1) << "a note is not owed before its call";
}

TEST(PlanProgress, counts_done_late_and_held_of_all) {
    std::vector<PlannedTouch> touches(6);
    const std::array<TouchState, 6> states = {TouchState::done,    TouchState::done, TouchState::planned,
                                              TouchState::planned, TouchState::held, TouchState::skipped};
    for (std::size_t i = 0; i < touches.size(); ++i) {
        touches[i].state = states[i];
        touches[i].due_on = 2026y / 3 / (i == 3 ? 2 : 1);
    }
    const auto progress = progress_of(touches, 2026y / 3 / 2);
    EXPECT_EQ(progress.done, 2);
    EXPECT_EQ(progress.total, 6);
    EXPECT_EQ(progress.late, 1) << "what is due today is not late, and what is held is not owed";
    EXPECT_EQ(progress.held, 1);
}

}  // namespace
}  // namespace rasid
