#include "escalation/clock_fold.hpp"
#include "escalation/target_policy.hpp"
#include "tests/escalation/ticket_scene.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace rasid {
namespace {

/// One ticket whose clocks a test moves by hand. It opens on Sunday 1 March 2026 at 11:00 in Riyadh.
class ClockFold : public ::testing::Test {
protected:
    ClockFold() {
        targets = {{Target::first_response, 1h, {}},
                   {Target::next_response, 2h, {}},
                   {Target::periodic_update, 24h, {}},
                   {Target::resolution, 8h, {}}};
    }

    ClockEvent& add(ClockEventKind kind) {
        events.push_back({.id = "e" + std::to_string(events.size()), .at = now, .kind = kind});
        return events.back();
    }
    void open() { add(ClockEventKind::opened).targets = targets; }
    void status(TicketStatus status, std::string person = "p-sara") {
        auto& event = add(ClockEventKind::status_changed);
        event.status = status;
        event.person = std::move(person);
    }
    void policy(std::vector<PromisedTarget> changed) {
        targets = std::move(changed);
        add(ClockEventKind::policy_changed).targets = targets;
    }

    TicketClocks clocks() const { return fold_clocks(events, now); }
    ClockRow row(Target target) const {
        const auto folded = clocks();
        const auto* found = folded.find(target);
        EXPECT_TRUE(found) << to_string(target);
        return found ? *found : ClockRow{};
    }
    bool has(Target target) const { return clocks().find(target) != nullptr; }
    int rounds(Target target) const {
        const auto folded = clocks();
        return static_cast<int>(std::ranges::count(folded.rows, target, &ClockRow::target));
    }

    Instant now = at("2026-03-01T08:00:00Z");
    Calendar office = rasid::office();
    std::vector<PromisedTarget> targets;
    std::vector<ClockEvent> events;
};

TEST_F(ClockFold, a_ticket_opens_with_its_first_response_and_resolution_and_shows_both_due_times) {
    open();
    EXPECT_EQ(row(Target::first_response).due_at, now + 1h);
    EXPECT_EQ(row(Target::resolution).due_at, now + 8h);
    EXPECT_FALSE(has(Target::next_response)) << "the first response covers the first message";
    EXPECT_FALSE(has(Target::periodic_update));
    EXPECT_EQ(next_breach(clocks()), now + 1h);
}

TEST_F(ClockFold, an_answer_exactly_at_the_promised_time_is_in_time_and_a_moment_later_it_is_not) {
    open();
    const auto opened = now;
    now = opened + 1h;
    add(ClockEventKind::answered);
    EXPECT_EQ(row(Target::first_response).state, ClockState::met);
    events.pop_back();
    now += 1us;
    add(ClockEventKind::answered);
    EXPECT_EQ(row(Target::first_response).state, ClockState::breached);
    EXPECT_EQ(row(Target::first_response).met_at, now);
    EXPECT_EQ(row(Target::first_response).breached_at, opened + 1h);
}

TEST_F(ClockFold, a_customer_writing_again_restarts_the_next_response_once_not_once_a_message) {
    open();
    now += 10min;
    add(ClockEventKind::answered);
    now += 10min;
    const auto first = now;
    add(ClockEventKind::customer_wrote);
    for (int i = 0; i < 5; ++i) {
        now += 10min;
        add(ClockEventKind::customer_wrote);
    }
    EXPECT_EQ(rounds(Target::next_response), 1);
    EXPECT_EQ(row(Target::next_response).due_at, first + 2h) << "by the oldest message without an answer";
    add(ClockEventKind::answered);
    now += 1min;
    add(ClockEventKind::customer_wrote);
    EXPECT_EQ(rounds(Target::next_response), 2);
    EXPECT_EQ(row(Target::next_response).due_at, now + 2h);
}

TEST_F(ClockFold, messages_before_the_first_answer_start_no_next_response) {
    open();
    now += 30min;
    add(ClockEventKind::customer_wrote);
    EXPECT_FALSE(has(Target::next_response));
    EXPECT_EQ(row(Target::first_response).due_at, now + 30min);
}

TEST_F(ClockFold, automatic_acknowledgements_and_bots_never_stop_a_clock) {
    open();
    now += 5min;
    add(ClockEventKind::auto_answered);
    EXPECT_EQ(row(Target::first_response).state, ClockState::running);
    add(ClockEventKind::answered);
    now += 5min;
    add(ClockEventKind::customer_wrote);
    add(ClockEventKind::auto_answered);
    EXPECT_EQ(row(Target::next_response).state, ClockState::running);
    EXPECT_EQ(rounds(Target::periodic_update), 1);
}

TEST_F(ClockFold, a_reply_given_on_the_platform_stops_the_clock_at_its_time_even_when_heard_after_the_breach) {
    open();
    const auto opened = now;
    now += 90min;
    add(ClockEventKind::breached).target = Target::first_response;
    now += 1h;
    auto& native = add(ClockEventKind::answered);
    native.at = opened + 50min;
    native.by_platform = true;
    EXPECT_EQ(row(Target::first_response).state, ClockState::met);
    EXPECT_EQ(row(Target::first_response).met_at, opened + 50min);
}

TEST_F(ClockFold, an_own_post_of_before_the_ticket_answers_nothing) {
    open();
    now += 10min;
    add(ClockEventKind::customer_wrote);
    auto& native = add(ClockEventKind::answered);
    native.at = now - 1h;
    native.by_platform = true;
    EXPECT_TRUE(row(Target::first_response).open());
}

TEST_F(ClockFold, no_clock_runs_after_resolve) {
    open();
    now += 10min;
    add(ClockEventKind::answered);
    now += 10min;
    add(ClockEventKind::customer_wrote);
    add(ClockEventKind::resolved);
    now += 1000h;
    for (const auto& each : clocks().rows) {
        EXPECT_NE(each.state, ClockState::running) << to_string(each.target);
        EXPECT_NE(each.state, ClockState::breached) << to_string(each.target);
        EXPECT_FALSE(each.running_since);
    }
    EXPECT_FALSE(next_breach(clocks()));
}

TEST_F(ClockFold, a_message_reopens_a_resolved_ticket_with_what_was_left) {
    open();
    now += 10min;
    add(ClockEventKind::answered);
    now += 2h;
    add(ClockEventKind::resolved);
    now += 100h;
    add(ClockEventKind::customer_wrote);
    EXPECT_FALSE(clocks().resolved);
    const auto resolution = row(Target::resolution);
    EXPECT_EQ(resolution.round, 2);
    EXPECT_EQ(resolution.due_at, now + 8h - 2h - 10min);
    EXPECT_EQ(clocks().rows[1].state, ClockState::met) << "the first verdict stays";
    EXPECT_EQ(row(Target::next_response).due_at, now + 2h);
}

TEST_F(ClockFold, a_breached_resolution_stays_so_and_reopening_promises_another_in_full) {
    open();
    now += 10min;
    add(ClockEventKind::answered);
    now += 9h;
    add(ClockEventKind::resolved);
    now += 1h;
    add(ClockEventKind::reopened);
    EXPECT_EQ(rounds(Target::resolution), 2);
    EXPECT_EQ(clocks().rows[1].state, ClockState::breached);
    EXPECT_EQ(row(Target::resolution).due_at, now + 8h);
}

TEST_F(ClockFold, waiting_for_the_customer_stops_all_but_the_first_response_and_his_message_resumes) {
    open();
    status(TicketStatus::waiting_for_customer);
    EXPECT_EQ(row(Target::first_response).state, ClockState::running) << "nobody has answered him yet";
    EXPECT_EQ(row(Target::resolution).state, ClockState::paused);
    EXPECT_FALSE(row(Target::resolution).due_at);
    now += 30min;
    add(ClockEventKind::answered);
    now += 5h;
    add(ClockEventKind::customer_wrote);
    EXPECT_EQ(clocks().status, TicketStatus::active);
    EXPECT_EQ(row(Target::resolution).due_at, now + 8h);
    EXPECT_EQ(row(Target::resolution).paused, 5h + 30min);
}

TEST_F(ClockFold, paused_minutes_are_reported_by_person_and_a_target_kept_only_by_pausing_is_marked) {
    open();
    now += 10min;
    add(ClockEventKind::answered);
    status(TicketStatus::on_hold, "p-sara");
    now += 4h;
    status(TicketStatus::waiting_for_customer, "p-dana");
    now += 90min;
    status(TicketStatus::active, "p-dana");
    now += 5h;
    EXPECT_EQ(clocks().paused_by, (std::vector<PausedBy>{{"p-sara", 4h}, {"p-dana", 90min}}));
    add(ClockEventKind::resolved);
    const auto resolution = row(Target::resolution);
    EXPECT_EQ(resolution.state, ClockState::met);
    EXPECT_TRUE(resolution.kept_by_pausing);
    EXPECT_EQ(resolution.paused, 5h + 30min);
    EXPECT_EQ(resolution.used, 5h + 10min);
}

TEST_F(ClockFold, a_pause_that_still_lasts_counts_for_the_one_who_began_it) {
    open();
    status(TicketStatus::on_hold, "p-sara");
    now += 3h;
    EXPECT_EQ(clocks().paused_by, (std::vector<PausedBy>{{"p-sara", 3h}}));
}

TEST_F(ClockFold, an_update_is_owed_from_the_first_answer_on_and_again_after_each) {
    open();
    now += 10min;
    add(ClockEventKind::answered);
    EXPECT_EQ(row(Target::periodic_update).due_at, now + 24h);
    now += 20h;
    add(ClockEventKind::answered);
    EXPECT_EQ(rounds(Target::periodic_update), 2);
    EXPECT_EQ(row(Target::periodic_update).due_at, now + 24h);
    now += 25h;
    EXPECT_EQ(row(Target::periodic_update).state, ClockState::breached);
}

TEST_F(ClockFold, an_update_clock_never_overrules_the_first_response) {
    targets[2].length = 5min;
    open();
    now += 30min;
    EXPECT_FALSE(has(Target::periodic_update));
    EXPECT_EQ(next_breach(clocks()), row(Target::first_response).due_at);
    now += 40min;
    EXPECT_EQ(row(Target::first_response).state, ClockState::breached);
    add(ClockEventKind::answered);
    EXPECT_EQ(row(Target::first_response).state, ClockState::breached);
    EXPECT_EQ(row(Target::periodic_update).state, ClockState::running);
    EXPECT_EQ(clocks().rows.size(), 3U) << "every due time is shown, not only the nearest";
}

TEST_F(ClockFold, a_changed_policy_moves_what_is_open) {
    open();
    const auto opened = now;
    now += 30min;
    policy({{Target::first_response, 3h, {}}, {Target::resolution, 4h, {}}});
    EXPECT_EQ(row(Target::first_response).due_at, opened + 3h);
    EXPECT_EQ(row(Target::resolution).due_at, opened + 4h);
}

TEST_F(ClockFold, a_changed_calendar_counts_the_time_that_has_passed_by_the_new_one) {
    open();
    now = at("2026-03-01T15:00:00Z");  // 18:00 in Riyadh, seven hours on; six of them before 17:00
    policy({{Target::resolution, 8h, office}});
    EXPECT_EQ(row(Target::resolution).due_at, at("2026-03-02T08:00:00Z")) << "two hours of Monday";
    EXPECT_EQ(row(Target::resolution).state, ClockState::paused) << "it is evening";
}

TEST_F(ClockFold, a_late_reply_is_not_recorded_as_in_time_after_a_policy_edit) {
    open();
    now += 70min;
    policy({{Target::first_response, 10h, {}}});
    now += 1min;
    add(ClockEventKind::answered);
    EXPECT_EQ(row(Target::first_response).state, ClockState::breached);
    EXPECT_EQ(row(Target::first_response).length, 1h);
}

TEST_F(ClockFold, a_reply_in_time_is_not_made_late_by_a_policy_edit) {
    open();
    now += 50min;
    add(ClockEventKind::answered);
    policy({{Target::first_response, 10min, {}}});
    EXPECT_EQ(row(Target::first_response).state, ClockState::met);
}

TEST_F(ClockFold, a_stricter_policy_makes_nothing_late_before_it_was_written) {
    open();
    now += 50min;
    policy({{Target::first_response, 10min, {}}});
    EXPECT_EQ(row(Target::first_response).breached_at, now);
}

TEST_F(ClockFold, a_policy_edit_that_says_nothing_new_leaves_no_trace) {
    open();
    now += 10min;
    const auto before = clocks();
    policy(targets);
    EXPECT_EQ(clocks().steps, before.steps);
    EXPECT_EQ(clocks().rows, before.rows);
}

TEST_F(ClockFold, a_promise_no_longer_made_is_withdrawn_and_a_new_one_holds_from_then_on) {
    open();
    now += 10min;
    policy({{Target::next_response, 2h, {}}});
    EXPECT_FALSE(has(Target::first_response));
    EXPECT_FALSE(has(Target::resolution));
    EXPECT_EQ(row(Target::next_response).due_at, now + 2h);
}

TEST_F(ClockFold, the_policy_can_change_with_the_team_while_the_ticket_is_on_hold_or_resolved) {
    open();
    now += 1min;
    add(ClockEventKind::answered);
    status(TicketStatus::on_hold);
    policy({{Target::resolution, 20h, {}}});
    now += 10h;
    status(TicketStatus::active);
    EXPECT_EQ(row(Target::resolution).due_at, now + 20h - 1min);
    add(ClockEventKind::resolved);
    policy({{Target::resolution, 30h, {}}});
    now += 5h;
    add(ClockEventKind::customer_wrote);
    EXPECT_EQ(row(Target::resolution).due_at, now + 30h - 1min);
}

TEST_F(ClockFold, undoing_a_resolve_leaves_the_clocks_as_if_it_had_never_been) {
    open();
    now += 10min;
    add(ClockEventKind::answered);
    const auto before = clocks();
    add(ClockEventKind::resolved);
    const auto resolved = events.back().id;
    add(ClockEventKind::undone).refers_to = resolved;
    EXPECT_EQ(clocks().rows, before.rows);
}

TEST_F(ClockFold, a_clock_that_jumps_back_takes_no_verdict_back_and_reorders_nothing) {
    open();
    now += 61min;
    add(ClockEventKind::breached).target = Target::first_response;
    now -= 24h;
    EXPECT_EQ(row(Target::first_response).state, ClockState::breached);
    add(ClockEventKind::resolved);
    add(ClockEventKind::reopened);
    EXPECT_FALSE(clocks().resolved);
}

TEST_F(ClockFold, a_restart_loses_nothing_because_the_state_is_the_fold) {
    open();
    now += 2h;
    const std::vector<ClockEvent> stored = events;
    const auto again = fold_clocks(stored, now);
    EXPECT_EQ(again.rows, clocks().rows);
    EXPECT_EQ(again.find(Target::first_response)->state, ClockState::breached)
        << "also when no tick was there to see it";
}

TEST_F(ClockFold, the_steps_say_what_happened_with_the_calendar_used) {
    for (auto& target : targets) target.calendar = office;
    open();
    now += 10min;
    add(ClockEventKind::answered);
    status(TicketStatus::on_hold);
    now += 1h;
    status(TicketStatus::active);
    std::vector<std::string> lines;
    for (const auto& step : clocks().steps)
        lines.push_back(std::string(to_string(step.target)) + " " + std::string(to_string(step.what)) + " " +
                        step.calendar);
    EXPECT_EQ(lines, (std::vector<std::string>{"first_response started office", "resolution started office",
                                               "first_response met office", "periodic_update started office",
                                               "resolution paused office", "periodic_update paused office",
                                               "resolution resumed office", "periodic_update resumed office"}));
}

TEST_F(ClockFold, business_minutes_pass_over_the_weekend) {
    now = at("2026-03-05T13:30:00Z");  // Thursday 16:30
    targets = {{Target::first_response, 1h, office}};
    open();
    EXPECT_EQ(row(Target::first_response).due_at, at("2026-03-08T06:30:00Z"));
    now = at("2026-03-06T10:00:00Z");
    EXPECT_EQ(row(Target::first_response).state, ClockState::paused);
}

/// Whatever happens in whatever order, these hold at every moment.
TEST_F(ClockFold, any_history_keeps_the_promises_about_promises) {
    std::mt19937 dice(20260301);
    const auto pick = [&](int high) { return std::uniform_int_distribution(0, high)(dice); };
    for (int run = 0; run < 60; ++run) {
        events.clear();
        now = at("2026-03-01T08:00:00Z") + std::chrono::minutes(pick(10'000));
        open();
        std::vector<ClockRow> verdicts;
        for (int i = 0; i < 40; ++i) {
            now += std::chrono::minutes(pick(300));
            switch (pick(7)) {
            case 0:
                status(static_cast<TicketStatus>(pick(2)), "p" + std::to_string(pick(2)));
                break;
            case 1:
                policy({{Target::first_response, std::chrono::minutes(pick(300)), pick(1) ? office : Calendar{}},
                        {Target::next_response, std::chrono::minutes(pick(300)), office},
                        {Target::resolution, std::chrono::minutes(pick(900)), pick(1) ? office : Calendar{}}});
                break;
            case 2:
                add(ClockEventKind::resolved);
                break;
            case 3:
                add(ClockEventKind::answered);
                break;
            case 4:
                add(ClockEventKind::auto_answered);
                break;
            case 5:
                add(ClockEventKind::reopened);
                break;
            default:
                add(ClockEventKind::customer_wrote);
            }
            const auto folded = clocks();
            for (const auto& verdict : verdicts) {
                const auto same = std::ranges::find_if(folded.rows, [&](const ClockRow& each) {
                    return each.target == verdict.target && each.round == verdict.round;
                });
                ASSERT_NE(same, folded.rows.end()) << "a verdict given is never lost";
                EXPECT_EQ(same->state, verdict.state);
                EXPECT_EQ(same->breached_at, verdict.breached_at);
            }
            verdicts.clear();
            for (const auto& each : folded.rows) {
                if (folded.resolved) {
                    EXPECT_FALSE(each.running_since);
                }
                if (each.state == ClockState::met && each.due_at) {
                    EXPECT_LE(*each.met_at, *each.due_at);
                }
                if (each.running_since && !each.breached_at) {
                    EXPECT_TRUE(each.due_at);
                }
                if (each.met_at || each.breached_at) verdicts.push_back(each);
            }
            for (const auto target : {Target::first_response, Target::next_response, Target::resolution}) {
                EXPECT_LE(std::ranges::count_if(
                              folded.rows, [&](const ClockRow& each) { return each.target == target && each.open(); }),
                          1);
            }
        }
    }
}

class ClockEventsOfTicket : public TicketScene {};

TEST_F(ClockEventsOfTicket, a_ticket_history_gives_the_verdicts_that_its_own_fold_gives) {
    open_ticket();
    now += 30min;
    act(TicketCommand::Kind::take);
    now += 40min;
    tick();
    act(TicketCommand::Kind::answered_elsewhere);
    now += 1h;
    act(TicketCommand::Kind::resolve);
    const auto clocks = fold_clocks(clock_events_of(history), now);
    ASSERT_EQ(clocks.rows.size(), 2U);
    for (const auto& row : clocks.rows) {
        const auto& known = *clock(row.target);
        EXPECT_EQ(row.state, state(row.target)) << to_string(row.target);
        EXPECT_EQ(row.met_at, known.met_at);
        EXPECT_EQ(row.breached_at, known.breached_at);
        EXPECT_EQ(row.due_at, known.due_at);
    }
    EXPECT_TRUE(clocks.resolved);
}

TEST(TargetPolicy, the_first_rule_that_fits_decides_and_the_queue_where_none_does) {
    Policies policies;
    policies.calendars = {{
        .name = "office",
        .time_zone = "Asia/Riyadh",
    }};
    policies.queues = {{.name = "care", .targets = {.first_response = 1h}, .calendar = "office"}};
    policies.targets = {
        {.name = "vip", .queue = "care", .tier = "vip", .targets = {.first_response = 5min}},
        {.name = "alarm",
         .priority = Priority::critical,
         .targets = {.first_response = 15min, .next_response = 1h},
         .calendar = "office"},
        {.name = "idle", .queue = "care", .priority = Priority::critical, .targets = {.first_response = 1min}},
        {.name = "silence", .queue = "silent"}};
    EXPECT_EQ(targets_for(policies, "care", Priority::critical, "vip")[0].length, 5min);
    const auto critical = targets_for(policies, "care", Priority::critical, "");
    ASSERT_EQ(critical.size(), 2U);
    EXPECT_EQ(critical[0].calendar.name, "office");
    EXPECT_EQ(critical[1].target, Target::next_response);
    const auto normal = targets_for(policies, "care", Priority::normal, "");
    ASSERT_EQ(normal.size(), 1U);
    EXPECT_EQ(normal[0].length, 1h);
    EXPECT_TRUE(targets_for(policies, "silent", Priority::normal, "").empty());
    EXPECT_TRUE(targets_for(policies, "unknown", Priority::normal, "").empty());
    EXPECT_EQ(idle_rules(policies.targets), std::vector<std::string>{"idle"});
}

}  // namespace
}  // namespace rasid
