#include "escalation/spike_watch.hpp"
#include "tests/support/instant_at.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <random>

namespace rasid {
namespace {

using namespace std::chrono_literals;

const Instant kStart = at("2025-01-06T00:00:00Z");

/// A week as people live it: few at night, most in the evening, fewer on two days. 0 … 1.7.
double rhythm(Instant when) {
    const auto hours = std::chrono::duration<double, std::ratio<3600>>(when - kStart).count();
    const double day = 1 + 0.7 * std::sin((hours - 12) / 24 * 2 * M_PI);
    const bool weekend = std::fmod(hours, 168) >= 120;
    return day * (weekend ? 0.6 : 1.0);
}

/// A Poisson process of that many mentions an hour.
class Stream {
public:
    explicit Stream(unsigned seed) : dice_(seed) {}

    void add(Instant from, Instant to, double most, const std::function<double(Instant)>& rate, double negative) {
        std::exponential_distribution<double> gap(most / 3600e6);
        std::uniform_real_distribution<double> chance;
        for (Instant when = from;;) {
            when += Duration(static_cast<std::int64_t>(gap(dice_)) + 1);
            if (when >= to) break;
            if (chance(dice_) * most < rate(when)) heard.push_back({when, chance(dice_) < negative});
        }
    }
    void usual(Duration length, double level, double negative = 0.2) {
        add(
            kStart, kStart + length, level * 1.7, [&](Instant when) { return level * rhythm(when); }, negative);
    }

    std::vector<HeardMention> heard;

private:
    std::mt19937_64 dice_;
};

TEST(RareCounts, tails_agree_with_numbers_known_from_elsewhere) {
    // A wide size makes it Poisson: P(X >= 10 | 3) = 0.00110249.
    EXPECT_NEAR(chance_of_at_least(10, {.mean = 3, .size = 1e9}), 0.00110249, 1e-7);
    // Negative binomial, mean 3, size 2: P(X >= 10) = sum (k+1) 0.4^2 0.6^k = 0.6^10 (1 + 10 * 0.4) = 0.030233.
    EXPECT_NEAR(chance_of_at_least(10, {.mean = 3, .size = 2}), std::pow(0.6, 10) * 5, 1e-9);
    // Beta-binomial with a = b = 1 is uniform over 0 … 10.
    EXPECT_NEAR(chance_of_share(8, 10, 0.5, 2), 3.0 / 11, 1e-9);
    EXPECT_NEAR(chance_of_at_least(18, {.mean = 4.2, .size = 101}), 1.1284e-6, 1e-10);
    EXPECT_NEAR(chance_of_at_least(19, {.mean = 4.2, .size = 101}), 2.784e-7, 1e-10);
    EXPECT_EQ(chance_of_at_least(0, {.mean = 3}), 1);
    EXPECT_EQ(chance_of_share(3, 2, 0.5, 2), 0);
}

TEST(RareCounts, one_past_incident_does_not_raise_what_is_expected) {
    std::vector<int> counts(24, 5);
    const auto without = expect(counts);
    counts[7] = 5000;
    const auto with = expect(counts);
    EXPECT_LT(with.mean, without.mean * 1.3);
    EXPECT_GT(with.variance(), without.variance());
    EXPECT_GT(expect(std::vector<int>(24, 0)).mean, 0) << "never seen is not impossible";
}

TEST(SpikeWatch, says_nothing_before_it_has_known_a_week) {
    SpikeWatch watch;
    for (int i = 0; i < 500; ++i) EXPECT_FALSE(watch.hear(kStart + std::chrono::seconds(i), true));
    EXPECT_FALSE(watch.running());
}

class SpikeLevels : public ::testing::TestWithParam<double> {};

TEST_P(SpikeLevels, at_most_one_false_alarm_a_year_over_simulated_years) {
    int alarms = 0;
    // A busy year has no more hours that could deceive than a quiet one, but millions of mentions.
    const int years = GetParam() > 100 ? 1 : 3;
    for (int year = 0; year < years; ++year) {
        Stream stream(static_cast<unsigned>(year) * 7 + 1);
        stream.usual(std::chrono::hours(24 * 365), GetParam());
        alarms += static_cast<int>(backtest(std::move(stream.heard)).size());
    }
    EXPECT_LE(alarms, years);
}

TEST_P(SpikeLevels, a_real_spike_is_found_within_half_an_hour_once_and_ends) {
    // At three in the morning and at the busiest hour, on the third weekday of the sixth week.
    for (const auto hour : {3, 18}) {
        const auto spike = kStart + std::chrono::hours(24 * 7 * 5 + 48 + hour);
        Stream stream(11);
        stream.usual(std::chrono::hours(24 * 7 * 7), GetParam());
        const double rate = 40 + 8 * GetParam();
        stream.add(
            spike, spike + 2h, rate, [&](Instant) { return rate; }, 0.2);
        const auto incidents = backtest(std::move(stream.heard));
        ASSERT_EQ(incidents.size(), 1U) << "one incident a spike, at hour " << hour;
        EXPECT_EQ(incidents[0].kind, Incident::Kind::volume);
        EXPECT_LE(incidents[0].found_at, spike + 30min);
        EXPECT_GE(incidents[0].found_at, spike);
        EXPECT_LE(std::chrono::abs(incidents[0].began_at - spike), 20min);
        ASSERT_TRUE(incidents[0].ended_at);
        EXPECT_LE(*incidents[0].ended_at, spike + 5h);
        EXPECT_GT(incidents[0].members, static_cast<int>(rate));
    }
}

INSTANTIATE_TEST_SUITE_P(PerHour, SpikeLevels, ::testing::Values(0.1, 1.0, 8.0, 40.0), [](const auto& level) {
    return "level" + std::to_string(static_cast<int>(level.param * 10));
});

TEST(SpikeWatch, a_quiet_night_alone_is_enough_for_a_few_mentions_to_be_unusual_and_the_evening_is_not) {
    const auto week = std::chrono::hours(24 * 7);
    const auto with = [&](int hour) {
        Stream stream(5);
        const auto busy = [&](Instant when) { return rhythm(when) < 0.7 ? 0.2 : 20.0; };
        stream.add(kStart, kStart + 6 * week, 20, busy, 0.2);
        const auto when = kStart + 5 * week + std::chrono::hours(hour);
        stream.add(
            when, when + 1h, 14, [](Instant) { return 14.0; }, 0.2);
        return backtest(std::move(stream.heard)).size();
    };
    EXPECT_EQ(with(6), 1U);
    EXPECT_EQ(with(18), 0U);
}

TEST(SpikeWatch, a_slow_rise_over_weeks_is_a_trend_and_no_incident) {
    Stream stream(3);
    const auto weeks = std::chrono::hours(24 * 7 * 16);
    stream.add(
        kStart, kStart + weeks, 40,
        [&](Instant when) {
            return rhythm(when) * (4 + 16.0 * static_cast<double>((when - kStart).count()) /
                                           static_cast<double>(Duration(weeks).count()));
        },
        0.2);
    EXPECT_TRUE(backtest(std::move(stream.heard)).empty());
}

TEST(SpikeWatch, a_rise_of_negativity_in_the_usual_volume_is_an_incident_of_its_own) {
    const auto turn = kStart + std::chrono::hours(24 * 7 * 5 + 12);
    Stream stream(9);
    stream.add(
        kStart, turn, 34, [](Instant when) { return 20 * rhythm(when); }, 0.15);
    stream.add(
        turn, turn + 3h, 34, [](Instant when) { return 20 * rhythm(when); }, 0.9);
    stream.add(
        turn + 3h, turn + 200h, 34, [](Instant when) { return 20 * rhythm(when); }, 0.15);
    const auto incidents = backtest(std::move(stream.heard));
    ASSERT_EQ(incidents.size(), 1U);
    EXPECT_EQ(incidents[0].kind, Incident::Kind::negativity);
    EXPECT_LE(incidents[0].found_at, turn + 75min);
    ASSERT_TRUE(incidents[0].ended_at);
    EXPECT_LE(*incidents[0].ended_at, turn + 6h);
}

TEST(SpikeWatch, four_hundred_reposts_are_one_incident_with_members_told_once) {
    Stream stream(2);
    stream.usual(std::chrono::hours(24 * 7 * 4), 1);
    SpikeWatch watch;
    int began = 0;
    for (const auto& heard : stream.heard) began += watch.hear(heard.at, heard.negative).has_value();
    ASSERT_EQ(began, 0);
    const auto repost = stream.heard.back().at + 1min;
    for (int i = 0; i < 400; ++i) began += watch.hear(repost + i * 10s, true).has_value();
    EXPECT_EQ(began, 1);
    ASSERT_TRUE(watch.running());
    EXPECT_GE(watch.running()->members, 400);
    EXPECT_LE(std::chrono::abs(watch.running()->began_at - repost), 1h);
}

TEST(SpikeWatch, what_flares_up_again_soon_is_the_same_incident) {
    Stream stream(4);
    stream.usual(std::chrono::hours(24 * 7 * 4), 1);
    SpikeWatch watch;
    for (const auto& heard : stream.heard) watch.hear(heard.at, heard.negative);
    std::vector<IncidentTurn::What> turns;
    const auto keep = [&](const std::optional<IncidentTurn>& turn) {
        if (turn) turns.push_back(turn->what);
    };
    Instant now = kStart + std::chrono::hours(24 * 7 * 4);
    for (int wave = 0; wave < 2; ++wave) {
        for (int i = 0; i < 60; ++i) keep(watch.hear(now += 30s, false));
        for (int i = 0; i < 150; ++i) keep(watch.tick(now += 1min));
    }
    using What = IncidentTurn::What;
    EXPECT_EQ(turns, (std::vector<What>{What::began, What::ended, What::resumed, What::ended}));
}

TEST(SpikeWatch, what_lasts_for_days_becomes_the_usual_and_is_not_told_again_each_hour) {
    Stream stream(6);
    stream.usual(std::chrono::hours(24 * 7 * 4), 2);
    const auto change = kStart + std::chrono::hours(24 * 7 * 4);
    stream.add(
        change, change + std::chrono::hours(24 * 40), 60, [](Instant) { return 60.0; }, 0.2);
    const auto incidents = backtest(std::move(stream.heard));
    ASSERT_EQ(incidents.size(), 1U);
    ASSERT_TRUE(incidents[0].ended_at);
    EXPECT_LE(*incidents[0].ended_at - incidents[0].found_at, 49h);
}

TEST(SpikeWatch, a_watch_begun_from_stored_hours_finds_what_one_that_heard_them_finds) {
    Stream stream(8);
    stream.usual(std::chrono::hours(24 * 7 * 6), 3);
    SpikeWatch lived;
    for (const auto& heard : stream.heard) lived.hear(heard.at, heard.negative);
    SpikeWatch restarted({}, HourHistory(lived.history().first(), lived.history().counts()));
    Instant now = kStart + std::chrono::hours(24 * 7 * 6) + 2h;
    lived.tick(now);
    restarted.tick(now);
    for (int i = 0; i < 60; ++i) {
        now += 20s;
        EXPECT_EQ(lived.hear(now, false).has_value(), restarted.hear(now, false).has_value()) << i;
    }
    EXPECT_TRUE(restarted.running());
}

TEST(SpikeWatch, times_that_go_back_and_long_silences_do_no_harm) {
    SpikeWatch watch;
    watch.hear(kStart + 1000h, false);
    watch.hear(kStart, true);
    EXPECT_EQ(watch.history().counts().back().total, 1) << "the other one is of before its first hour";
    watch.tick(kStart + std::chrono::hours(24 * 365 * 50));
    EXPECT_LE(watch.history().counts().size(), 24U * 7 * 9);
    EXPECT_TRUE(backtest({}).empty());
    EXPECT_EQ(print_backtest({}), "no incident\n");
}

TEST(SpikeWatch, a_clock_that_jumps_ahead_a_day_and_back_raises_no_alarm) {
    Stream stream(12);
    stream.usual(std::chrono::hours(24 * 7 * 6), 20);
    SpikeWatch watch;
    const auto jump = kStart + std::chrono::hours(24 * 7 * 5);
    int turns = 0;
    bool jumped = false;
    for (const auto& heard : stream.heard) {
        if (!jumped && heard.at > jump) {
            watch.tick(heard.at + 24h);
            watch.tick(heard.at);
            jumped = true;
        }
        turns += watch.hear(heard.at, heard.negative).has_value();
    }
    EXPECT_TRUE(jumped);
    EXPECT_EQ(turns, 0);
}

TEST(SpikeWatch, the_backtest_prints_when_it_would_have_fired_and_why) {
    const std::vector<Incident> incidents = {{.began_at = kStart,
                                              .found_at = kStart + 10min,
                                              .ended_at = kStart + 2h,
                                              .peak = 90,
                                              .members = 120,
                                              .reason = {"incident.volume", {"30", "4.2"}}}};
    EXPECT_EQ(print_backtest(incidents),
              "2025-01-06T00:10:00.000Z volume: 30 mentions within an hour, usual are 4.2; began "
              "2025-01-06T00:00:00.000Z, ended 2025-01-06T02:00:00.000Z, 120 mentions, at most 90 an hour\n");
}

}  // namespace
}  // namespace rasid
