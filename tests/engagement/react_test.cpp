#include "engagement/guard.hpp"
#include "engagement/plan.hpp"
#include "engagement/react.hpp"
#include "engagement/working_days.hpp"
#include "tests/support/fake_random.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

namespace rasid {
namespace {

using namespace std::chrono_literals;
using std::chrono::sys_days;

class ReactTest : public ::testing::Test {
protected:
    ReactTest() {
        plan.customer = {.id = "c1", .name = "نوف"};
        plan.touches = lay_out_year(default_plan(), plan.customer, 2026, 2026y / 1 / 1);
        ticket.id = "k1";
        ticket.number = 4821;
        ticket.platform = "mastodon";
        mention.key = {"mastodon", "1"};
        mention.text = "القهوة باردة";
        mention.created_at = now - 1h;
        angry.sentiment = {.label = Polarity::negative, .score = -0.8};
        happy.sentiment = {.label = Polarity::positive, .score = 0.8};
    }

    /// Keeps a change as a store would.
    void keep(const PlanChange& change) {
        EXPECT_EQ(change.customer, "c1");
        for (const auto& touch : change.touches) {
            const auto old = std::ranges::find(plan.touches, touch.id, &PlannedTouch::id);
            ASSERT_NE(old, plan.touches.end());
            EXPECT_NE(*old, touch) << "only what changes is written";
            *old = touch;
        }
        if (change.guard) plan.guard = *change.guard;
    }

    PlanChange hear(const Verdict& verdict, const Ticket* about) {
        return react(plan, mention, "m1", verdict, about, random, now);
    }
    PlanChange settle(bool complaint = true) { return react_to_state(plan, ticket, complaint, random, now); }
    auto count(TouchState state) const { return std::ranges::count(plan.touches, state, &PlannedTouch::state); }

    Instant now = parse_rfc3339("2026-03-02T10:00:00Z").value();
    FakeRandom random;
    PlanState plan;
    Ticket ticket;
    Mention mention;
    Verdict angry;
    Verdict happy;
};

TEST_F(ReactTest, a_mention_is_an_inbound_entry_with_its_polarity) {
    const auto change = hear(happy, nullptr);
    ASSERT_EQ(change.ledger.size(), 1U);
    const auto& entry = change.ledger[0];
    EXPECT_EQ(entry.direction, Direction::inbound);
    EXPECT_EQ(entry.polarity, Polarity::positive);
    EXPECT_EQ(entry.channel, "mastodon");
    EXPECT_EQ(entry.kind, "mention");
    EXPECT_EQ(entry.mention, "m1");
    EXPECT_EQ(entry.text, "القهوة باردة");
    EXPECT_EQ(entry.at, mention.created_at);
    EXPECT_TRUE(entry.ticket.empty());
    EXPECT_FALSE(change.guard);
    EXPECT_TRUE(change.touches.empty());
}

TEST_F(ReactTest, a_reply_is_an_outbound_entry) {
    const auto change = react_to_reply(plan, ticket, "نعتذر منك", random, now);
    ASSERT_EQ(change.ledger.size(), 1U);
    EXPECT_EQ(change.ledger[0].direction, Direction::outbound);
    EXPECT_EQ(change.ledger[0].kind, "reply");
    EXPECT_EQ(change.ledger[0].channel, "mastodon");
    EXPECT_EQ(change.ledger[0].ticket, "k1");
    EXPECT_TRUE(change.touches.empty()) << "no planned touch is fulfilled by it";
}

TEST_F(ReactTest, own_posts_and_tombstones_mean_nothing) {
    mention.own = true;
    EXPECT_TRUE(hear(angry, &ticket).ledger.empty());
    mention.own = false;
    mention.deleted = true;
    EXPECT_TRUE(hear(angry, &ticket).ledger.empty());
}

TEST_F(ReactTest, a_long_text_is_kept_as_an_excerpt) {
    mention.text.clear();
    for (int i = 0; i < 5000; ++i) mention.text += "قهوة ";
    EXPECT_LT(hear(happy, nullptr).ledger[0].text.size(), 1100U);
}

TEST_F(ReactTest, a_complaint_with_a_ticket_holds_exactly_the_planned_touches) {
    plan.touches[0].state = TouchState::done;
    plan.touches[1].state = TouchState::skipped;
    keep(hear(angry, &ticket));
    EXPECT_EQ(plan.guard.ticket, "k1");
    EXPECT_EQ(plan.guard.since, now);
    EXPECT_EQ(plan.guard.reason, "open complaint: ticket #4821");
    EXPECT_EQ(count(TouchState::held), 31);
    EXPECT_EQ(count(TouchState::done), 1);
    EXPECT_EQ(count(TouchState::skipped), 1);
    EXPECT_EQ(progress_of(plan.touches, 2027y / 1 / 1).late, 0);
}

TEST_F(ReactTest, praise_anger_without_a_ticket_and_a_resolved_ticket_hold_nothing) {
    EXPECT_FALSE(hear(happy, &ticket).guard);
    EXPECT_FALSE(hear(angry, nullptr).guard);
    ticket.state = TicketState::resolved;
    EXPECT_FALSE(hear(angry, &ticket).guard);
}

TEST_F(ReactTest, three_angry_posts_are_one_complaint) {
    keep(hear(angry, &ticket));
    const auto again = hear(angry, &ticket);
    EXPECT_FALSE(again.guard);
    EXPECT_TRUE(again.touches.empty());
    EXPECT_EQ(again.ledger.size(), 1U);
}

TEST_F(ReactTest, resolving_another_ticket_releases_nothing) {
    keep(hear(angry, &ticket));
    ticket.id = "k2";
    ticket.state = TicketState::resolved;
    const auto change = settle();
    EXPECT_FALSE(change.guard);
    EXPECT_TRUE(change.touches.empty());
}

TEST_F(ReactTest, resolving_releases_what_was_held_and_lays_late_touches_on_coming_working_days_one_a_day) {
    const auto before = plan.touches;
    keep(hear(angry, &ticket));
    now += 24h * 40;
    const Date today = utc_date(now);
    ticket.state = TicketState::resolved;
    keep(settle());

    EXPECT_FALSE(plan.guard.held());
    EXPECT_EQ(count(TouchState::held), 0);
    EXPECT_EQ(count(TouchState::planned), 33);
    std::set<sys_days> days;
    int moved = 0;
    for (std::size_t i = 0; i < before.size(); ++i) {
        const auto& touch = plan.touches[i];
        EXPECT_TRUE(is_working_day(touch.due_on));
        EXPECT_TRUE(days.insert(touch.due_on).second) << "two on one day";
        if (before[i].due_on >= today) {
            EXPECT_EQ(touch, before[i]) << "what was still to come stands where it stood, with its own reason";
        } else {
            ++moved;
            EXPECT_GT(sys_days(touch.due_on), sys_days(today));
            EXPECT_NE(touch.reason.find("moved from " + to_string(before[i].due_on)), std::string::npos);
        }
    }
    EXPECT_GT(moved, 3);
}

TEST_F(ReactTest, reopening_a_complaint_holds_again_and_reopening_praise_does_not) {
    keep(hear(angry, &ticket));
    EXPECT_TRUE(settle().touches.empty()) << "it is held already";
    ticket.state = TicketState::resolved;
    keep(settle());
    EXPECT_TRUE(settle().touches.empty()) << "released once";
    ticket.state = TicketState::open;
    EXPECT_FALSE(settle(false).guard);
    keep(settle());
    EXPECT_TRUE(plan.guard.held());
    EXPECT_EQ(count(TouchState::held), 33);
}

TEST_F(ReactTest, a_year_laid_out_while_a_complaint_is_open_is_held_from_the_start) {
    keep(hear(angry, &ticket));
    const auto next = under_guard(lay_out_year(default_plan(), plan.customer, 2027, 2027y / 1 / 1), plan.guard);
    EXPECT_EQ(std::ranges::count(next, TouchState::held, &PlannedTouch::state), 33);
    const auto free = under_guard(next, {});
    EXPECT_EQ(free, next) << "a guard that holds nothing changes nothing";
}

TEST_F(ReactTest, whatever_is_said_and_settled_the_touches_stay_thirty_three_and_held_exactly_while_guarded) {
    std::mt19937 dice(5);
    const auto pick = [&](int high) { return std::uniform_int_distribution(0, high)(dice); };
    for (int step = 0; step < 500; ++step) {
        now += std::chrono::hours(pick(15));
        switch (pick(3)) {
        case 0:
            keep(hear(pick(1) == 0 ? angry : happy, pick(3) == 0 ? nullptr : &ticket));
            break;
        case 1:
            ticket.state = pick(1) == 0 ? TicketState::open : TicketState::resolved;
            keep(settle(plan.guard.held() || pick(1) == 0));
            break;
        default: {
            const auto& touch = plan.touches[static_cast<std::size_t>(pick(32))];
            const std::array<std::string_view, 3> actions = {"done", "skip", "reopen"};
            if (const auto change = mark_touch(plan.customer, touch, actions[static_cast<std::size_t>(pick(2))],
                                               plan.guard, random, now)) {
                keep(*change);
            }
        }
        }
        ASSERT_EQ(plan.touches.size(), 33U);
        ASSERT_EQ(plan.guard.held() ? count(TouchState::planned) : count(TouchState::held), 0);
        std::set<sys_days> days;
        for (const auto& touch : plan.touches) ASSERT_TRUE(is_working_day(touch.due_on));
    }
}

}  // namespace
}  // namespace rasid
