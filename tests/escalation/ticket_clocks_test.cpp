#include "escalation/ticket_change.hpp"
#include "tests/escalation/ticket_scene.hpp"

#include <algorithm>

namespace rasid {
namespace {

class TicketClocksTest : public TicketScene {
protected:
    TicketClocksTest() {
        policies.queues[0].targets = {
            .first_response = 1h, .next_response = 2h, .periodic_update = 24h, .resolution = 48h};
        open_ticket();
    }

    void change_setup() { keep(retargeted(policies, ticket, history, random, now)); }
    void customer_writes(std::string id) {
        const auto change = hear(mention("hello?"), std::move(id));
        ASSERT_TRUE(change);
        keep(*change);
    }
    void answer() { act(Kind::answered_elsewhere, "by phone"); }
    std::ptrdiff_t breaches() const {
        return std::ranges::count(history, TicketEventKind::breached, &TicketEvent::kind);
    }
};

TEST_F(TicketClocksTest, each_message_behind_an_answer_starts_one_next_response) {
    now += 10min;
    answer();
    EXPECT_TRUE(clock(Target::periodic_update));
    now += 1h;
    customer_writes("m2");
    EXPECT_EQ(clock(Target::next_response)->due_at, now + 2h);
    const auto due = clock(Target::next_response)->due_at;
    now += 1h;
    customer_writes("m3");
    EXPECT_EQ(clock(Target::next_response)->due_at, due) << "writing again promises no later answer";
    answer();
    EXPECT_EQ(clock(Target::next_response)->met_at, now);
    now += 1h;
    customer_writes("m4");
    EXPECT_EQ(clock(Target::next_response)->round, 2);
}

TEST_F(TicketClocksTest, a_message_that_was_heard_late_counts_from_when_it_was_written) {
    now += 10min;
    answer();
    now += 50min;
    auto late = mention("are you there?");
    late.created_at = now - 30min;
    const auto change = hear(late, "m2");
    ASSERT_TRUE(change);
    keep(*change);
    EXPECT_EQ(clock(Target::next_response)->due_at, now - 30min + 2h);
}

TEST_F(TicketClocksTest, a_status_stops_what_it_says_and_its_minutes_are_counted_by_person) {
    now += 10min;
    answer();
    act({.kind = Kind::hold, .actor = "p-dana"});
    EXPECT_EQ(state(Target::resolution), ClockState::paused);
    EXPECT_EQ(ticket.status, TicketStatus::on_hold);
    EXPECT_FALSE(ticket.due_at) << "nothing is due while all stands still";
    EXPECT_FALSE(say(Kind::hold)) << "it is on hold already";
    now += 5h;
    act(Kind::resume);
    EXPECT_EQ(clock(Target::resolution)->due_at, now - 5h - 10min + 48h + 5h);
    ASSERT_EQ(ticket.paused_by.size(), 1U);
    EXPECT_EQ(ticket.paused_by[0], (PausedBy{"p-dana", 5h}));
}

TEST_F(TicketClocksTest, waiting_for_a_customer_whom_nobody_answered_stops_not_the_first_response) {
    act(Kind::wait_for_customer);
    EXPECT_EQ(state(Target::first_response), ClockState::running);
    EXPECT_EQ(state(Target::resolution), ClockState::paused);
    now += 10min;
    customer_writes("m2");
    EXPECT_EQ(ticket.status, TicketStatus::active) << "he wrote, so it is our turn";
}

TEST_F(TicketClocksTest, an_undone_status_leaves_the_clocks_as_if_nobody_had_touched_them) {
    const auto before = ticket.clocks;
    const auto held = act(Kind::hold).id;
    now += 1min;
    act({.kind = Kind::undo, .event = held});
    EXPECT_EQ(ticket.clocks, before);
    EXPECT_TRUE(ticket.paused_by.empty());
}

TEST_F(TicketClocksTest, priority_and_tier_give_the_targets_and_a_changed_priority_changes_them) {
    policies.targets = {{.name = "alarm", .priority = Priority::critical, .targets = {.first_response = 5min}}};
    now += 1min;
    act({.kind = Kind::priority, .priority = Priority::critical});
    EXPECT_EQ(clock(Target::first_response)->due_at, now - 1min + 5min);
    EXPECT_FALSE(clock(Target::resolution)) << "the rule promises none";
}

TEST_F(TicketClocksTest, a_queue_that_was_removed_takes_no_promise_with_it) {
    const auto before = ticket.clocks;
    policies.queues.clear();
    change_setup();
    EXPECT_EQ(ticket.clocks, before);
}

TEST_F(TicketClocksTest, an_edited_ladder_moves_the_next_look) {
    policies.ladders[0].steps.push_back({.at_percent = 10, .to = "role:moderator"});
    change_setup();
    EXPECT_EQ(ticket.check_at, now + 6min);
}

TEST_F(TicketClocksTest, a_message_in_the_conversation_reopens_what_was_resolved_lately) {
    context.open = ticket;
    now += 10min;
    act(Kind::resolve);
    now += 24h;
    customer_writes("m2");
    EXPECT_EQ(ticket.state, TicketState::open);
    EXPECT_EQ(std::ranges::count(history, TicketEventKind::reopened, &TicketEvent::kind), 1);
    EXPECT_TRUE(ticket.due_at);
}

TEST_F(TicketClocksTest, answers_by_rasid_itself_stop_nothing_and_its_echo_is_no_answer_of_a_person) {
    policies.queues[0].auto_acknowledge = true;
    context = {.mention_id = "m9", .since = now - 24h, .can_reply = true};
    ticket = {};
    history.clear();
    auto written = mention();
    written.conversation = "another";
    const auto change = route(policies, written, verdict, context, random, now);
    ASSERT_TRUE(change);
    keep(*change);
    const auto told = std::ranges::find(history, TicketEventKind::auto_acknowledged, &TicketEvent::kind);
    ASSERT_NE(told, history.end());
    EXPECT_EQ(told->detail->due_at, now + 1h);
    EXPECT_NE(told->text.find("09:00"), std::string::npos) << told->text;
    EXPECT_EQ(state(Target::first_response), ClockState::running);
    auto echo = mention(told->text);
    echo.own = true;
    now += 1min;
    echo.created_at = now;
    EXPECT_FALSE(hear(echo, "m10"));
    outcome(told->id, false, "the platform refused");
    EXPECT_EQ(history.back().kind, TicketEventKind::reply_failed);
    verdict.language = "ar";
    context.open.reset();
    const auto arabic = route(policies, written, verdict, context, random, now);
    EXPECT_NE(arabic->events[1].text.find("شكر"), std::string::npos);
    context.can_reply = false;
    EXPECT_EQ(route(policies, written, verdict, context, random, now)->events.size(), 1U);
}

// What people report of other systems.
class MustNotHappen : public TicketClocksTest {};

TEST_F(MustNotHappen, a_clock_runs_after_resolve) {
    act(Kind::resolve);
    now += 100h;
    tick();
    EXPECT_EQ(breaches(), 0);
    for (const auto& each : ticket.clocks) EXPECT_FALSE(each.running_since) << to_string(each.target);
    EXPECT_FALSE(ticket.check_at);
}

TEST_F(MustNotHappen, a_policy_cannot_change_with_the_team) {
    policies.queues[0].targets.first_response = 2h;
    change_setup();
    EXPECT_EQ(clock(Target::first_response)->due_at, now + 2h);
    policies.queues[0].targets.first_response = 10min;
    now += 30min;
    change_setup();
    EXPECT_EQ(clock(Target::first_response)->due_at, now) << "nothing becomes due before the change";
    change_setup();
    EXPECT_EQ(std::ranges::count(history, TicketEventKind::retargeted, &TicketEvent::kind), 2)
        << "nothing new, no event";
}

TEST_F(MustNotHappen, an_update_clock_overrules_the_first_response) {
    policies.queues[0].targets.periodic_update = 1min;
    change_setup();
    now += 30min;
    tick();
    EXPECT_EQ(breaches(), 0) << "an update is owed only from the first answer on";
    EXPECT_EQ(ticket.due_at, clock(Target::first_response)->due_at);
}

TEST_F(MustNotHappen, a_late_reply_is_in_time_after_a_policy_edit) {
    now += 61min;
    tick();
    EXPECT_EQ(breaches(), 1);
    policies.queues[0].targets.first_response = 10h;
    change_setup();
    now += 1min;
    answer();
    EXPECT_EQ(state(Target::first_response), ClockState::breached);
}

TEST_F(MustNotHappen, a_verdict_that_no_tick_gave_is_lost) {
    now += 2h;
    act(Kind::note, "nobody ticked while the daemon was down");
    EXPECT_EQ(breaches(), 1);
    tick();
    EXPECT_EQ(breaches(), 1) << "and it is given once";
}

}  // namespace
}  // namespace rasid
