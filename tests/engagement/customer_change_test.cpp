#include "engagement/customer_change.hpp"
#include "engagement/guard.hpp"
#include "engagement/plan.hpp"
#include "engagement/plan_rules.hpp"
#include "engagement/proposals.hpp"
#include "engagement/recovery.hpp"
#include "engagement/referral.hpp"
#include "engagement/relay.hpp"
#include "engagement/survey_answer.hpp"
#include "engagement/touch_fold.hpp"
#include "tests/support/fake_random.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace rasid {
namespace {

using namespace std::chrono_literals;
using std::chrono::sys_days;

const Instant kMondayMorning = Instant(sys_days(2026y / 3 / 2)) + 9h;

Customer nouf() {
    return {
        .id = "c1", .name = "نوف", .emails = {"nouf@example.org"}, .phones = {"+96655"}, .birthday = 1993y / 5 / 11};
}

TEST(CustomerChange, names_the_fields_and_gives_each_its_source) {
    auto after = nouf();
    after.tier = "gold";
    after.occasions = {"eid_al_fitr"};
    EXPECT_EQ(changed_fields(nouf(), after), (std::vector<std::string>{"tier", "occasions"}));
    confirm_changes(nouf(), after, "by hand", kMondayMorning);
    EXPECT_EQ(after.sources, (std::vector<FieldSource>{{"tier", "by hand", kMondayMorning},
                                                       {"occasions", "by hand", kMondayMorning}}));
}

TEST(CustomerChange, lays_the_year_anew_only_for_what_plans_are_laid_by) {
    auto after = nouf();
    after.notes = "likes tea";
    after.tier = "gold";
    EXPECT_EQ(cause_of_laying_anew(nouf(), after), "");
    after.birthday.reset();
    after.preferred_channel = "mail";
    EXPECT_EQ(cause_of_laying_anew(nouf(), after), "changed: birthday, preferred channel");
}

TEST(PlanNamed, finds_the_setups_then_the_shipped_then_the_first) {
    const std::vector<PlanTemplate> plans = {{.name = "ours"}, {.name = "theirs"}};
    EXPECT_EQ(plan_named(plans, "theirs").name, "theirs");
    EXPECT_EQ(plan_named(plans, "advocates").name, "advocates");
    EXPECT_EQ(plan_named(plans, "advocates").touches.size(), 6U);
    EXPECT_EQ(plan_named(plans, "gone").name, "ours");
    EXPECT_EQ(plan_named({}, "").name, kClientsForLife);
}

TEST(PlanRules, take_the_calendar_that_is_named_else_the_first) {
    rasid::Setup setup;
    EXPECT_TRUE(working_days_of(setup).contains(2026y / 3 / 1)) << "a Sunday";
    EXPECT_FALSE(working_days_of(setup).contains(2026y / 3 / 6)) << "a Friday";
    Calendar west{.name = "west"};
    for (std::size_t day = 1; day <= 5; ++day) west.hours[day] = {{540, 1020}};
    setup.calendars = {west};
    EXPECT_FALSE(working_days_of(setup).contains(2026y / 3 / 1));
    EXPECT_TRUE(layout_rules_of(setup).working_days.contains(2026y / 3 / 6));
    EXPECT_TRUE(react_rules_of(setup).working_days.contains(2026y / 3 / 6));
}

TEST(FirstLaying, has_an_event_for_every_touch_and_holds_what_the_guard_holds) {
    const PlanState plan{.customer = nouf(), .guard = {"k1", kMondayMorning, "open complaint"}};
    const auto change = lay_out_first(plan, default_plan(), YearFrame(2026), 2026y / 1 / 1, kMondayMorning);
    EXPECT_EQ(change.touches.size(), 33U);
    EXPECT_EQ(change.events.size(), 33U);
    EXPECT_EQ(fold_touches({}, change.events), change.touches);
    for (const auto& touch : change.touches)
        EXPECT_EQ(touch.state == TouchState::held, touch.kind != "call" && touch.kind != "follow_up_note") << touch.id;
}

TEST(GuardByCases, goes_up_for_an_open_case_and_falls_without_one) {
    PlanState plan{.customer = nouf()};
    plan.touches = lay_out_year(default_plan(), plan.customer, 2026, 2026y / 1 / 1);
    EXPECT_FALSE(guard_by_cases(plan, kMondayMorning, {}).guard);
    plan.cases = {{.id = "k1", .customer = "c1", .opened_at = kMondayMorning - 1h}};
    const auto up = guard_by_cases(plan, kMondayMorning, {});
    ASSERT_TRUE(up.guard);
    EXPECT_EQ(up.guard->ticket, "k1");
    EXPECT_TRUE(std::ranges::all_of(up.touches, [](const auto& touch) { return touch.state == TouchState::held; }));
    for (const auto& touch : up.touches) *std::ranges::find(plan.touches, touch.id, &PlannedTouch::id) = touch;
    plan.guard = *up.guard;
    EXPECT_FALSE(guard_by_cases(plan, kMondayMorning, {}).guard) << "it stands already";
    EXPECT_TRUE(guard_by_cases(plan, kMondayMorning, {}).touches.empty());
    plan.touches.front() = released(plan.touches.front(), plan.guard);
    EXPECT_EQ(guard_by_cases(plan, kMondayMorning, {}).touches.size(), 1U) << "what was brought back is held too";
    plan.touches.front() = under_guard(plan.touches.front(), plan.guard);
    plan.cases.clear();
    const auto down = guard_by_cases(plan, kMondayMorning, {});
    ASSERT_TRUE(down.guard);
    EXPECT_FALSE(down.guard->held());
    EXPECT_EQ(down.touches.size(), up.touches.size());
    EXPECT_TRUE(
        std::ranges::all_of(down.touches, [](const auto& touch) { return touch.state == TouchState::planned; }));
}

TEST(Referral, is_told_once_of_each_newcomer_and_makes_an_advocate) {
    FakeRandom random;
    const PlanState plan{.customer = nouf()};
    auto change = record_referral(plan, "c2", "Ali", {}, "sara", random, kMondayMorning);
    ASSERT_EQ(change.ledger.size(), 1U);
    EXPECT_EQ(change.ledger[0].kind, "referral");
    EXPECT_EQ(change.ledger[0].direction, Direction::inbound);
    EXPECT_TRUE(record_referral(plan, "c2", "Ali", change.ledger, "sara", random, kMondayMorning).ledger.empty());
    EXPECT_EQ(record_referral(plan, "", "somebody", change.ledger, "sara", random, kMondayMorning).ledger.size(), 1U);
    propose_after(change, plan, {}, kMondayMorning);
    ASSERT_EQ(change.proposals.size(), 1U);
    EXPECT_EQ(change.proposals[0].subject, kAdvocates);
}

TEST(SurveyAnswer, stands_in_the_ledger_with_its_polarity) {
    FakeRandom random;
    PlanState plan{.customer = nouf()};
    plan.surveys = {{.id = "s1", .customer = "c1", .kind = SurveyKind::nps, .expires_at = kMondayMorning + 24h}};
    const auto change = answer_survey(plan, "s1", 9, "lovely", {}, random, kMondayMorning);
    ASSERT_TRUE(change);
    EXPECT_EQ(change->surveys[0].score, 9);
    EXPECT_EQ(change->ledger[0].text, "NPS 9: lovely");
    EXPECT_EQ(change->ledger[0].polarity, Polarity::positive);
    EXPECT_EQ(change->proposals[0].subject, kAdvocates);
    EXPECT_FALSE(answer_survey(plan, "s2", 9, "", {}, random, kMondayMorning));
    EXPECT_FALSE(answer_survey(plan, "s1", 11, "", {}, random, kMondayMorning));
    plan.surveys = change->surveys;
    EXPECT_FALSE(answer_survey(plan, "s1", 9, "", {}, random, kMondayMorning));
}

TEST(SurveyAnswer, is_positive_or_negative_as_its_scale_says) {
    const auto count = [](SurveyKind kind, Polarity wanted) {
        const auto [lowest, highest] = scale_of(kind);
        int found = 0;
        for (int score = lowest; score <= highest; ++score) found += polarity_of(kind, score) == wanted ? 1 : 0;
        return found;
    };
    EXPECT_EQ(count(SurveyKind::csat, Polarity::positive), 2);
    EXPECT_EQ(count(SurveyKind::csat, Polarity::negative), 2);
    EXPECT_EQ(count(SurveyKind::nps, Polarity::positive), 2);
    EXPECT_EQ(count(SurveyKind::nps, Polarity::negative), 7);
    EXPECT_EQ(count(SurveyKind::ces, Polarity::positive), 2);
    EXPECT_EQ(count(SurveyKind::ces, Polarity::negative), 3);
}

}  // namespace
}  // namespace rasid
