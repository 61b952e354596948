#include "tests/escalation/ticket_scene.hpp"

#include <algorithm>
#include <random>
#include <set>

namespace rasid {
namespace {

using Kind = TicketCommand::Kind;

class LadderTest : public TicketScene {
protected:
    LadderTest() { open_ticket(); }

    static std::vector<std::string> told(const Escalation& escalation) {
        std::vector<std::string> names;
        for (const auto& notice : escalation.notices) {
            names.push_back(notice.person.name + " " + std::string(to_string(notice.target)) + " " +
                            std::to_string(notice.percent));
        }
        return names;
    }
    using Names = std::vector<std::string>;
};

TEST_F(LadderTest, nothing_happens_before_its_time) {
    now += 30min - 1us;
    const auto escalation = tick();
    EXPECT_TRUE(escalation.change.events.empty());
    EXPECT_TRUE(escalation.notices.empty());
    EXPECT_EQ(escalation.change.after, ticket) << "no mail and no write for a change that changed nothing";
}

TEST_F(LadderTest, a_step_tells_everybody_of_its_role_once) {
    now += 30min;
    const auto escalation = tick();
    EXPECT_EQ(told(escalation), (Names{"Sara first_response 50", "Dana first_response 50"}));
    EXPECT_EQ(escalation.notices[0].key, ticket.id + "/first_response/50/1/p-sara");
    ASSERT_EQ(escalation.change.events.size(), 2U);
    EXPECT_EQ(escalation.change.events[0].id, escalation.notices[0].event_id);
    EXPECT_EQ(escalation.change.events[0].person, "p-sara");
    EXPECT_EQ(ticket.notified, std::vector<std::string>{"first_response/50"});
    EXPECT_EQ(ticket.check_at, now + 30min);
    EXPECT_TRUE(told(tick()).empty());
}

TEST_F(LadderTest, a_breach_is_recorded_at_the_promised_time_and_told_to_the_role_that_the_step_names_only) {
    now += 30min;
    tick();
    now += 31min;
    const auto escalation = tick();
    EXPECT_EQ(told(escalation), Names{"Khalid first_response 100"}) << "a breach is not told to every admin";
    EXPECT_EQ(history[history.size() - 2].kind, TicketEventKind::breached);
    EXPECT_EQ(clock(Target::first_response)->breached_at, clock(Target::first_response)->due_at);
}

TEST_F(LadderTest, acknowledging_stops_the_steps_and_a_breach_is_recorded_all_the_same) {
    act(Kind::acknowledge);
    EXPECT_EQ(ticket.check_at, ticket.due_at);
    now += 9h;
    const auto escalation = tick();
    EXPECT_TRUE(escalation.notices.empty());
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
    EXPECT_EQ(told(escalation), (Names{"Khalid first_response 100", "Sara first_response 120",
                                       "Dana first_response 120", "Omar first_response 150"}));
    EXPECT_TRUE(tick().change.events.empty());
}

TEST_F(LadderTest, a_long_silence_ends_in_one_mail_a_person_over_both_targets) {
    now += 100h;
    const auto escalation = tick();
    EXPECT_EQ(told(escalation),
              (Names{"Sara resolution 50", "Dana resolution 50", "Khalid resolution 100", "Omar resolution 150"}));
    EXPECT_EQ(ticket.notified.size(), 6U) << "every step is taken, also those that had nobody left to tell";
    EXPECT_FALSE(ticket.check_at);
}

TEST_F(LadderTest, a_step_that_reaches_nobody_is_taken_and_does_not_come_back_every_second) {
    policies.people.clear();
    now += 30min;
    const auto escalation = tick();
    EXPECT_TRUE(escalation.notices.empty());
    ASSERT_EQ(escalation.change.events.size(), 1U);
    EXPECT_EQ(escalation.change.events[0].text, "nobody to tell");
    EXPECT_GT(ticket.check_at, now);
}

TEST_F(LadderTest, people_limited_to_other_brands_are_not_told_by_role) {
    policies.people[0].brands = {"other"};
    now += 30min;
    EXPECT_EQ(told(tick()), Names{"Dana first_response 50"});
}

TEST_F(LadderTest, reopening_starts_the_ladder_anew_under_new_keys) {
    now += 30min;
    const auto first = tick();
    act(Kind::take);
    act(Kind::resolve);
    now += 1h;
    act(Kind::reopen);
    now += 15min;  // half of the half hour that was left
    const auto second = tick();
    EXPECT_EQ(told(second), told(first));
    EXPECT_EQ(second.notices[0].key, ticket.id + "/first_response/50/2/p-sara");
}

TEST_F(LadderTest, releasing_resumes_the_ladder_without_repeating_steps) {
    now += 30min;
    tick();
    act(Kind::take);
    now += 31min;
    EXPECT_TRUE(tick().notices.empty());
    act(Kind::release);
    EXPECT_EQ(told(tick()), Names{"Khalid first_response 100"});
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
    policies.queues[0].first_response = 10h;
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

/// Any order of ticks, actions, messages and waits keeps these promises.
TEST_F(LadderTest, whatever_happens_the_ticket_is_its_fold_and_no_step_is_told_twice_in_one_life) {
    std::mt19937 dice(7);
    const auto pick = [&](int high) { return std::uniform_int_distribution(0, high)(dice); };
    std::set<std::string> keys;
    for (int step = 0; step < 600; ++step) {
        now += std::chrono::seconds(pick(900));
        switch (pick(3)) {
        case 0: {
            for (const auto& notice : tick().notices) EXPECT_TRUE(keys.insert(notice.key).second) << notice.key;
            EXPECT_TRUE(!ticket.check_at || *ticket.check_at > now) << "a tick leaves nothing due";
            break;
        }
        case 1:
            if (ticket.state == TicketState::open) {
                if (const auto joined = hear(mention(), "m" + std::to_string(step + 10))) keep(*joined);
            }
            break;
        default: {
            TicketCommand asked{
                .kind = static_cast<Kind>(pick(13)), .text = "text", .priority = static_cast<Priority>(pick(3))};
            asked.person = policies.people[static_cast<std::size_t>(pick(3))].id;
            asked.event = history[static_cast<std::size_t>(pick(static_cast<int>(history.size()) - 1))].id;
            if (const auto change = say(asked)) keep(*change);
            if (!ticket.pending_reply.empty() && pick(1) == 0) outcome(ticket.pending_reply, pick(2) > 0, "no");
        }
        }
        const bool waits = std::ranges::any_of(ticket.clocks, [](const TargetClock& each) { return !each.done(); });
        EXPECT_EQ(ticket.due_at.has_value(), ticket.state == TicketState::open && waits);
        EXPECT_TRUE(ticket.state == TicketState::open || !ticket.check_at);
    }
    EXPECT_GT(history.size(), 100U);
}

}  // namespace
}  // namespace rasid
