#include "escalation/report/attainment.hpp"
#include "escalation/report/heard.hpp"
#include "escalation/report/period.hpp"
#include "escalation/report/spread.hpp"
#include "escalation/report/workload.hpp"
#include "tests/escalation/office.hpp"
#include "tests/support/instant_at.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace rasid {
namespace {

using namespace std::chrono_literals;

Date date(std::string_view text) { return parse_date(text).value(); }
ReportPeriod three_days() { return report_period(kRiyadh, date("2026-03-01"), date("2026-03-03")).value(); }

TEST(ReportPeriod, is_whole_days_of_the_workspace_and_compares_with_as_many_before) {
    const auto period = three_days();
    EXPECT_EQ(period.from, at("2026-02-28T21:00:00Z"));
    EXPECT_EQ(period.to, at("2026-03-03T21:00:00Z"));
    ASSERT_EQ(period.days.size(), 3U);
    EXPECT_EQ(period.day_of(at("2026-03-02T20:59:59Z")), 1U);
    EXPECT_EQ(period.day_of(at("2026-03-02T21:00:00Z")), 2U);
    EXPECT_EQ(period.hour_of(at("2026-03-02T21:30:00Z")), 0);
    EXPECT_EQ(period.hour_of(at("2026-03-02T20:59:59Z")), 23);
    const auto before = period_before(period);
    EXPECT_EQ(before.to, period.from);
    EXPECT_EQ(before.first, date("2026-02-26"));
    EXPECT_EQ(before.last, date("2026-02-28"));
}

TEST(ReportPeriod, the_last_days_end_with_today_there) {
    const auto period = last_days(kRiyadh, at("2026-03-01T22:00:00Z"), 2).value();
    EXPECT_EQ(period.first, date("2026-03-01"));
    EXPECT_EQ(period.last, date("2026-03-02"));
}

TEST(ReportPeriod, days_with_a_change_of_the_clocks_are_as_long_as_they_are) {
    const auto period = report_period("Europe/Berlin", date("2026-03-29"), date("2026-03-29")).value();
    EXPECT_EQ(period.to - period.from, 23h);
    EXPECT_EQ(period.hour_of(at("2026-03-29T01:00:00Z")), 3) << "two o'clock does not exist";
}

TEST(ReportPeriod, refuses_what_is_no_period) {
    EXPECT_FALSE(report_period(kRiyadh, date("2026-03-02"), date("2026-03-01")));
    EXPECT_FALSE(report_period("Nowhere/At_All", date("2026-03-01"), date("2026-03-02")));
    EXPECT_TRUE(report_period(kRiyadh, date("2026-01-01"), date("2027-01-01")));
    EXPECT_FALSE(report_period(kRiyadh, date("2026-01-01"), date("2027-01-02"))) << "367 days";
    EXPECT_FALSE(report_period(kRiyadh, date("1999-12-31"), date("2000-01-01")));
    EXPECT_FALSE(last_days(kRiyadh, at("2026-03-01T00:00:00Z"), 0));
    EXPECT_FALSE(last_days(kRiyadh, at("2026-03-01T00:00:00Z"), 367));
}

struct SpreadCase {
    std::vector<int> minutes;
    std::optional<Duration> mean, median, p90;
};

TEST(Spread, is_exact) {
    const std::vector<SpreadCase> cases = {
        {{}, {}, {}, {}},
        {{7}, 7min, 7min, 7min},
        {{1, 4}, 150s, 150s, 4min},
        {{9, 1, 2}, 4min, 2min, 9min},
        {{1, 2, 3, 4, 5, 6, 7, 8, 9, 100}, Duration(870s), Duration(330s), 9min},
        {{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 100}, Duration(155min) / 11, 6min, 10min},
    };
    for (const auto& one : cases) {
        std::vector<Duration> times;
        for (const auto minute : one.minutes) times.emplace_back(std::chrono::minutes(minute));
        const auto spread = spread_of(times);
        EXPECT_EQ(spread.count, static_cast<std::int64_t>(one.minutes.size()));
        EXPECT_EQ(spread.mean, one.mean);
        EXPECT_EQ(spread.median, one.median);
        EXPECT_EQ(spread.p90, one.p90);
    }
}

Ticket ticket(std::string queue, std::string assignee, std::vector<TargetClock> clocks) {
    Ticket made;
    made.queue = std::move(queue);
    made.assignee = std::move(assignee);
    made.clocks = std::move(clocks);
    made.opened_at = made.updated_at = at("2026-03-01T08:00:00Z");
    return made;
}

TargetClock clock(std::optional<Instant> met, std::optional<Instant> breached, Target target = Target::first_response) {
    return {.target = target, .started_at = at("2026-03-01T08:00:00Z"), .met_at = met, .breached_at = breached};
}

TEST(Attainment, counts_every_verdict_once_on_the_day_it_was_given) {
    const auto period = three_days();
    const auto first = at("2026-03-01T09:00:00Z");
    const auto second = at("2026-03-02T09:00:00Z");
    AttainmentCount count(period, {});
    count.add(ticket("care", "sara", {clock(first, {})}));
    count.add(ticket("care", "", {clock(second, first)}));   // missed, then met
    count.add(ticket("care", "sara", {clock({}, second)}));  // missed
    EXPECT_EQ(count.total.kept, 1);
    EXPECT_EQ(count.total.missed, 2);
    EXPECT_EQ(count.total.met_late, 1);
    EXPECT_DOUBLE_EQ(count.total.share().value(), 1.0 / 3);
    EXPECT_EQ(count.days[0].kept, 1);
    EXPECT_EQ(count.days[0].missed, 1) << "on the day of the breach";
    EXPECT_EQ(count.days[1].missed, 1);
    EXPECT_EQ(count.queues.at("care").kept, 1);
    EXPECT_EQ(count.people.at("").missed, 1);
    EXPECT_EQ(count.people.at("sara").missed, 1);
    EXPECT_EQ(count.hours[11].kept, 1) << "eight o'clock in UTC is eleven in Riyadh";
}

TEST(Attainment, what_has_no_verdict_in_the_period_counts_nothing) {
    const auto period = three_days();
    AttainmentCount count(period, {});
    count.add(ticket("care", "sara", {}));                                      // nothing was promised
    count.add(ticket("care", "sara", {clock({}, {})}));                         // runs, or is paused
    count.add(ticket("care", "sara", {clock(period.to, {})}));                  // later
    count.add(ticket("care", "sara", {clock({}, period.from - 1s)}));           // before
    count.add(ticket("care", "sara", {clock(period.from, {})}));                // the first moment is part of it
    count.add(ticket("care", "sara", {clock(period.from, period.from - 1s)}));  // broken before, met within
    EXPECT_EQ(count.total.kept, 1);
    EXPECT_EQ(count.total.missed, 0);
    EXPECT_FALSE(AttainmentCount(period, {}).total.share()) << "no verdict is not nought percent";
}

TEST(Attainment, tells_apart_what_was_kept_only_by_pausing_and_can_be_about_one_target) {
    const auto period = three_days();
    const auto met = at("2026-03-02T09:00:00Z");
    auto paused = clock(met, {});
    paused.kept_by_pausing = true;
    AttainmentCount count(period, Target::first_response);
    count.add(ticket("care", "sara", {paused, clock({}, met, Target::resolution)}));
    EXPECT_EQ(count.total.kept, 1);
    EXPECT_EQ(count.total.kept_by_pausing, 1);
    EXPECT_EQ(count.total.missed, 0);
    EXPECT_EQ(count.targets.at(Target::resolution).missed, 1) << "by target all are counted";
}

TEST(Work, counts_what_came_and_what_was_done) {
    const auto period = three_days();
    WorkCount count(period);
    auto resolved = ticket("care", "sara", {clock(at("2026-03-01T09:00:00Z"), {})});
    resolved.state = TicketState::resolved;
    resolved.updated_at = at("2026-03-03T10:00:00Z");
    count.add(resolved);
    auto old = ticket("care", "", {});
    old.opened_at = period.from - 240h;
    count.add(old);
    auto gone = old;
    gone.state = TicketState::resolved;
    gone.updated_at = period.from - 1s;
    count.add(gone);
    auto after = old;
    after.state = TicketState::resolved;
    after.updated_at = period.to;
    count.add(after);
    EXPECT_EQ(count.total, (Work{.opened = 1, .answered = 1, .resolved = 1, .open = 2}));
    EXPECT_EQ(count.people.at("sara"), (Work{.opened = 1, .answered = 1, .resolved = 1, .open = 0}));
    EXPECT_EQ(count.days[0].opened, 1);
    EXPECT_EQ(count.days[2].resolved, 1);
    EXPECT_EQ(count.hours[11], 1);
}

CountedMention heard(Instant when, Polarity polarity, std::vector<std::string> rules = {}) {
    CountedMention mention;
    mention.platform = "mastodon";
    mention.source = "toots";
    mention.stored_at = when;
    mention.polarity = polarity;
    mention.rules = std::move(rules);
    return mention;
}

TEST(Volume, is_counted_by_day_hour_and_source) {
    const auto period = three_days();
    VolumeCount count(period);
    count.add(heard(at("2026-02-28T21:00:00Z"), Polarity::negative));
    count.add(heard(at("2026-03-03T20:59:59Z"), Polarity::positive));
    count.add(heard(at("2026-03-02T09:00:00Z"), Polarity::neutral));
    count.add(heard(period.to, Polarity::negative));
    EXPECT_EQ(count.total, (PolarityCount{.mentions = 3, .negative = 1, .positive = 1}));
    EXPECT_EQ(count.total.neutral(), 1);
    EXPECT_EQ(count.days[0].negative, 1);
    EXPECT_EQ(count.days[2].positive, 1);
    EXPECT_EQ(count.hours[12].mentions, 1);
    EXPECT_EQ((count.sources.at({"mastodon", "toots"}).mentions), 3);
}

Setup brands() {
    Setup setup;
    setup.rules = {{.name = "ours", .brand = "nasma"},
                   {.name = "ours too", .tags = {"competitor"}, .brand = "nasma"},
                   {.name = "second house", .brand = "saba"},
                   {.name = "theirs", .tags = {"competitor"}, .brand = "Bean & Co"},
                   {.name = "of nobody"}};
    return setup;
}

TEST(ShareOfVoice, counts_a_mention_once_for_each_brand_that_its_rules_name) {
    VoiceCount count(brands(), {});
    count.add(heard({}, Polarity::neutral, {"ours", "ours too", "of nobody"}));
    count.add(heard({}, Polarity::negative, {"ours", "theirs"}));
    count.add(heard({}, Polarity::neutral, {"gone"}));
    const auto list = count.brands();
    ASSERT_EQ(list.size(), 3U);
    EXPECT_EQ(list[0].name, "nasma");
    EXPECT_FALSE(list[0].competitor) << "one of its rules is not tagged";
    EXPECT_EQ(list[0].count.mentions, 2);
    EXPECT_DOUBLE_EQ(list[0].share, 2.0 / 3);
    EXPECT_EQ(list[1].name, "Bean & Co");
    EXPECT_TRUE(list[1].competitor);
    EXPECT_EQ(list[2].count.mentions, 0) << "a brand that nobody mentions is there";
}

TEST(ShareOfVoice, who_sees_some_brands_sees_those_and_competitors) {
    VoiceCount count(brands(), {"saba"});
    count.add(heard({}, Polarity::neutral, {"ours", "second house", "theirs"}));
    const auto list = count.brands();
    ASSERT_EQ(list.size(), 2U);
    for (const auto& brand : list) EXPECT_NE(brand.name, "nasma");
    EXPECT_DOUBLE_EQ(list[0].share, 0.5);
}

TEST(Tags, the_most_negative_come_first) {
    TagCount count;
    auto mention = heard({}, Polarity::negative);
    mention.tags = {"late", "refund"};
    count.add(mention);
    mention.tags = {"late"};
    count.add(mention);
    mention.polarity = Polarity::positive;
    mention.tags = {"praise"};
    for (int i = 0; i < 5; ++i) count.add(mention);
    const auto tags = count.most(2);
    ASSERT_EQ(tags.size(), 2U);
    EXPECT_EQ(tags[0].first, "late");
    EXPECT_EQ(tags[0].second.negative, 2);
    EXPECT_EQ(tags[1].first, "refund");
}

CountedMention by(const std::string& handle, std::optional<std::int64_t> followers, Instant when = {}) {
    auto mention = heard(when, Polarity::negative);
    mention.author = {.handle = handle, .name = "name " + std::to_string(to_micros(when)), .followers = followers};
    return mention;
}

TEST(Authors, those_with_the_most_followers_come_first_with_all_their_mentions) {
    AuthorCount count;
    count.add(by("small", 5));
    count.add(by("big", 900, from_micros(2)));
    count.add(by("big", 800, from_micros(1)));
    count.add(by("unknown", {}));
    const auto list = count.most(10);
    ASSERT_EQ(list.size(), 2U) << "a platform that tells no followers says nothing of reach";
    EXPECT_EQ(list[0].handle, "big");
    EXPECT_EQ(list[0].followers, 900);
    EXPECT_EQ(list[0].count.mentions, 2);
    EXPECT_EQ(list[0].name, "name 2") << "as he was called last";
    EXPECT_EQ(count.most(1).size(), 1U);
}

TEST(Authors, of_very_many_those_with_the_most_followers_stay) {
    AuthorCount count;
    for (int i = 0; i < 50'000; ++i) count.add(by("a" + std::to_string(i), i % 1000));
    const auto list = count.most(60'000);
    EXPECT_LE(list.size(), 20'000U);
    EXPECT_GE(list.size(), 10'000U);
    EXPECT_EQ(list.front().followers, 999);
    EXPECT_EQ(std::ranges::count(list, 999, &AuthorCount::Author::followers), 50) << "none of the first was dropped";
}

TEST(Authors, equal_followers_do_not_drop_everybody) {
    AuthorCount count;
    for (int i = 0; i < 20'000; ++i) count.add(by("a" + std::to_string(i), 7));
    EXPECT_EQ(count.most(60'000).size(), 10'000U);
}

}  // namespace
}  // namespace rasid
