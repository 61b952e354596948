#include "core/hijri.hpp"
#include "escalation/business_time.hpp"
#include "tests/support/instant_at.hpp"

#include <date/tz.h>
#include <gtest/gtest.h>

#include <random>

namespace rasid {
namespace {

using namespace std::chrono_literals;

/// The same intervals on the given days, Sunday first.
Calendar calendar(std::string zone, std::initializer_list<int> days, std::vector<DayInterval> intervals,
                  std::vector<std::string> holidays = {}) {
    Calendar result{.name = "office", .time_zone = std::move(zone), .holidays = std::move(holidays)};
    for (const int day : days) result.hours[static_cast<std::size_t>(day)] = intervals;
    return result;
}

Calendar riyadh(std::vector<std::string> holidays = {}) {
    return calendar("Asia/Riyadh", {0, 1, 2, 3, 4}, {{540, 750}, {810, 1020}}, std::move(holidays));
}

TEST(BusinessTime, runs_round_the_clock_without_a_calendar_or_with_an_empty_one) {
    const auto start = at("2026-03-06T22:00:00Z");
    const Calendar empty{.name = "always"};
    EXPECT_EQ(add_business_time(nullptr, start, 5h), start + 5h);
    EXPECT_EQ(add_business_time(&empty, start, 5h), start + 5h);
    EXPECT_EQ(business_time_between(&empty, start, start + 49h), 49h);
    EXPECT_FALSE(resumes_at(&empty, start));
}

TEST(BusinessTime, an_empty_calendar_with_holidays_stands_still_on_those_days_only) {
    const Calendar eid{.name = "eid", .time_zone = "Asia/Riyadh", .holidays = {"2026-09-23"}};
    EXPECT_EQ(add_business_time(&eid, at("2026-09-22T20:00:00Z"), 2h), at("2026-09-23T22:00:00Z"));
}

TEST(BusinessTime, passes_over_the_break_between_two_intervals_of_a_day) {
    const auto office = riyadh();
    EXPECT_EQ(add_business_time(&office, at("2026-03-01T09:00:00Z"), 1h), at("2026-03-01T11:00:00Z"));
    EXPECT_EQ(business_time_between(&office, at("2026-03-01T00:00:00Z"), at("2026-03-02T00:00:00Z")), 7h);
}

TEST(BusinessTime, passes_over_friday_and_saturday_where_they_are_the_weekend) {
    const auto office = riyadh();
    EXPECT_EQ(add_business_time(&office, at("2026-03-05T13:30:00Z"), 1h), at("2026-03-08T06:30:00Z"));
    EXPECT_EQ(resumes_at(&office, at("2026-03-06T10:00:00Z")), at("2026-03-08T06:00:00Z"));
    EXPECT_FALSE(resumes_at(&office, at("2026-03-08T06:00:00Z")));
    EXPECT_EQ(resumes_at(&office, at("2026-03-08T14:00:00Z")), at("2026-03-09T06:00:00Z"));
}

TEST(BusinessTime, time_that_ends_with_the_working_day_ends_that_evening_not_next_morning) {
    const auto office = riyadh();
    EXPECT_EQ(add_business_time(&office, at("2026-03-01T13:00:00Z"), 1h), at("2026-03-01T14:00:00Z"));
}

TEST(BusinessTime, no_time_ends_at_once_even_outside_working_hours) {
    const auto office = riyadh();
    EXPECT_EQ(add_business_time(&office, at("2026-03-06T10:00:00Z"), 0s), at("2026-03-06T10:00:00Z"));
    EXPECT_EQ(business_time_between(&office, at("2026-03-08T10:00:00Z"), at("2026-03-08T09:00:00Z")), 0s);
}

TEST(BusinessTime, dated_and_hijri_holidays_are_not_worked) {
    // 1 Shawwal 1448 is Tuesday 9 March 2027.
    const auto office = riyadh({"hijri:10-01", "2027-03-10"});
    EXPECT_EQ(add_business_time(&office, at("2027-03-08T13:30:00Z"), 1h), at("2027-03-11T06:30:00Z"));
}

TEST(BusinessTime, hijri_days_are_those_of_umm_al_qura) {
    using namespace std::chrono;
    EXPECT_EQ(to_hijri(sys_days(2027y / 3 / 9)), (HijriDay{1448, 10, 1}));
    EXPECT_EQ(to_hijri(sys_days(2026y / 3 / 20)), (HijriDay{1447, 10, 1}));
    EXPECT_EQ(to_hijri(sys_days(2023y / 7 / 19)), (HijriDay{1445, 1, 1}));
    EXPECT_EQ(to_hijri(sys_days(2023y / 7 / 18)), (HijriDay{1444, 12, 30}));
    EXPECT_FALSE(to_hijri(sys_days(1700y / 1 / 1)));
    EXPECT_FALSE(to_hijri(sys_days(2300y / 1 / 1)));
}

TEST(BusinessTime, an_hour_that_the_clocks_skip_is_not_counted) {
    // New York, 8 March 2026: 02:00 becomes 03:00.
    const auto nights = calendar("America/New_York", {0}, {{60, 240}});
    EXPECT_EQ(business_time_between(&nights, at("2026-03-08T00:00:00Z"), at("2026-03-09T00:00:00Z")), 2h);
    const auto from_the_gap = calendar("America/New_York", {0}, {{150, 240}});
    EXPECT_EQ(resumes_at(&from_the_gap, at("2026-03-08T05:00:00Z")), at("2026-03-08T07:00:00Z"));
}

TEST(BusinessTime, an_hour_that_occurs_twice_is_counted_twice_inside_an_interval_and_bounds_it_at_its_first) {
    // New York, 1 November 2026: 02:00 becomes 01:00.
    const auto nights = calendar("America/New_York", {0}, {{0, 180}});
    EXPECT_EQ(business_time_between(&nights, at("2026-11-01T00:00:00Z"), at("2026-11-02T00:00:00Z")), 4h);
    const auto to_half_past_one = calendar("America/New_York", {0}, {{0, 90}});
    EXPECT_EQ(add_business_time(&to_half_past_one, at("2026-11-01T04:00:00Z"), 90min), at("2026-11-01T05:30:00Z"));
    EXPECT_EQ(resumes_at(&to_half_past_one, at("2026-11-01T05:45:00Z")), at("2026-11-08T05:00:00Z"));
}

TEST(BusinessTime, a_day_that_a_zone_leaves_out_has_no_working_hours) {
    // Samoa had no 30 December 2011.
    const auto daily = calendar("Pacific/Apia", {0, 1, 2, 3, 4, 5, 6}, {{540, 1020}});
    EXPECT_EQ(add_business_time(&daily, at("2011-12-30T02:00:00Z"), 2h), at("2011-12-30T20:00:00Z"));
}

TEST(BusinessTime, names_what_is_wrong_with_a_calendar) {
    EXPECT_FALSE(problem_of(riyadh({"hijri:12-10"})));
    EXPECT_NE(problem_of(calendar("Asia/Riad", {0}, {{0, 60}})).value().find("Asia/Riad"), std::string::npos);
    EXPECT_NE(problem_of(riyadh({"hijri:13-01"})).value().find("hijri:13-01"), std::string::npos);
    EXPECT_NE(problem_of(riyadh({"2026-02-30"})).value().find("2026-02-30"), std::string::npos);
    EXPECT_TRUE(problem_of(calendar("UTC", {0}, {{60, 120}, {90, 150}})));
}

TEST(BusinessTime, a_calendar_that_cannot_be_used_promises_the_earlier_time) {
    const auto broken = calendar("Nowhere/Land", {0}, {{0, 60}});
    EXPECT_EQ(add_business_time(&broken, at("2026-03-06T10:00:00Z"), 1h), at("2026-03-06T11:00:00Z"));
}

class BusinessTimeProperty : public ::testing::TestWithParam<const char*> {
protected:
    /// Every change of the clocks of the zone from 2000 to 2030, and some quiet moments.
    std::vector<Instant> moments() {
        std::vector<Instant> result;
        const auto* zone = date::locate_zone(GetParam());
        for (auto time = std::chrono::sys_seconds(at("2000-01-01T00:00:00Z").time_since_epoch() / 1s * 1s);
             time < at("2030-12-31T00:00:00Z");) {
            const auto info = zone->get_info(time);
            if (info.end >= at("2031-01-01T00:00:00Z")) break;
            result.push_back(info.end);
            time = info.end;
        }
        for (int i = 0; i < 20; ++i)
            result.push_back(at("2000-01-01T00:00:00Z") + std::chrono::minutes(pick(0, 31 * 525'600)));
        return result;
    }

    int pick(int low, int high) { return std::uniform_int_distribution(low, high)(random_); }

    Calendar random_calendar() {
        Calendar result{.name = "random", .time_zone = GetParam()};
        for (auto& day : result.hours) {
            for (int from = pick(0, 600); pick(0, 3) > 0 && from < 1380;) {
                const int to = std::min(1440, from + pick(1, 500));
                day.push_back({from, to});
                from = to + pick(0, 200);
            }
        }
        result.hours[static_cast<std::size_t>(pick(0, 6))] = {{0, 1440}};
        if (pick(0, 1) == 1) result.holidays = {"hijri:10-01", "hijri:09-29", "2010-10-10"};
        if (pick(0, 1) == 1) result.holidays.emplace_back("hijri:09=10:00-13:00,20:30-24:00");
        if (pick(0, 1) == 1) result.holidays.emplace_back("hijri:+1");
        if (pick(0, 1) == 1) result.holidays.emplace_back("2011-03-20/2011-04-10=01:30-03:30");
        return result;
    }

    std::mt19937 random_{20260321};
};

TEST_P(BusinessTimeProperty, adding_and_measuring_are_inverse_around_every_change_of_the_clocks) {
    for (const auto moment : moments()) {
        const auto office = random_calendar();
        for (int i = 0; i < 3; ++i) {
            const Instant start = moment + std::chrono::minutes(pick(-3000, 600)) + Duration(pick(0, 999'999));
            const Duration length = std::chrono::seconds(pick(1, 300'000)) + Duration(pick(0, 999'999));
            const Instant end = add_business_time(&office, start, length);
            ASSERT_EQ(business_time_between(&office, start, end), length) << to_rfc3339(start) << " " << length.count();
            ASSERT_EQ(business_time_between(&office, start, end - Duration(1)), length - Duration(1))
                << "not the earliest";

            const Instant other = moment + std::chrono::minutes(pick(-600, 6000));
            const bool inside = !resumes_at(&office, other) && !resumes_at(&office, other - Duration(1));
            if (other > start && inside) {
                ASSERT_EQ(add_business_time(&office, start, business_time_between(&office, start, other)), other);
            }
        }
    }
}

TEST_P(BusinessTimeProperty, measuring_agrees_with_looking_at_the_local_clock_every_minute) {
    const auto* zone = date::locate_zone(GetParam());
    // Limits of the day are kept clear of the hours at which clocks change, where a local time names no single instant.
    const auto office = calendar(GetParam(), {0, 1, 2, 3, 6}, {{6 * 60, 11 * 60 + 17}, {12 * 60, 21 * 60}});
    auto all = moments();
    std::shuffle(all.begin(), all.end(), random_);
    all.resize(std::min<std::size_t>(all.size(), 12));
    for (const auto moment : all) {
        const auto from = std::chrono::floor<std::chrono::minutes>(moment) - std::chrono::minutes(pick(0, 2000));
        const auto to = from + std::chrono::minutes(pick(1, 4000));
        Duration worked{};
        for (auto minute = from; minute < to; minute += 1min) {
            const auto local = zone->to_local(minute);
            const auto day = date::floor<date::days>(local);
            const auto of_day = static_cast<int>(std::chrono::floor<std::chrono::minutes>(local - day).count());
            for (const auto& interval : office.hours[date::weekday(day).c_encoding()]) {
                if (interval.from <= of_day && of_day < interval.to) worked += 1min;
            }
        }
        ASSERT_EQ(business_time_between(&office, from, to), worked) << to_rfc3339(from) << " " << to_rfc3339(to);
    }
}

INSTANTIATE_TEST_SUITE_P(Zones, BusinessTimeProperty,
                         ::testing::Values("America/New_York", "Europe/London", "Asia/Riyadh", "Asia/Amman",
                                           "Africa/Cairo", "Africa/Casablanca", "Asia/Beirut", "Asia/Gaza",
                                           "Asia/Tehran", "Australia/Lord_Howe", "America/Santiago", "America/St_Johns",
                                           "Pacific/Apia", "Antarctica/Troll"),
                         [](const auto& zone) {
                             std::string name = zone.param;
                             std::ranges::replace(name, '/', '_');
                             return name;
                         });

}  // namespace
}  // namespace rasid
