#include "tests/escalation/ticket_scene.hpp"

#include <algorithm>
#include <random>
#include <set>

namespace rasid {
namespace {

class LadderTest : public TicketScene {
protected:
    LadderTest() { open_ticket(); }

    /// "Sara first_response/1/50", and the channel where it is no mail.
    std::vector<std::string> told(const Escalation& escalation) const {
        std::vector<std::string> names;
        for (const auto& event : escalation.change.events) {
            const auto person = std::ranges::find(policies.people, event.person, &Person::id);
            if (event.kind != TicketEventKind::notified || person == policies.people.end()) continue;
            names.push_back(person->name + " " + step_key(event) + (event.text.empty() ? "" : " " + event.text));
        }
        return names;
    }
    using Names = std::vector<std::string>;

    std::vector<LadderStep>& steps() { return policies.ladders[0].steps; }
};

TEST_F(LadderTest, nothing_happens_before_its_time) {
    now += 30min - 1us;
    const auto escalation = tick();
    EXPECT_TRUE(escalation.change.events.empty());
    EXPECT_EQ(escalation.change.after, ticket) << "no mail and no write for a change that changed nothing";
}

TEST_F(LadderTest, a_step_tells_everybody_of_its_role_once) {
    now += 30min;
    const auto escalation = tick();
    EXPECT_EQ(told(escalation), (Names{"Sara first_response/1/50", "Dana first_response/1/50"}));
    ASSERT_EQ(escalation.change.events.size(), 2U);
    EXPECT_TRUE(escalation.calls.empty());
    EXPECT_EQ(ticket.notified, std::vector<std::string>{"first_response/1/50"});
    EXPECT_EQ(ticket.check_at, now + 30min);
    EXPECT_TRUE(told(tick()).empty());
}

TEST_F(LadderTest, a_breach_is_recorded_at_the_promised_time_and_told_to_the_role_that_the_step_names_only) {
    now += 30min;
    tick();
    now += 31min;
    const auto escalation = tick();
    EXPECT_EQ(told(escalation), Names{"Khalid first_response/1/100"}) << "a breach is not told to every admin";
    EXPECT_EQ(history[history.size() - 2].kind, TicketEventKind::breached);
    EXPECT_EQ(clock(Target::first_response)->breached_at, clock(Target::first_response)->due_at);
}

TEST_F(LadderTest, acknowledging_stops_the_steps_and_a_breach_is_recorded_all_the_same) {
    act(Kind::acknowledge);
    EXPECT_EQ(ticket.check_at, ticket.due_at);
    now += 9h;
    const auto escalation = tick();
    EXPECT_TRUE(told(escalation).empty());
    ASSERT_EQ(escalation.change.events.size(), 2U);
    EXPECT_EQ(escalation.change.events[0].target, Target::first_response);
    EXPECT_EQ(escalation.change.events[1].target, Target::resolution);
    EXPECT_TRUE(tick().change.events.empty());
}

TEST_F(LadderTest, an_answer_ends_the_steps_of_the_first_response) {
    act(Kind::answered_elsewhere);
    EXPECT_EQ(ticket.due_at, now + 8h);
    EXPECT_EQ(ticket.check_at, now + 4h) << "half of the resolution";
    now += 2h;
    EXPECT_TRUE(tick().change.events.empty());
}

TEST_F(LadderTest, steps_missed_while_the_daemon_was_down_tell_each_person_once_of_the_latest) {
    policies.ladders[0].steps.push_back({.at_percent = 120, .to = "role:moderator"});
    now += 100min;
    const auto escalation = tick();
    EXPECT_EQ(told(escalation), (Names{"Khalid first_response/1/100", "Sara first_response/1/120",
                                       "Dana first_response/1/120", "Omar first_response/1/150"}));
    EXPECT_TRUE(tick().change.events.empty());
}

TEST_F(LadderTest, a_long_silence_ends_in_one_mail_a_person_over_both_targets) {
    now += 100h;
    const auto escalation = tick();
    EXPECT_EQ(told(escalation), (Names{"Sara resolution/1/50", "Dana resolution/1/50", "Khalid resolution/1/100",
                                       "Omar resolution/1/150"}));
    EXPECT_EQ(ticket.notified.size(), 6U) << "every step is taken, also those that had nobody left to tell";
    EXPECT_FALSE(ticket.check_at);
}

TEST_F(LadderTest, a_step_that_reaches_nobody_is_taken_and_does_not_come_back_every_second) {
    policies.people.clear();
    now += 30min;
    const auto escalation = tick();
    ASSERT_EQ(escalation.change.events.size(), 1U);
    EXPECT_EQ(escalation.change.events[0].text, "nobody to tell");
    EXPECT_GT(ticket.check_at, now);
}

TEST_F(LadderTest, people_limited_to_other_brands_are_not_told_by_role) {
    policies.people[0].brands = {"other"};
    now += 30min;
    EXPECT_EQ(told(tick()), Names{"Dana first_response/1/50"});
}

TEST_F(LadderTest, reopening_starts_the_ladder_anew_under_new_keys) {
    steps()[0].by = "slack:desk";
    now += 30min;
    const auto first = tick();
    act(Kind::take);
    act(Kind::resolve);
    now += 1h;
    act(Kind::reopen);
    now += 15min;  // half of the half hour that was left
    const auto second = tick();
    EXPECT_EQ(told(second), told(first));
    ASSERT_EQ(second.calls.size(), 1U);
    EXPECT_EQ(first.calls[0].key, ticket.id + "/first_response/1/50/1/slack:desk");
    EXPECT_EQ(second.calls[0].key, ticket.id + "/first_response/1/50/2/slack:desk");
}

TEST_F(LadderTest, releasing_resumes_the_ladder_without_repeating_steps) {
    now += 30min;
    tick();
    act(Kind::take);
    now += 31min;
    EXPECT_TRUE(told(tick()).empty());
    act(Kind::release);
    EXPECT_EQ(told(tick()), Names{"Khalid first_response/1/100"});
}

TEST_F(LadderTest, a_step_written_into_the_ladder_behind_one_already_taken_tells_nobody) {
    now += 60min;
    tick();
    policies.ladders[0].steps.insert(policies.ladders[0].steps.begin(), {.at_percent = 20, .to = "role:moderator"});
    EXPECT_TRUE(tick().change.events.empty());
}

TEST_F(LadderTest, the_ladder_follows_the_team_of_today) {
    policies.people.push_back(person("p-new", "Noor", Role::moderator));
    now += 30min;
    EXPECT_EQ(told(tick()).size(), 3U);
}

TEST_F(LadderTest, an_edit_of_policy_and_calendar_does_not_rewrite_a_verdict_given) {
    const auto due = ticket.due_at;
    now += 61min;
    tick();
    policies.queues[0].targets.first_response = 10h;
    policies.calendars.clear();
    EXPECT_EQ(with_deadlines(ticket, policies).due_at, due);
    EXPECT_EQ(state(Target::first_response), ClockState::breached);
    act(Kind::answered_elsewhere);
    EXPECT_EQ(state(Target::first_response), ClockState::breached)
        << "a late answer is not made timely by a new policy";
    EXPECT_EQ(clock(Target::first_response)->met_at, now);
}

TEST_F(LadderTest, a_late_answer_is_late_even_when_no_tick_saw_the_breach) {
    now += 61min;
    act(Kind::answered_elsewhere);
    EXPECT_EQ(clock(Target::first_response)->breached_at, clock(Target::first_response)->due_at);
    EXPECT_EQ(state(Target::first_response), ClockState::breached);
}

TEST_F(LadderTest, a_clock_that_jumps_back_fires_nothing_twice) {
    now += 61min;
    tick();
    now -= 24h;
    EXPECT_TRUE(tick().change.events.empty());
    now += 24h;
    EXPECT_TRUE(tick().change.events.empty());
}

TEST_F(LadderTest, soon_is_a_quarter_of_the_target_between_five_minutes_and_an_hour) {
    const auto limit = [&](Duration length) {
        return now + length - soon_limit({.started_at = now, .length = length, .due_at = now + length});
    };
    EXPECT_EQ(limit(8min), 5min);
    EXPECT_EQ(limit(2h), 30min);
    EXPECT_EQ(limit(48h), 1h);
}

TEST_F(LadderTest, steps_in_working_time_keep_to_the_calendar) {
    policies.queues[1].ladder = "care";
    verdict.queue = "slow";
    ticket = {};
    history.clear();
    context.open.reset();
    context.mention_id = "m9";
    now = at("2026-03-05T13:00:00Z");  // Thursday 16:00 in Riyadh; four working hours end Sunday 12:00
    open_ticket();
    EXPECT_EQ(ticket.check_at, at("2026-03-08T07:00:00Z"));
}

TEST_F(LadderTest, minutes_without_an_acknowledgement_count_from_the_opening) {
    steps() = {{.unacknowledged = 30min, .to = "role:manager"}};
    EXPECT_TRUE(told(tick()).empty());
    EXPECT_EQ(with_deadlines(ticket, policies).check_at, now + 30min);
    now += 30min;
    const auto escalation = tick();
    EXPECT_EQ(told(escalation), Names{"Khalid unacknowledged/1800"});
    EXPECT_FALSE(escalation.change.events[0].target);
    EXPECT_TRUE(told(tick()).empty());
}

TEST_F(LadderTest, minutes_without_an_acknowledgement_begin_anew_when_it_is_given_back) {
    steps() = {{.unacknowledged = 30min, .to = "role:manager"}};
    now += 20min;
    act(Kind::take);
    now += 20min;
    act(Kind::release);
    now += 29min;
    EXPECT_TRUE(told(tick()).empty());
    now += 1min;
    EXPECT_EQ(told(tick()), Names{"Khalid unacknowledged/1800"});
}

TEST_F(LadderTest, minutes_without_an_acknowledgement_are_working_time_and_tell_nobody_on_hold) {
    policies.queues[1].ladder = "care";
    steps() = {{.unacknowledged = 30min, .to = "role:manager"}};
    verdict.queue = "slow";
    ticket = {};
    history.clear();
    context.open.reset();
    context.mention_id = "m9";
    now = at("2026-03-05T13:45:00Z");  // Thursday 16:45 in Riyadh
    open_ticket();
    EXPECT_EQ(ticket.check_at, at("2026-03-08T06:15:00Z")) << "Sunday";
    act(Kind::hold);
    now += 100h;
    EXPECT_TRUE(told(tick()).empty());
}

TEST_F(LadderTest, minutes_without_an_acknowledgement_go_on_counting_on_hold_and_are_told_of_when_it_ends) {
    steps() = {{.unacknowledged = 30min, .to = "role:manager"}};
    now += 10min;
    act(Kind::hold);
    now += 60min;
    EXPECT_TRUE(told(tick()).empty());
    EXPECT_FALSE(ticket.check_at);
    act(Kind::resume);
    EXPECT_EQ(ticket.check_at, ticket.opened_at + 30min);
    EXPECT_EQ(told(tick()), Names{"Khalid unacknowledged/1800"});
}

TEST_F(LadderTest, the_one_on_call_is_told_who_has_the_shift_at_that_moment) {
    policies.rotas = {
        {.name = "care", .first_day = parse_date("2026-02-28").value(), .days = 1, .people = {"Dana", "Khalid"}}};
    steps() = {{.at_percent = 50, .to = "on-call:care"}, {.at_percent = 100, .to = "on-call:care"}};
    now += 30min;
    EXPECT_EQ(told(tick()), Names{"Dana first_response/1/50"}) << "before nine";
    now += 30min;
    EXPECT_EQ(told(tick()), Names{"Khalid first_response/1/100"}) << "after nine";
}

TEST_F(LadderTest, an_empty_shift_is_nobody_and_nobody_is_told_instead) {
    policies.rotas = {{.name = "care",
                       .first_day = parse_date("2026-02-28").value(),
                       .people = {"Dana"},
                       .overrides = {{now, now + 100h, ""}}}};
    steps() = {{.at_percent = 50, .to = "on-call:care"}};
    now += 30min;
    const auto escalation = tick();
    ASSERT_EQ(escalation.change.events.size(), 1U);
    EXPECT_EQ(escalation.change.events[0].text, "nobody to tell");
}

TEST_F(LadderTest, a_webhook_is_called_once_for_all_whom_the_latest_step_names) {
    steps() = {{.at_percent = 50, .to = "role:moderator", .by = "slack:desk"},
               {.at_percent = 50, .to = "role:manager"},
               {.at_percent = 80, .to = "role:moderator", .by = "slack:desk"}};
    now += 50min;
    const auto escalation = tick();
    ASSERT_EQ(escalation.calls.size(), 1U);
    const auto& call = escalation.calls[0];
    EXPECT_EQ(call.by, "slack:desk");
    EXPECT_EQ(call.percent, 80);
    EXPECT_EQ(call.people.size(), 2U);
    EXPECT_EQ(call.key, ticket.id + "/first_response/1/80/1/slack:desk");
    EXPECT_EQ(told(escalation), (Names{"Khalid first_response/1/50", "Sara first_response/1/80 slack:desk",
                                       "Dana first_response/1/80 slack:desk"}));
    const auto event = std::ranges::find(history, call.event, &TicketEvent::id);
    ASSERT_NE(event, history.end());
    EXPECT_EQ(event->person, "p-sara");
}

TEST_F(LadderTest, each_round_of_the_next_response_has_steps_of_its_own) {
    policies.queues[0].targets.next_response = 60min;
    policies.queues[0].targets.resolution.reset();
    ticket = {};
    history.clear();
    context.open.reset();
    context.mention_id = "m9";
    open_ticket();
    for (int round = 1; round <= 2; ++round) {
        act(Kind::answered_elsewhere);
        keep(*hear(mention("again"), "again-" + std::to_string(round)));
        now += 30min;
        const auto step = "next_response/" + std::to_string(round) + "/50";
        EXPECT_EQ(told(tick()), (Names{"Sara " + step, "Dana " + step}));
    }
}

TEST_F(LadderTest, a_member_of_an_incident_climbs_nothing_while_the_incident_runs) {
    ticket.incident = "i1";
    ticket.incident_runs = true;
    EXPECT_TRUE(rungs_ahead(ticket, policies).empty());
    ticket.incident_runs = false;
    EXPECT_FALSE(rungs_ahead(ticket, policies).empty());
}

/// Any order of ticks, actions, messages and waits keeps these promises.
TEST_F(LadderTest, whatever_happens_the_ticket_is_its_fold_and_no_step_is_told_twice_in_one_life) {
    std::mt19937 dice(7);
    const auto pick = [&](int high) { return std::uniform_int_distribution(0, high)(dice); };
    std::set<std::string> keys;
    for (int step = 0; step < 600; ++step) {
        now += std::chrono::seconds(pick(900));
        switch (pick(3)) {
        case 0: {
            const auto life =
                std::to_string(std::ranges::count(history, TicketEventKind::reopened, &TicketEvent::kind));
            for (const auto& line : told(tick())) EXPECT_TRUE(keys.insert(life + " " + line).second) << line;
            EXPECT_TRUE(!ticket.check_at || *ticket.check_at > now) << "a tick leaves nothing due";
            break;
        }
        case 1:
            if (ticket.state == TicketState::open) {
                if (const auto joined = hear(mention(), "m" + std::to_string(step + 10))) keep(*joined);
            }
            break;
        default: {
            TicketCommand asked{.kind = static_cast<Kind>(pick(static_cast<int>(Kind::undo))),
                                .text = "text",
                                .priority = static_cast<Priority>(pick(3))};
            asked.person = policies.people[static_cast<std::size_t>(pick(3))].id;
            asked.event = history[static_cast<std::size_t>(pick(static_cast<int>(history.size()) - 1))].id;
            if (const auto change = say(asked)) keep(*change);
            if (!ticket.pending_reply.empty() && pick(1) == 0) outcome(ticket.pending_reply, pick(2) > 0, "no");
        }
        }
        const bool waits =
            std::ranges::any_of(ticket.clocks, [](const TargetClock& each) { return each.open() && each.due_at; });
        EXPECT_EQ(ticket.due_at.has_value(), ticket.state == TicketState::open && waits);
        EXPECT_TRUE(ticket.state == TicketState::open || !ticket.check_at);
    }
    EXPECT_GT(history.size(), 100U);
}

}  // namespace
}  // namespace rasid
