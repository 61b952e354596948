#include "engagement/guard.hpp"
#include "engagement/plan.hpp"
#include "engagement/plan_progress.hpp"
#include "engagement/react.hpp"
#include "engagement/touch_actions.hpp"
#include "engagement/touch_fold.hpp"
#include "engagement/working_days.hpp"
#include "tests/engagement/laid_year.hpp"
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
        const auto replace = [](auto& list, const auto& row) {
            const auto old = std::ranges::find_if(list, [&](const auto& each) { return each.id == row.id; });
            if (old == list.end()) return list.push_back(row);
            EXPECT_NE(*old, row) << "only what changes is written";
            *old = row;
        };
        for (const auto& touch : change.touches) replace(plan.touches, touch);
        for (const auto& each : change.cases) replace(plan.cases, each);
        for (const auto& survey : change.surveys) replace(plan.surveys, survey);
        if (change.guard) plan.guard = *change.guard;
        events.insert(events.end(), change.events.begin(), change.events.end());
        case_events.insert(case_events.end(), change.case_events.begin(), change.case_events.end());
    }

    PlanChange hear(const Verdict& verdict, const Ticket* about) {
        return react(plan, mention, "m1", verdict, about, random, now);
    }
    PlanChange settle(bool complaint = true) { return react_to_state(plan, ticket, complaint, random, now); }
    auto count(TouchState state) const { return std::ranges::count(plan.touches, state, &PlannedTouch::state); }

    Instant now = parse_rfc3339("2026-03-02T10:00:00Z").value();
    FakeRandom random;
    PlanState plan;
    std::vector<TouchEvent> events;
    std::vector<CaseEvent> case_events;
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

TEST_F(ReactTest, a_complaint_with_a_ticket_holds_exactly_what_sells_celebrates_or_asks) {
    const auto letter = std::ranges::find(plan.touches, std::string_view("newsletter"), &PlannedTouch::kind);
    const auto gift = std::ranges::find(plan.touches, std::string_view("gift"), &PlannedTouch::kind);
    letter->state = TouchState::done;
    gift->state = TouchState::skipped;
    keep(hear(angry, &ticket));
    EXPECT_EQ(plan.guard.ticket, "k1");
    EXPECT_EQ(plan.guard.since, now);
    EXPECT_EQ(plan.guard.reason, "open complaint: ticket #4821");
    EXPECT_EQ(count(TouchState::held), 12 + 7 + 4 + 2 - 2);
    EXPECT_EQ(count(TouchState::done), 1);
    EXPECT_EQ(count(TouchState::skipped), 1);
    for (const auto& touch : plan.touches) {
        const bool talks = touch.kind == "call" || touch.kind == "follow_up_note";
        if (talks) {
            EXPECT_EQ(touch.state, TouchState::planned) << touch.id;
        }
        EXPECT_FALSE(may_ask_for_referral(touch, plan.guard)) << "nobody who complains is asked to refer";
    }
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
    EXPECT_EQ(count(TouchState::planned), 34) << "the plan's and the recovery call";
    std::set<sys_days> days;
    int moved = 0;
    for (std::size_t i = 0; i < before.size(); ++i) {
        const auto& touch = plan.touches[i];
        EXPECT_TRUE(WorkingDays().contains(touch.due_on));
        if (before[i].due_on >= today || !guard_holds(touch.kind)) {
            EXPECT_TRUE(touch == before[i]) << "what was still to come stands where it stood, with its own reason";
        } else {
            ++moved;
            EXPECT_GT(sys_days(touch.due_on), sys_days(today));
            EXPECT_NE(touch.reason.find("moved from " + to_string(before[i].due_on)), std::string::npos);
        }
        if (touch.due_on >= today) {
            EXPECT_TRUE(days.insert(touch.due_on).second) << "two on one day";
        }
    }
    EXPECT_GT(moved, 3);
}

TEST_F(ReactTest, resolving_lays_a_recovery_call_on_the_next_free_day_and_a_csat_survey_behind_it) {
    keep(hear(angry, &ticket));
    ticket.state = TicketState::resolved;
    keep(settle());
    const auto calls = of_kind(plan.touches, "recovery_call");
    ASSERT_EQ(calls.size(), 1U);
    EXPECT_GT(sys_days(calls[0].due_on), sys_days(utc_date(now)));
    EXPECT_LE(sys_days(calls[0].due_on) - sys_days(utc_date(now)), std::chrono::days(7));
    EXPECT_FALSE(may_ask_for_referral(calls[0], plan.guard)) << "it asks for nothing";
    ASSERT_EQ(plan.surveys.size(), 1U);
    EXPECT_EQ(plan.surveys[0].kind, SurveyKind::csat);
    EXPECT_EQ(plan.surveys[0].bad_experience, "k1");
    EXPECT_GT(plan.surveys[0].send_at, Instant(sys_days(calls[0].due_on)));
    EXPECT_EQ(progress_of(plan.touches, utc_date(now)).total, 33) << "never more than the 33 by itself";
}

TEST_F(ReactTest, reopening_calls_the_recovery_off_and_resolving_again_lays_another) {
    keep(hear(angry, &ticket));
    ticket.state = TicketState::resolved;
    keep(settle());
    ticket.state = TicketState::open;
    now += 1h;
    keep(settle());
    EXPECT_EQ(of_kind(plan.touches, "recovery_call")[0].state, TouchState::skipped);
    EXPECT_LE(plan.surveys[0].expires_at, now);
    ticket.state = TicketState::resolved;
    now += 1h;
    keep(settle());
    ASSERT_EQ(of_kind(plan.touches, "recovery_call").size(), 2U);
    EXPECT_EQ(of_kind(plan.touches, "recovery_call")[1].state, TouchState::planned);
    EXPECT_EQ(plan.surveys.size(), 2U);
}

TEST_F(ReactTest, while_another_case_is_open_the_guard_passes_to_it) {
    angry.tags = {"delivery"};
    keep(hear(angry, &ticket));
    auto other = ticket;
    other.id = "k2";
    angry.tags = {"billing"};
    keep(hear(angry, &other));
    ASSERT_EQ(plan.cases.size(), 2U);
    ticket.state = TicketState::resolved;
    keep(settle());
    EXPECT_EQ(plan.guard.ticket, "k2");
    EXPECT_EQ(count(TouchState::held), 25);
    EXPECT_TRUE(plan.surveys.empty()) << "nobody is asked how content he is while he waits";
    ticket = other;
    ticket.state = TicketState::resolved;
    keep(settle());
    EXPECT_FALSE(plan.guard.held());
    EXPECT_EQ(count(TouchState::held), 0);
}

TEST_F(ReactTest, angry_posts_about_one_thing_are_one_case_and_about_two_things_two) {
    ReactRules rules{.cases = {.without_ticket = true}};
    const auto rant = [&](std::vector<std::string> tags) {
        angry.tags = std::move(tags);
        keep(react(plan, mention, "m", angry, nullptr, random, now, rules));
    };
    rant({"delivery", "app"});
    rant({"delivery"});
    rant({"app", "points"});
    ASSERT_EQ(plan.cases.size(), 1U);
    EXPECT_EQ(plan.cases[0].posts, 3);
    EXPECT_EQ(plan.cases[0].about, (std::vector<std::string>{"delivery", "app", "points"}));
    EXPECT_TRUE(plan.guard.held());
    rant({"prices"});
    EXPECT_EQ(plan.cases.size(), 2U);
    EXPECT_FALSE(resolve_case(plan, "unknown", "sara", random, now));
    keep(resolve_case(plan, plan.cases[0].id, "sara", random, now).value());
    EXPECT_FALSE(resolve_case(plan, plan.cases[0].id, "sara", random, now)) << "once";
    EXPECT_EQ(plan.guard.ticket, plan.cases[1].id);
    keep(resolve_case(plan, plan.cases[1].id, "sara", random, now).value());
    EXPECT_FALSE(plan.guard.held());
}

TEST_F(ReactTest, praise_proposes_thanks_and_resharing_but_not_while_a_case_is_open) {
    const auto change = hear(happy, nullptr);
    ASSERT_EQ(change.proposals.size(), 2U);
    EXPECT_EQ(change.proposals[0].kind, ProposalKind::thank);
    EXPECT_EQ(change.proposals[1].kind, ProposalKind::reshare);
    mention.visibility = Visibility::direct;
    EXPECT_EQ(hear(happy, nullptr).proposals.size(), 1U) << "what was said in private is not reshared";
    keep(hear(angry, &ticket));
    EXPECT_TRUE(hear(happy, nullptr).proposals.empty());
}

TEST_F(ReactTest, the_number_of_a_complaint_is_told_as_soon_as_it_is_known) {
    ticket.number = 0;
    const auto laid = plan.touches;
    const auto first = hear(angry, &ticket);
    keep(first);
    EXPECT_EQ(plan.guard.reason, "open complaint");
    ticket.number = 4821;
    keep(with_number(first, ticket));
    EXPECT_EQ(plan.guard.reason, "open complaint: ticket #4821");
    for (const auto& touch : plan.touches) {
        if (touch.state == TouchState::held) {
            EXPECT_TRUE(touch.reason.starts_with(plan.guard.reason)) << touch.reason;
        }
    }
    EXPECT_TRUE(fold_touches(laid, events) == plan.touches);
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
    EXPECT_EQ(count(TouchState::held), 25);
}

TEST_F(ReactTest, a_year_laid_out_while_a_complaint_is_open_is_held_from_the_start) {
    keep(hear(angry, &ticket));
    const auto next = under_guard(lay_out_year(default_plan(), plan.customer, 2027, 2027y / 1 / 1), plan.guard);
    EXPECT_EQ(std::ranges::count(next, TouchState::held, &PlannedTouch::state), 25);
    const auto free = under_guard(next, {});
    EXPECT_EQ(free, next) << "a guard that holds nothing changes nothing";
}

TEST_F(ReactTest, whatever_happens_the_guard_holds_exactly_its_kinds_and_the_ledger_replays_to_the_same_state) {
    const std::set<std::string> held_kinds = {"newsletter", "greeting_card", "personal_card", "gift"};
    for (unsigned seed = 1; seed <= 10; ++seed) {
        std::mt19937 dice(seed);
        const auto pick = [&](int high) { return std::uniform_int_distribution(0, high)(dice); };
        plan.touches = lay_out_year(default_plan(), plan.customer, 2026, 2026y / 1 / 1);
        plan.cases.clear();
        plan.surveys.clear();
        plan.guard = {};
        events.clear();
        case_events.clear();
        const auto laid = plan.touches;
        std::array<Ticket, 2> tickets = {ticket, ticket};
        tickets[1].id = "k2";
        for (auto& each : tickets) each.state = TicketState::open;
        for (int step = 0; step < 150; ++step) {
            now += std::chrono::hours(pick(15)) + 1s;
            auto& about = tickets[static_cast<std::size_t>(pick(1))];
            switch (pick(4)) {
            case 0:
                angry.tags = {pick(1) == 0 ? "delivery" : "billing"};
                mention.created_at = now;
                keep(hear(pick(1) == 0 ? angry : happy, pick(3) == 0 ? nullptr : &about));
                break;
            case 1:
                about.state = pick(1) == 0 ? TicketState::open : TicketState::resolved;
                keep(react_to_state(plan, about, pick(1) == 0, random, now));
                break;
            case 2: {
                const Contact contact{.kind = pick(1) == 0 ? "call" : "gift", .at = now, .text = "said"};
                keep(log_contact(plan, contact, {}, random));
                break;
            }
            default: {
                const auto& touch = plan.touches[static_cast<std::size_t>(pick(32))];
                const std::array<std::string, 4> actions = {"done", "skip", "move", "reopen"};
                const TouchAction action{.action = actions[static_cast<std::size_t>(pick(3))]};
                if (const auto change = act_on_touch(plan, touch.id, action, {}, random, now)) keep(*change);
            }
            }
            ASSERT_EQ(progress_of(plan.touches, utc_date(now)).total, 33);
            const bool open = std::ranges::any_of(plan.cases, [](const auto& each) { return each.open(); });
            ASSERT_EQ(plan.guard.held(), open);
            for (const auto& touch : plan.touches) {
                ASSERT_TRUE(WorkingDays().contains(touch.due_on));
                const bool guarded = open && held_kinds.contains(touch.kind);
                ASSERT_NE(touch.state, guarded ? TouchState::planned : TouchState::held) << touch.id;
            }
            if (step % 10 != 9) continue;
            ASSERT_TRUE(fold_touches(laid, events) == plan.touches) << "seed " << seed << " step " << step;
            ASSERT_TRUE(fold_cases(case_events) == plan.cases);
        }
        std::set<std::string> ids;
        for (const auto& event : events) ASSERT_TRUE(ids.insert(event.id).second) << event.id;
    }
}

}  // namespace
}  // namespace rasid
