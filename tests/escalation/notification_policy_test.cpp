#include "escalation/digest_schedule.hpp"
#include "escalation/notification_policy.hpp"
#include "tests/escalation/office.hpp"
#include "tests/support/instant_at.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

namespace rasid {
namespace {

using namespace std::chrono_literals;
using MailKind = NotificationMail::Kind;

class NotificationPolicy : public ::testing::Test {
protected:
    void tell(std::string ticket, Priority priority = Priority::normal) {
        inbox = with_notification(std::move(inbox), preferences,
                                  {.key = "k" + std::to_string(++keys),
                                   .group = ticket,
                                   .ticket = ticket,
                                   .priority = priority,
                                   .at = now,
                                   .burst = burst});
    }
    void update(std::string ticket, std::string says) {
        inbox = with_notification(std::move(inbox), preferences,
                                  {.key = "k" + std::to_string(++keys),
                                   .group = ticket,
                                   .ticket = ticket,
                                   .kind = NotificationKind::update,
                                   .at = now,
                                   .says = std::move(says)});
    }
    std::vector<NotificationMail> decide() {
        auto turn = decide_mails(std::move(inbox), settings, preferences, now);
        inbox = std::move(turn.after);
        next = turn.next;
        return turn.mails;
    }
    /// Lets time pass, deciding when the turn asks for it; what is sent by then, with its time.
    std::vector<std::pair<Instant, NotificationMail>> run_until(Instant end) {
        std::vector<std::pair<Instant, NotificationMail>> sent;
        for (auto mails = decide();; mails = decide()) {
            for (auto& mail : mails) sent.emplace_back(now, std::move(mail));
            if (!next || *next > end) break;
            EXPECT_GT(*next, now) << "a turn asks for a later moment";
            if (*next <= now) break;
            now = *next;
        }
        now = end;
        return sent;
    }

    Instant now = at("2026-03-01T08:00:00Z");
    NotificationSettings settings;
    NotificationPreferences preferences;
    PersonInbox inbox;
    std::string burst;
    std::optional<Instant> next;
    int keys = 0;
};

TEST_F(NotificationPolicy, what_comes_within_half_a_minute_goes_in_one_mail) {
    tell("t1");
    EXPECT_TRUE(decide().empty());
    EXPECT_EQ(next, now + 30s);
    now += 20s;
    tell("t1");
    now += 10s;
    const auto mails = decide();
    ASSERT_EQ(mails.size(), 1U);
    EXPECT_EQ(mails[0].about.size(), 2U);
    EXPECT_FALSE(mails[0].why.empty());
}

TEST_F(NotificationPolicy, a_group_gets_at_most_a_mail_in_five_minutes) {
    tell("t1");
    now += 30s;
    ASSERT_EQ(decide().size(), 1U);
    now += 1min;
    tell("t1");
    const auto sent = run_until(now + 10min);
    ASSERT_EQ(sent.size(), 1U);
    EXPECT_EQ(sent[0].first, at("2026-03-01T08:05:30Z"));
}

TEST_F(NotificationPolicy, an_escalation_is_repeated_after_four_hours_until_somebody_acknowledges) {
    tell("t1");
    const auto sent = run_until(now + 9h);
    ASSERT_EQ(sent.size(), 3U);
    EXPECT_EQ(sent[1].second.kind, MailKind::repeat);
    EXPECT_EQ(sent[1].first - sent[0].first, 4h);
    inbox = without_ticket(std::move(inbox), "t1");
    EXPECT_TRUE(run_until(now + 100h).empty());
    EXPECT_FALSE(next);
}

TEST_F(NotificationPolicy, a_mail_is_not_sent_for_a_change_that_changed_nothing) {
    tell("t1");
    EXPECT_EQ(run_until(now + 1h).size(), 1U);
    update("t1", "Sara has it");
    EXPECT_EQ(run_until(now + 1h).size(), 1U);
    update("t1", "Sara has it");
    EXPECT_TRUE(run_until(now + 1h).empty());
    update("t1", "resolved");
    EXPECT_EQ(run_until(now + 1h).size(), 1U);
}

TEST_F(NotificationPolicy, an_update_goes_to_those_who_were_told_and_to_nobody_else) {
    update("t1", "resolved");
    EXPECT_TRUE(run_until(now + 1h).empty());
    tell("t1");
    inbox = without_ticket(std::move(inbox), "t1");
    update("t1", "Sara has it");
    EXPECT_TRUE(run_until(now + 1h).empty()) << "the escalation has not gone out";
}

TEST_F(NotificationPolicy, the_same_key_is_told_once_whatever_is_delivered_again) {
    tell("t1");
    --keys;
    tell("t1");
    const auto sent = run_until(now + 1h);
    ASSERT_EQ(sent.size(), 1U);
    EXPECT_EQ(sent[0].second.about.size(), 1U);
}

TEST_F(NotificationPolicy, quiet_hours_hold_everything_but_what_is_critical_and_end_in_one_mail) {
    preferences.quiet = DayInterval{22 * 60, 7 * 60};
    preferences.time_zone = "Asia/Riyadh";
    now = at("2026-03-01T20:00:00Z");  // 23:00
    for (int i = 0; i < 30; ++i) tell("t" + std::to_string(i));
    tell("safety", Priority::critical);
    const auto sent = run_until(at("2026-03-02T05:00:00Z"));
    ASSERT_EQ(sent.size(), 4U);
    EXPECT_EQ(sent[0].second.group, "safety");
    EXPECT_EQ(sent[0].first, at("2026-03-01T20:00:30Z"));
    EXPECT_EQ(sent[1].second.kind, MailKind::repeat) << "still critical";
    EXPECT_EQ(sent[2].first, at("2026-03-02T04:00:00Z"));
    EXPECT_EQ(sent[2].second.kind, MailKind::after_quiet);
    EXPECT_EQ(sent[2].second.about.size(), 30U);
}

TEST_F(NotificationPolicy, no_mass_mail_at_midnight) {
    // Quiet hours end and 500 targets fall due at the same stroke.
    preferences.quiet = DayInterval{20 * 60, 24 * 60};
    now = at("2026-03-01T21:00:00Z");
    for (int i = 0; i < 250; ++i) tell("held" + std::to_string(i));
    run_until(at("2026-03-01T23:59:59Z"));
    now = at("2026-03-02T00:00:00Z");
    for (int i = 0; i < 250; ++i) tell("due" + std::to_string(i));
    const auto sent = run_until(at("2026-03-02T00:59:00Z"));
    EXPECT_LE(sent.size(), static_cast<std::size_t>(settings.ceiling) + 1);
    std::set<std::string> told;
    for (const auto& [when, mail] : sent) {
        for (const auto& notification : mail.about) told.insert(notification.key);
    }
    EXPECT_EQ(told.size(), 500U) << "and nothing is forgotten";
}

TEST_F(NotificationPolicy, past_the_ceiling_one_mail_tells_of_all_the_others) {
    for (int i = 0; i < 35; ++i) tell("t" + std::to_string(i));
    const auto sent = run_until(now + 30min);
    ASSERT_EQ(sent.size(), 13U);
    EXPECT_EQ(sent.back().second.kind, MailKind::summary);
    EXPECT_EQ(sent.back().second.about.size(), 23U);
}

TEST_F(NotificationPolicy, critical_ones_are_never_behind_a_backlog) {
    for (int i = 0; i < 100; ++i) tell("t" + std::to_string(i));
    tell("safety", Priority::critical);
    const auto sent = run_until(now + 1min);
    ASSERT_FALSE(sent.empty());
    EXPECT_EQ(sent[0].second.group, "safety");
}

TEST_F(NotificationPolicy, updates_can_be_switched_off_and_escalations_cannot) {
    preferences.updates = false;
    tell("t2");
    const auto sent = run_until(now + 1h);
    ASSERT_EQ(sent.size(), 1U);
    EXPECT_EQ(sent[0].second.group, "t2");
    update("t2", "resolved");
    EXPECT_TRUE(run_until(now + 1h).empty());
}

TEST_F(NotificationPolicy, an_acknowledged_ticket_that_waits_is_not_told_any_more) {
    tell("t1");
    inbox = without_ticket(std::move(inbox), "t1");
    EXPECT_TRUE(run_until(now + 10h).empty());
}

TEST_F(NotificationPolicy, five_tickets_of_a_rule_within_ten_minutes_go_in_one_mail_and_the_rest_once_in_five_minutes) {
    burst = "safety/nasma";
    for (int i = 0; i < 5; ++i) tell("t" + std::to_string(i));
    auto sent = run_until(now + 1min);
    ASSERT_EQ(sent.size(), 1U);
    EXPECT_EQ(sent[0].second.kind, MailKind::burst);
    EXPECT_EQ(sent[0].second.burst, "safety/nasma");
    EXPECT_EQ(sent[0].second.about.size(), 5U);
    for (int i = 5; i < 8; ++i) {
        tell("t" + std::to_string(i));
        now += 10s;
    }
    sent = run_until(now + 10min);
    ASSERT_EQ(sent.size(), 1U);
    EXPECT_EQ(sent[0].first, at("2026-03-01T08:05:30Z"));
    EXPECT_EQ(sent[0].second.about.size(), 3U);
}

TEST_F(NotificationPolicy, a_burst_is_repeated_as_one_mail) {
    burst = "safety/nasma";
    for (int i = 0; i < 7; ++i) tell("t" + std::to_string(i));
    ASSERT_EQ(run_until(now + 1h).size(), 1U);
    const auto sent = run_until(now + 4h);
    ASSERT_EQ(sent.size(), 1U);
    EXPECT_EQ(sent[0].second.about.size(), 7U);
}

TEST_F(NotificationPolicy, an_inbox_that_was_written_down_is_the_same_inbox) {
    burst = "safety/nasma";
    preferences.quiet = DayInterval{7 * 60, 8 * 60 + 10};
    for (int i = 0; i < 30; ++i) tell("t" + std::to_string(i), static_cast<Priority>(i % 4));
    update("t1", "Sara has it");
    decide();
    now += 45s;
    decide();
    const auto read = parse_inbox(print_inbox(inbox));
    ASSERT_TRUE(read);
    EXPECT_EQ(*read, inbox);
    EXPECT_FALSE(inbox.groups.empty());
}

TEST_F(NotificationPolicy, a_clock_that_jumps_back_a_day_sends_nothing_twice) {
    tell("t1");
    ASSERT_EQ(run_until(now + 1h).size(), 1U);
    now -= 24h;
    EXPECT_TRUE(decide().empty());
}

TEST_F(NotificationPolicy, whatever_comes_nobody_gets_more_than_the_ceiling_and_a_summary_in_an_hour_and_all_is_told) {
    std::mt19937 dice(17);
    const auto pick = [&](int high) { return std::uniform_int_distribution(0, high)(dice); };
    preferences.quiet = DayInterval{22 * 60, 6 * 60};
    std::deque<Instant> sent;
    std::set<std::string> told;
    const auto keep = [&](const auto& mails) {
        for (const auto& [when, mail] : mails) {
            sent.push_back(when);
            while (sent.front() <= when - 1h) sent.pop_front();
            EXPECT_LE(sent.size(), static_cast<std::size_t>(settings.ceiling) + 1) << to_rfc3339(when);
            for (const auto& notification : mail.about) told.insert(notification.key);
        }
    };
    for (int i = 0; i < 2000; ++i) {
        tell("t" + std::to_string(pick(80)), static_cast<Priority>(pick(3)));
        keep(run_until(now + std::chrono::seconds(pick(240))));
    }
    keep(run_until(now + 48h));
    EXPECT_EQ(told.size(), 2000U);
}

TEST(DigestSchedule, daily_digests_come_at_eight_of_working_days) {
    const auto calendar = office({"2026-03-08"});
    EXPECT_EQ(next_daily_digest({}, &calendar, at("2026-03-04T04:00:00Z")), at("2026-03-04T05:00:00Z"));
    EXPECT_EQ(next_daily_digest({}, &calendar, at("2026-03-05T05:00:00Z")), at("2026-03-09T05:00:00Z"))
        << "weekend, then a holiday";
    EXPECT_EQ(next_daily_digest({}, nullptr, at("2026-03-07T09:00:00Z")), at("2026-03-08T08:00:00Z"));
}

TEST(DigestSchedule, the_weekly_report_comes_on_the_first_working_day_of_the_week) {
    const auto calendar = office({"2026-03-08"});
    EXPECT_EQ(next_weekly_report({}, &calendar, at("2026-03-01T06:00:00Z")), at("2026-03-09T05:00:00Z"))
        << "Sunday is a holiday";
    EXPECT_EQ(next_weekly_report({.week_begins = std::chrono::Monday}, &calendar, at("2026-03-01T06:00:00Z")),
              at("2026-03-02T05:00:00Z"));
}

TEST(QuietHours, reach_over_midnight_and_keep_to_the_local_clock) {
    const NotificationPreferences night{.quiet = DayInterval{22 * 60, 7 * 60}, .time_zone = "Europe/London"};
    EXPECT_EQ(quiet_until(night, at("2026-03-28T23:00:00Z")), at("2026-03-29T06:00:00Z")) << "summer time begins";
    EXPECT_EQ(quiet_until(night, at("2026-03-29T05:59:00Z")), at("2026-03-29T06:00:00Z"));
    EXPECT_FALSE(quiet_until(night, at("2026-03-29T06:00:00Z")));
    EXPECT_FALSE(quiet_until({}, at("2026-03-29T06:00:00Z")));
}

}  // namespace
}  // namespace rasid
