#include "engagement/occasions.hpp"
#include "engagement/plan.hpp"
#include "engagement/plan_progress.hpp"
#include "engagement/reach.hpp"
#include "engagement/relay.hpp"
#include "engagement/touch_fold.hpp"
#include "tests/engagement/laid_year.hpp"
#include "tests/support/instant_at.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

namespace rasid {
namespace {

using namespace std::chrono_literals;
using std::chrono::sys_days;

const Instant kMidYear = at("2026-06-15T08:00:00Z");

Calendar office(std::vector<std::string> holidays = {}) {
    Calendar calendar{.name = "office", .time_zone = "Asia/Riyadh", .holidays = std::move(holidays)};
    for (std::size_t day = 0; day < 5; ++day) calendar.hours[day] = {{540, 1020}};
    return calendar;
}

const PlannedTouch* for_occasion(const std::vector<PlannedTouch>& touches, std::string_view occasion) {
    const auto found = std::ranges::find(touches, occasion, &PlannedTouch::occasion);
    return found == touches.end() ? nullptr : &*found;
}

TEST(Occasions, hijri_days_drift_through_the_gregorian_year_and_come_twice_in_some) {
    const Occasion eid{"eid_al_fitr", true, 10, 1};
    EXPECT_EQ(days_of(eid, 2026), std::vector<Date>{2026y / 3 / 20});
    EXPECT_EQ(days_of(eid, 2027), std::vector<Date>{2027y / 3 / 9});
    const Occasion ramadan{"ramadan", true, 9, 1};
    EXPECT_EQ(days_of(ramadan, 2030), (std::vector<Date>{2030y / 1 / 5, 2030y / 12 / 26}));
    for (int year = 1990; year < 2100; ++year) {
        for (const auto& occasion : shipped_occasions()) {
            const auto found = days_of(occasion, year);
            EXPECT_GE(found.size(), 1U) << occasion.key << year;
            EXPECT_LE(found.size(), 2U) << occasion.key << year;
        }
    }
    EXPECT_EQ(days_of({"leap", false, 2, 29}, 2027), std::vector<Date>{2027y / 2 / 28});
}

TEST(WorkingDays, are_the_calendars_days_with_hours_that_are_no_holidays) {
    const auto working = WorkingDays::of(office({"2026-09-23", "hijri:10-01"})).value();
    EXPECT_TRUE(working.contains(2026y / 9 / 22));
    EXPECT_FALSE(working.contains(2026y / 9 / 23));
    EXPECT_FALSE(working.contains(2027y / 3 / 9)) << "1 Shawwal";
    EXPECT_FALSE(working.contains(2026y / 9 / 25)) << "a Friday";
    EXPECT_EQ(working.next_free(2026y / 9 / 22), Date(2026y / 9 / 24));
    EXPECT_FALSE(WorkingDays::of(office({"hijri:13-01"})));
    EXPECT_FALSE(WorkingDays::of(office({"someday"})));
    EXPECT_TRUE(WorkingDays::of(Calendar{}).value().contains(2026y / 9 / 25)) << "round the clock";
}

TEST(Layout, greeting_cards_go_out_for_the_occasions_a_customer_keeps_and_for_no_others) {
    Customer nouf{.id = "nouf", .occasions = {"eid_al_fitr", "eid_al_adha", "saudi_national_day"}};
    const auto cards = of_kind(lay_out_year(default_plan(), nouf, 2026, kNoStart), "greeting_card");
    ASSERT_EQ(cards.size(), 7U);
    std::set<std::string> occasions;
    for (const auto& card : cards) occasions.insert(card.occasion);
    EXPECT_EQ(occasions, (std::set<std::string>{"", "eid_al_fitr", "eid_al_adha", "saudi_national_day"}));
    EXPECT_EQ(for_occasion(cards, "eid_al_fitr")->due_on, Date(2026y / 3 / 19)) << "the Thursday before that Friday";
    EXPECT_EQ(for_occasion(cards, "saudi_national_day")->due_on, Date(2026y / 9 / 23));
}

TEST(Layout, no_more_cards_than_the_template_has_and_its_order_decides) {
    PlanTemplate plan{
        .name = "own", .touches = {{"greeting_card", 2}}, .occasions = {"new_year", "christmas", "ramadan"}};
    Customer dana{.id = "dana", .occasions = {"ramadan", "christmas", "new_year", "mothers_day"}};
    const auto cards = lay_out_year(plan, dana, 2026, kNoStart);
    ASSERT_EQ(cards.size(), 2U);
    EXPECT_TRUE(for_occasion(cards, "new_year"));
    EXPECT_TRUE(for_occasion(cards, "christmas"));
    EXPECT_FALSE(for_occasion(cards, "mothers_day"));
}

TEST(Layout, personal_cards_mark_birthday_anniversaries_and_the_first_purchase) {
    Customer customer{.id = "c",
                      .birthday = 1992y / 2 / 29,
                      .purchases = {{2025y / 5 / 6, 100, "SAR"}, {2024y / 11 / 4, 100, "SAR"}},
                      .anniversaries = {{"wedding", 2015y / 10 / 7}, {"next year", 2030y / 1 / 4}}};
    const auto cards = of_kind(lay_out_year(default_plan(), customer, 2028, kNoStart), "personal_card");
    ASSERT_EQ(cards.size(), 4U);
    EXPECT_EQ(for_occasion(cards, "birthday")->due_on, Date(2028y / 2 / 29));
    EXPECT_EQ(for_occasion(cards, "wedding")->due_on, Date(2028y / 10 / 5)) << "the 7th is a Saturday";
    EXPECT_EQ(for_occasion(cards, "purchase anniversary")->due_on, Date(2028y / 11 / 2)) << "the 4th is a Saturday";
    EXPECT_FALSE(for_occasion(cards, "next year"));
}

TEST(Reach, never_by_a_refused_channel_by_the_preferred_one_where_it_can) {
    Customer customer{.emails = {"a@example.org"}, .phones = {"+96655"}};
    EXPECT_EQ(reach_for(customer, "follow_up_note").channel, "mail");
    EXPECT_EQ(reach_for(customer, "greeting_card").channel, "mail") << "the only known address";
    customer.preferred_channel = "text";
    EXPECT_EQ(reach_for(customer, "follow_up_note").channel, "text");
    EXPECT_EQ(reach_for(customer, "call").channel, "phone") << "a call cannot be a text";
    customer.consents = {{"text", false, kMidYear, ""}, {"phone", false, kMidYear, ""}};
    EXPECT_EQ(reach_for(customer, "follow_up_note").channel, "mail");
    EXPECT_EQ(reach_for(customer, "call").channel, "");
    EXPECT_EQ(reach_for(customer, "call").why, "no consent to phone");
    customer.consents.push_back({"phone", true, kMidYear + 1s, "told Sara"});
    EXPECT_EQ(reach_for(customer, "call").channel, "phone") << "the newest word counts";
    EXPECT_EQ(reach_for(customer, "newsletter", true).channel, "") << "never asked is no yes";
}

TEST(Layout, what_no_channel_may_carry_is_left_out_and_told) {
    Customer customer{.id = "c", .consents = {{"phone", false, kMidYear, ""}}};
    const auto year = lay_out_year(default_plan(), customer, YearFrame(2026), kNoStart);
    EXPECT_TRUE(of_kind(year.touches, "call").empty());
    EXPECT_TRUE(of_kind(year.touches, "follow_up_note").empty());
    EXPECT_EQ(year.touches.size(), 25U);
    ASSERT_EQ(year.left_out.size(), 2U);
    EXPECT_EQ(year.left_out[0], (LaidYear::LeftOut{"call", 5, "no consent to phone"}));
    EXPECT_EQ(year.left_out[1].count, 3);
}

TEST(Layout, a_whole_year_of_silence_leaves_all_out) {
    Customer customer{.id = "c", .quiet = {{2026y / 1 / 1, 2026y / 12 / 31, "asked for peace"}}};
    const auto year = lay_out_year(default_plan(), customer, YearFrame(2026), kNoStart);
    EXPECT_TRUE(year.touches.empty());
    EXPECT_FALSE(year.left_out.empty());
    EXPECT_EQ(year.left_out[0].reason, "no day of the year is allowed");
}

TEST(Layout, load_is_even_over_the_days_where_it_is_known) {
    const YearFrame frame(2026);
    DayLoad load(2026);
    const auto plan = default_plan();
    for (int i = 0; i < 1000; ++i) {
        const Customer customer{.id = "customer-" + std::to_string(i)};
        load.add(lay_out_year(plan, customer, frame, kNoStart, &load).touches);
    }
    std::vector<int> carried;
    for (const auto day : frame.days()) carried.push_back(load.of(day));
    const auto [least, most] = std::ranges::minmax(carried);
    const double mean = 33'000.0 / static_cast<double>(carried.size());
    // What follows calls and the edges of the year cannot be spread at will.
    EXPECT_LT(most, mean * 1.15);
    std::ranges::sort(carried);
    EXPECT_GT(carried[carried.size() / 20], mean * 0.85) << least;
}

/// A customer with any wishes, drawn.
class Draw {
public:
    explicit Draw(unsigned seed) : dice_(seed) {}
    int pick(int low, int high) { return std::uniform_int_distribution(low, high)(dice_); }
    Date day(int from, int to) {
        const sys_days first = std::chrono::year(from) / 1 / 1;
        return first + std::chrono::days(pick(0, (to - from) * 365));
    }
    Customer customer() {
        Customer customer{.id = "c" + std::to_string(pick(0, 1'000'000))};
        if (pick(0, 1) == 1) customer.birthday = day(1950, 2010);
        for (const auto& occasion : shipped_occasions()) {
            if (pick(0, 3) == 0) customer.occasions.push_back(occasion.key);
        }
        for (int i = pick(0, 2); i > 0; --i) customer.anniversaries.push_back({"day", day(2000, 2024)});
        for (const auto* channel : {"mail", "phone", "text", "post"}) {
            if (pick(0, 4) == 0) customer.consents.push_back({channel, pick(0, 1) == 0, kMidYear, ""});
        }
        for (int i = pick(0, 2); i > 0; --i) {
            const auto from = day(2026, 2027);
            customer.quiet.push_back({from, Date(sys_days(from) + std::chrono::days(pick(0, 60))), ""});
        }
        customer.owner = "sara";
        return customer;
    }
    PlanTemplate plan() {
        PlanTemplate plan{.name = "drawn " + std::to_string(pick(0, 9))};
        for (const auto* kind : {"newsletter", "greeting_card", "call", "follow_up_note", "personal_card", "gift"})
            plan.touches.push_back({kind, pick(0, 12)});
        return plan;
    }

private:
    std::mt19937 dice_;
};

bool is_silent(const Customer& customer, Date day) {
    return std::ranges::any_of(customer.quiet,
                               [&](const QuietPeriod& each) { return each.from <= day && day <= each.to; });
}

std::map<std::string, int> rows_by_kind(const std::vector<PlannedTouch>& touches) {
    std::map<std::string, int> rows;
    for (const auto& touch : touches) ++rows[touch.kind];
    return rows;
}

TEST(LayoutProperty, no_plan_exceeds_its_counts_and_every_touch_is_allowed) {
    Draw draw(33);
    LayoutRules rules{.working_days = WorkingDays::of(office({"hijri:10-01", "2026-09-23"})).value(),
                      .quiet = {{2026y / 2 / 18, 2026y / 3 / 1, "quiet"}}};
    const YearFrame frame(2026, rules);
    for (int round = 0; round < 400; ++round) {
        const auto customer = draw.customer();
        const auto plan = draw.plan();
        const auto year = lay_out_year(plan, customer, frame, kNoStart);
        EXPECT_EQ(year, lay_out_year(plan, customer, frame, kNoStart)) << "deterministic";
        auto rows = rows_by_kind(year.touches);
        for (const auto& left_out : year.left_out) rows[left_out.kind] += left_out.count;
        for (const auto& [kind, count] : plan.touches) EXPECT_EQ(rows[kind], count) << "laid or told why not: " << kind;
        std::set<sys_days> taken;
        for (const auto& touch : year.touches) {
            EXPECT_TRUE(rules.working_days.contains(touch.due_on));
            EXPECT_FALSE(sys_days(touch.due_on) >= sys_days(2026y / 2 / 18) &&
                         sys_days(touch.due_on) <= sys_days(2026y / 3 / 1));
            EXPECT_FALSE(is_silent(customer, touch.due_on));
            EXPECT_TRUE(consent_of(customer, touch.channel).value_or(true)) << touch.kind << touch.channel;
            EXPECT_TRUE(taken.insert(touch.due_on).second) << "two on one day";
            if (touch.kind == "greeting_card" && !touch.occasion.empty()) {
                EXPECT_NE(std::ranges::find(customer.occasions, touch.occasion), customer.occasions.end());
            }
        }
    }
}

class RelayTest : public ::testing::Test {
protected:
    RelayTest() { plan.touches = lay_out_year(default_plan(), plan.customer, frame, kNoStart).touches; }

    PlanChange relay(std::string_view cause, const PlanTemplate& which = default_plan()) {
        auto change = lay_out_anew(plan, which, frame, today, cause, kMidYear);
        for (const auto& touch : change.touches) {
            const auto old = std::ranges::find(plan.touches, touch.id, &PlannedTouch::id);
            if (old == plan.touches.end())
                plan.touches.push_back(touch);
            else
                *old = touch;
        }
        return change;
    }
    PlannedTouch touch(std::string_view id) const {
        const auto found = std::ranges::find(plan.touches, id, &PlannedTouch::id);
        return found == plan.touches.end() ? PlannedTouch{} : *found;
    }

    YearFrame frame{2026};
    Date today = 2026y / 6 / 15;
    PlanState plan{.customer = {.id = "c1", .birthday = 1990y / 10 / 5}};
};

TEST_F(RelayTest, nothing_moves_when_nothing_changed) { EXPECT_TRUE(relay("for nothing").touches.empty()); }

TEST_F(RelayTest, a_new_birthday_moves_its_card_alone_with_the_reason) {
    plan.customer.birthday = 1990y / 12 / 1;
    const auto change = relay("the birthday was corrected");
    ASSERT_EQ(change.touches.size(), 1U);
    EXPECT_EQ(change.touches[0].due_on, Date(2026y / 12 / 1));
    EXPECT_EQ(change.touches[0].reason, "birthday; moved from 2026-10-05: the birthday was corrected");
}

TEST_F(RelayTest, silence_moves_what_stands_in_it_and_nothing_else) {
    const auto before = plan.touches;
    plan.customer.quiet = {{2026y / 7 / 1, 2026y / 8 / 15, "on a journey"}};
    relay("he asked for silence");
    for (std::size_t i = 0; i < before.size(); ++i) {
        const auto& after = plan.touches[i];
        const bool was_silent = is_silent(plan.customer, before[i].due_on);
        EXPECT_FALSE(is_silent(plan.customer, after.due_on)) << after.id;
        if (!was_silent && before[i].kind != "follow_up_note") {
            EXPECT_TRUE(after == before[i]) << after.id;
        }
        if (was_silent) {
            EXPECT_NE(after.reason.find("he asked for silence"), std::string::npos);
        }
    }
}

TEST_F(RelayTest, consent_taken_back_leaves_touches_out_and_given_again_brings_them_back) {
    plan.customer.consents = {{"phone", false, kMidYear, "by hand"}};
    relay("no calls");
    int calls = 0;
    for (const auto& each : plan.touches) {
        if (each.due_on < today || (each.kind != "call" && each.kind != "follow_up_note")) continue;
        ++calls;
        EXPECT_EQ(each.state, TouchState::skipped) << each.id;
        EXPECT_EQ(each.reason, "left out: no calls");
    }
    EXPECT_GT(calls, 2);
    plan.customer.consents.push_back({"phone", true, kMidYear + 1s, "by hand"});
    relay("calls again");
    for (const auto& each : plan.touches) EXPECT_EQ(each.state, TouchState::planned) << each.id;
    EXPECT_EQ(plan.touches.size(), 33U);
}

TEST_F(RelayTest, a_newly_kept_occasion_takes_the_place_of_a_card_without_one) {
    plan.customer.occasions = {"saudi_national_day"};
    relay("he keeps the national day");
    EXPECT_EQ(for_occasion(plan.touches, "saudi_national_day")->due_on, Date(2026y / 9 / 23));
    EXPECT_EQ(of_kind(plan.touches, "greeting_card").size(), 7U);
    EXPECT_EQ(plan.touches.size(), 33U);
}

TEST_F(RelayTest, a_touch_laid_while_a_case_is_open_is_held) {
    plan.guard = {.ticket = "k", .since = kMidYear, .reason = "open complaint"};
    plan.customer.occasions = {"saudi_national_day"};
    relay("he keeps the national day");
    EXPECT_EQ(for_occasion(plan.touches, "saudi_national_day")->state, TouchState::held);
}

TEST_F(RelayTest, another_template_is_fitted_without_touching_what_was_done) {
    for (auto& each : plan.touches) {
        if (each.due_on < today) each.state = TouchState::done;
    }
    const auto done = std::ranges::count(plan.touches, TouchState::done, &PlannedTouch::state);
    PlanTemplate fewer{.name = "fewer", .touches = {{"newsletter", 12}, {"call", 3}}};
    relay("moved to another plan", fewer);
    EXPECT_EQ(std::ranges::count(plan.touches, TouchState::done, &PlannedTouch::state), done);
    int owed_calls = 0;
    for (const auto& each : plan.touches) {
        if (each.state != TouchState::planned) continue;
        EXPECT_TRUE(each.kind == "newsletter" || each.kind == "call") << each.id;
        EXPECT_EQ(each.plan, "fewer");
        owed_calls += each.kind == "call" ? 1 : 0;
    }
    EXPECT_LE(owed_calls + std::ranges::count_if(plan.touches,
                                                 [](const PlannedTouch& each) {
                                                     return each.kind == "call" && each.state == TouchState::done;
                                                 }),
              3);
}

TEST(RelayProperty, whatever_changes_no_kind_exceeds_its_count_and_what_is_to_come_is_allowed) {
    Draw draw(7);
    const YearFrame frame(2026);
    for (int round = 0; round < 120; ++round) {
        PlanState plan{.customer = draw.customer()};
        auto which = draw.plan();
        plan.touches = lay_out_year(which, plan.customer, frame, kNoStart).touches;
        const auto laid = plan.touches;
        std::vector<TouchEvent> events;
        Date today = 2026y / 1 / 1;
        for (int step = 0; step < 4; ++step) {
            today = sys_days(today) + std::chrono::days(draw.pick(0, 80));
            auto changed = draw.customer();
            changed.id = plan.customer.id;
            plan.customer = changed;
            // A template that shrank leaves rows of what it had; counts are kept for those that only grow.
            for (auto& touch : which.touches) touch.count += draw.pick(0, 2);
            const auto change = lay_out_anew(plan, which, frame, today, "drawn", kMidYear + std::chrono::hours(step));
            for (const auto& touch : change.touches) {
                const auto old = std::ranges::find(plan.touches, touch.id, &PlannedTouch::id);
                if (old == plan.touches.end())
                    plan.touches.push_back(touch);
                else
                    *old = touch;
            }
            events.insert(events.end(), change.events.begin(), change.events.end());
            const auto rows = rows_by_kind(plan.touches);
            for (const auto& [kind, count] : which.touches) {
                const auto found = rows.find(kind);
                EXPECT_LE(found == rows.end() ? 0 : found->second, count) << kind;
            }
            for (const auto& touch : plan.touches) {
                if (touch.state != TouchState::planned || touch.due_on < today) continue;
                EXPECT_TRUE(WorkingDays().contains(touch.due_on)) << touch.id;
                EXPECT_FALSE(is_silent(plan.customer, touch.due_on)) << touch.id << to_string(touch.due_on);
                EXPECT_TRUE(consent_of(plan.customer, touch.channel).value_or(true)) << touch.id;
            }
            ASSERT_TRUE(fold_touches(laid, events) == plan.touches);
        }
    }
}

}  // namespace
}  // namespace rasid
