#include "core/limits.hpp"
#include "tests/escalation/ticket_scene.hpp"

#include <algorithm>

namespace rasid {
namespace {

class CommandTest : public TicketScene {
protected:
    CommandTest() { open_ticket(); }

    const TicketEvent& undo(const std::string& event) { return act({.kind = Kind::undo, .event = event}); }
    bool refuses(TicketCommand asked) {
        const auto change = say(std::move(asked));
        return !change && change.error().kind == Failure::Kind::refused && !change.error().what.empty();
    }
    bool refuses(Kind kind, std::string text = {}) { return refuses({.kind = kind, .text = std::move(text)}); }

    /// What a person would see, without version and time of the last event.
    Ticket seen() const {
        Ticket result = ticket;
        result.version = 0;
        result.updated_at = {};
        return result;
    }
};

TEST_F(CommandTest, every_action_has_its_word) {
    for (const auto* word : {"take", "release", "assign", "acknowledge", "reply", "reshare", "like", "hide",
                             "answered_elsewhere", "note", "priority", "resolve", "reopen", "undo"}) {
        EXPECT_TRUE(parse_ticket_command(word)) << word;
    }
    EXPECT_FALSE(parse_ticket_command("explode"));
}

TEST_F(CommandTest, taking_gives_the_ticket_to_the_actor_and_acknowledges) {
    act(Kind::take);
    EXPECT_EQ(ticket.assignee, "p-sara");
    EXPECT_EQ(ticket.acknowledged_by, "p-sara");
    EXPECT_EQ(ticket.acknowledged_at, now);
    EXPECT_TRUE(refuses(Kind::take));
}

TEST_F(CommandTest, undoing_a_take_gives_back_both_the_ticket_and_the_acknowledgement) {
    const auto before = seen();
    const auto taken = act(Kind::take).id;
    undo(taken);
    EXPECT_EQ(seen(), before);
    EXPECT_EQ(ticket.version, 3) << "the ledger keeps both events";
    EXPECT_EQ(ticket.number, 4821);
    EXPECT_TRUE(refuses({.kind = Kind::undo, .event = taken}));
}

TEST_F(CommandTest, assigning_to_somebody_else_does_not_stop_the_ladder) {
    act({.kind = Kind::assign, .person = "p-dana"});
    EXPECT_EQ(ticket.assignee, "p-dana");
    EXPECT_TRUE(ticket.acknowledged_by.empty());
    EXPECT_TRUE(refuses({.kind = Kind::assign, .person = "p-dana"}));
    EXPECT_TRUE(refuses({.kind = Kind::assign, .person = "nobody"}));
}

TEST_F(CommandTest, nobody_gets_a_ticket_of_a_brand_that_is_not_his) {
    policies.people[1].brands = {"other"};
    EXPECT_TRUE(refuses({.kind = Kind::assign, .person = "p-dana"}));
    policies.people[1].brands = {"other", "nasma"};
    EXPECT_FALSE(refuses({.kind = Kind::assign, .person = "p-dana"}));
}

TEST_F(CommandTest, releasing_lets_the_ladder_go_on_unless_somebody_else_acknowledged) {
    EXPECT_TRUE(refuses(Kind::release));
    act(Kind::take);
    act(Kind::release);
    EXPECT_TRUE(ticket.assignee.empty());
    EXPECT_TRUE(ticket.acknowledged_by.empty());
    EXPECT_TRUE(ticket.check_at);

    act({.kind = Kind::acknowledge, .actor = "p-khalid"});
    act(Kind::take);
    act(Kind::release);
    EXPECT_EQ(ticket.acknowledged_by, "p-khalid");
}

TEST_F(CommandTest, a_queued_reply_keeps_the_clock_running_until_it_is_published) {
    const auto queued = act(Kind::reply, "we are sorry").id;
    EXPECT_EQ(ticket.pending_reply, queued);
    EXPECT_FALSE(clock(Target::first_response)->met_at);
    EXPECT_TRUE(refuses(Kind::reply, "again"));
    now += 10s;
    outcome(queued, true);
    EXPECT_TRUE(ticket.pending_reply.empty());
    EXPECT_EQ(clock(Target::first_response)->met_at, now);
    EXPECT_EQ(history.back().kind, TicketEventKind::replied);
    EXPECT_EQ(history.back().actor, "p-sara");
    EXPECT_EQ(history.back().text, "we are sorry");
}

TEST_F(CommandTest, an_outcome_reported_twice_is_recorded_once) {
    const auto queued = act(Kind::reply, "we are sorry").id;
    outcome(queued, true);
    const auto version = ticket.version;
    outcome(queued, true);
    outcome(queued, false, "late news");
    EXPECT_EQ(ticket.version, version);
    EXPECT_TRUE(published(policies, ticket, history, "unknown", true, {}, random, now).events.empty());
}

TEST_F(CommandTest, a_failed_reply_says_why_and_leaves_the_clock_running) {
    const auto queued = act(Kind::reply, "we are sorry").id;
    outcome(queued, false, "the post is gone");
    EXPECT_EQ(history.back().kind, TicketEventKind::reply_failed);
    EXPECT_EQ(history.back().text, "the post is gone");
    EXPECT_TRUE(ticket.pending_reply.empty());
    EXPECT_EQ(state(Target::first_response), ClockState::running);
    EXPECT_FALSE(refuses(Kind::reply, "once more"));
}

TEST_F(CommandTest, a_reply_can_be_called_back_only_while_it_waits) {
    const auto before = seen();
    undo(act(Kind::reply, "oops").id);
    EXPECT_EQ(seen(), before);
    const auto queued = act(Kind::reply, "we are sorry").id;
    outcome(queued, true);
    EXPECT_TRUE(refuses({.kind = Kind::undo, .event = queued}));
    EXPECT_TRUE(refuses({.kind = Kind::undo, .event = history.back().id})) << "what is published stays published";
}

TEST_F(CommandTest, a_reply_needs_a_text_within_bounds) {
    EXPECT_TRUE(refuses(Kind::reply));
    EXPECT_TRUE(refuses(Kind::reply, " \n\t"));
    EXPECT_TRUE(refuses(Kind::reply, std::string(limits::kReplyText + 1, 'a')));
    EXPECT_FALSE(refuses(Kind::reply, std::string(limits::kReplyText, 'a')));
}

TEST_F(CommandTest, a_like_is_queued_once_and_can_be_called_back_until_it_is_done) {
    const auto queued = act(Kind::like).id;
    EXPECT_EQ(history.back().kind, TicketEventKind::action_queued);
    EXPECT_EQ(history.back().text, "like");
    EXPECT_TRUE(refuses(Kind::like));
    EXPECT_FALSE(refuses(Kind::hide)) << "another action is another matter";
    undo(queued);
    const auto again = act(Kind::like).id;
    outcome(again, true);
    EXPECT_EQ(history.back().kind, TicketEventKind::acted);
    EXPECT_TRUE(refuses({.kind = Kind::undo, .event = again}));
    EXPECT_FALSE(clock(Target::first_response)->met_at) << "a like answers nobody";
}

TEST_F(CommandTest, an_answer_by_other_means_meets_the_first_response_and_can_be_undone) {
    const auto before = seen();
    const auto answered = act(Kind::answered_elsewhere, "called her").id;
    EXPECT_EQ(state(Target::first_response), ClockState::met);
    undo(answered);
    EXPECT_EQ(seen(), before);
    EXPECT_EQ(state(Target::first_response), ClockState::running);
}

TEST_F(CommandTest, notes_need_a_text_and_are_possible_on_resolved_tickets) {
    EXPECT_TRUE(refuses(Kind::note));
    act(Kind::resolve);
    const auto note = act(Kind::note, "she was glad").id;
    undo(note);
    EXPECT_EQ(history.back().refers_to, note);
}

TEST_F(CommandTest, priority_changes_only_to_another_one) {
    EXPECT_TRUE(refuses({.kind = Kind::priority}));
    EXPECT_TRUE(refuses({.kind = Kind::priority, .priority = Priority::normal}));
    const auto changed = act({.kind = Kind::priority, .priority = Priority::high}).id;
    EXPECT_EQ(ticket.priority, Priority::high);
    undo(changed);
    EXPECT_EQ(ticket.priority, Priority::normal);
}

TEST_F(CommandTest, no_clock_runs_after_resolve) {
    now += 5min;
    act(Kind::resolve);
    EXPECT_EQ(ticket.state, TicketState::resolved);
    EXPECT_EQ(clock(Target::resolution)->met_at, now);
    EXPECT_FALSE(clock(Target::first_response)->met_at) << "nobody answered";
    EXPECT_FALSE(ticket.due_at);
    EXPECT_FALSE(ticket.soon_at);
    EXPECT_FALSE(ticket.check_at);
    now += 10h;
    EXPECT_EQ(state(Target::first_response), ClockState::paused);
    EXPECT_TRUE(tick().change.events.empty());
}

TEST_F(CommandTest, a_resolved_ticket_takes_no_action_but_note_reopen_and_undo) {
    act(Kind::resolve);
    for (const auto kind : {Kind::take, Kind::release, Kind::acknowledge, Kind::like, Kind::resolve})
        EXPECT_TRUE(refuses(kind));
    EXPECT_TRUE(refuses(Kind::reply, "hello"));
    EXPECT_TRUE(refuses(Kind::answered_elsewhere));
    EXPECT_TRUE(refuses({.kind = Kind::priority, .priority = Priority::high}));
    EXPECT_FALSE(refuses(Kind::reopen));
}

TEST_F(CommandTest, a_reply_that_was_on_its_way_when_the_ticket_was_resolved_still_counts) {
    const auto queued = act(Kind::reply, "done, thank you").id;
    act(Kind::resolve);
    now += 10s;
    outcome(queued, true);
    EXPECT_EQ(state(Target::first_response), ClockState::met);
    EXPECT_EQ(ticket.state, TicketState::resolved);
}

TEST_F(CommandTest, undoing_resolve_brings_the_clocks_back_as_they_were) {
    const auto before = seen();
    now += 20min;
    const auto resolved = act(Kind::resolve).id;
    now += 8s;
    undo(resolved);
    EXPECT_EQ(seen(), before);
}

TEST_F(CommandTest, reopening_gives_unmet_clocks_what_was_left_of_their_time) {
    EXPECT_TRUE(refuses(Kind::reopen));
    now += 20min;
    act(Kind::take);
    act(Kind::resolve);
    now += 72h;
    act(Kind::reopen);
    EXPECT_EQ(clock(Target::first_response)->due_at, now + 40min);
    EXPECT_EQ(clock(Target::resolution)->due_at, now + 8h - 20min);
    EXPECT_FALSE(clock(Target::resolution)->met_at);
    EXPECT_EQ(ticket.assignee, "p-sara");
    EXPECT_TRUE(ticket.acknowledged_by.empty()) << "the ladder resumes";
}

TEST_F(CommandTest, resolving_and_reopening_does_not_win_time) {
    now += 50min;
    for (int i = 0; i < 5; ++i) {
        act(Kind::resolve);
        act(Kind::reopen);
        now += 1min;
    }
    EXPECT_EQ(clock(Target::first_response)->due_at, now + 5min);
}

TEST_F(CommandTest, a_broken_promise_stays_broken_when_the_ticket_is_reopened) {
    now += 9h;
    tick();
    act(Kind::resolve);
    EXPECT_EQ(state(Target::resolution), ClockState::breached) << "met, but late";
    act(Kind::reopen);
    EXPECT_EQ(clock(Target::resolution)->due_at, now + 8h) << "what is promised now is another promise";
    EXPECT_TRUE(std::ranges::any_of(ticket.clocks, [](const TargetClock& each) {
        return each.target == Target::resolution && each.breached_at && each.met_at;
    }));
}

TEST_F(CommandTest, only_the_latest_resolve_or_reopen_can_be_undone) {
    const auto resolved = act(Kind::resolve).id;
    const auto reopened = act(Kind::reopen).id;
    EXPECT_TRUE(refuses({.kind = Kind::undo, .event = resolved}));
    undo(reopened);
    EXPECT_EQ(ticket.state, TicketState::resolved);
    undo(resolved);
    EXPECT_EQ(ticket.state, TicketState::open);
}

TEST_F(CommandTest, what_later_events_have_replaced_cannot_be_undone) {
    const auto first = act({.kind = Kind::assign, .person = "p-dana"}).id;
    act({.kind = Kind::assign, .person = "p-khalid"});
    EXPECT_TRUE(refuses({.kind = Kind::undo, .event = first}));
}

TEST_F(CommandTest, what_rasid_or_the_customer_did_cannot_be_undone) {
    EXPECT_TRUE(refuses({.kind = Kind::undo, .event = history.front().id}));
    EXPECT_TRUE(refuses({.kind = Kind::undo, .event = "unknown"}));
    now += 31min;
    tick();
    EXPECT_TRUE(refuses({.kind = Kind::undo, .event = history.back().id}));
}

TEST_F(CommandTest, an_event_that_fails_changes_nothing) {
    const auto before = ticket;
    (void)say(Kind::release);
    EXPECT_EQ(ticket, before);
}

}  // namespace
}  // namespace rasid
