#include "escalation/snooze.hpp"

#include "core/limits.hpp"
#include "tests/escalation/ticket_scene.hpp"

namespace rasid {
namespace {

class SnoozeTest : public TicketScene {
protected:
    SnoozeTest() { open_ticket(); }

    static TicketCommand till(Instant until) { return {.kind = Kind::snooze, .detail = EventDetail{.due_at = until}}; }
};

TEST_F(SnoozeTest, an_hour_and_tomorrow_morning_are_those_of_the_workspace) {
    EXPECT_EQ(snooze_time("hour", "Asia/Riyadh", now), now + 1h);
    EXPECT_EQ(snooze_time("tomorrow", "Asia/Riyadh", at("2026-03-01T08:00:00Z")), at("2026-03-02T06:00:00Z"));
    EXPECT_EQ(snooze_time("tomorrow", "Asia/Riyadh", at("2026-03-01T21:30:00Z")), at("2026-03-03T06:00:00Z"))
        << "it is the second of March there already";
    EXPECT_EQ(snooze_time("tomorrow", "Europe/Berlin", at("2026-03-28T12:00:00Z")), at("2026-03-29T07:00:00Z"))
        << "the clocks go forward in the night between";
    EXPECT_FALSE(snooze_time("tomorrow", "Mars/Olympus", now));
    EXPECT_FALSE(snooze_time("soon", "Asia/Riyadh", now));
}

TEST_F(SnoozeTest, a_snoozed_ticket_wakes_when_its_time_has_come_and_its_clocks_run_on) {
    const auto due = clock(Target::first_response)->due_at;
    act(till(now + 20min));
    EXPECT_EQ(ticket.snoozed_until, now + 20min);
    EXPECT_LE(*ticket.check_at, now + 20min) << "somebody looks again then";
    EXPECT_EQ(clock(Target::first_response)->due_at, due);
    now += 20min - 1s;
    tick();
    EXPECT_TRUE(ticket.snoozed_until);
    now += 1s;
    tick();
    EXPECT_FALSE(ticket.snoozed_until);
    EXPECT_EQ(history.back().kind, TicketEventKind::woken);
    EXPECT_EQ(history.back().actor, "");
    const auto events = history.size();
    tick();
    EXPECT_EQ(history.size(), events) << "it wakes once";
}

TEST_F(SnoozeTest, a_breach_meanwhile_is_told_as_ever) {
    act(till(now + 8h));
    now += 60min + 1s;
    tick();
    EXPECT_EQ(state(Target::first_response), ClockState::breached);
    EXPECT_TRUE(ticket.snoozed_until);
}

TEST_F(SnoozeTest, a_message_of_the_customer_wakes_it) {
    act(till(now + 5h));
    now += 10min;
    const auto joined = hear(mention("still waiting"), "m2");
    ASSERT_TRUE(joined);
    keep(*joined);
    EXPECT_FALSE(ticket.snoozed_until);
}

TEST_F(SnoozeTest, waking_and_resolving_end_it_and_both_can_be_undone) {
    const auto until = now + 5h;
    act(till(until));
    const auto woken = act(Kind::wake).id;
    EXPECT_FALSE(ticket.snoozed_until);
    act({.kind = Kind::undo, .event = woken});
    EXPECT_EQ(ticket.snoozed_until, until);
    const auto resolved = act(Kind::resolve).id;
    EXPECT_FALSE(ticket.snoozed_until);
    act({.kind = Kind::undo, .event = resolved});
    EXPECT_EQ(ticket.snoozed_until, until);
}

TEST_F(SnoozeTest, undoing_a_snooze_brings_back_what_stood_before) {
    act(till(now + 1h));
    const auto second = act(till(now + 5h)).id;
    act({.kind = Kind::undo, .event = second});
    EXPECT_EQ(ticket.snoozed_until, now + 1h);
    EXPECT_FALSE(say({.kind = Kind::undo, .event = second}));
    now += 1h;
    tick();
    const auto woken = std::ranges::find(history, TicketEventKind::woken, &TicketEvent::kind);
    ASSERT_NE(woken, history.end());
    EXPECT_FALSE(say({.kind = Kind::undo, .event = woken->id})) << "time cannot be undone";
}

TEST_F(SnoozeTest, refuses_what_is_no_time_to_come) {
    EXPECT_FALSE(say({.kind = Kind::snooze}));
    EXPECT_FALSE(say(till(now)));
    EXPECT_FALSE(say(till(now + limits::kLongestSnooze + 1s)));
    EXPECT_TRUE(say(till(now + limits::kLongestSnooze)));
    EXPECT_FALSE(say(Kind::wake)) << "it is not snoozed";
    act(till(now + 1h));
    EXPECT_FALSE(say(till(now + 1h))) << "that changes nothing";
    act(Kind::resolve);
    EXPECT_FALSE(say(till(now + 2h))) << "it is resolved";
}

}  // namespace
}  // namespace rasid
