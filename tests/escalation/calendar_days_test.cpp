#include "core/calendar_days.hpp"
#include "escalation/business_time.hpp"
#include "escalation/holiday_import.hpp"
#include "tests/escalation/office.hpp"
#include "tests/support/instant_at.hpp"

#include <gtest/gtest.h>

namespace rasid {
namespace {

using namespace std::chrono_literals;

CalendarDays::Day day(std::string_view text) {
    return CalendarDays::Day(std::chrono::sys_days(parse_date(text).value()).time_since_epoch());
}

std::vector<DayInterval> hours_on(const std::vector<std::string>& holidays, std::string_view date) {
    return CalendarDays::of(office(holidays)).value().hours_on(day(date));
}

using Hours = std::vector<DayInterval>;

TEST(CalendarDays, reads_every_form_of_an_entry) {
    EXPECT_EQ(parse_calendar_exception("2026-12-24=09:00-12:00")->hours, (Hours{{540, 720}}));
    EXPECT_EQ(parse_calendar_exception("2026-12-24/2026-12-31")->last, parse_date("2026-12-31"));
    EXPECT_EQ(parse_calendar_exception("hijri:10-01")->kind, CalendarException::Kind::hijri_day);
    EXPECT_EQ(parse_calendar_exception("hijri:09=10:00-13:00,14:00-16:00")->hours, (Hours{{600, 780}, {840, 960}}));
    EXPECT_EQ(parse_calendar_exception("hijri:-1")->shift, -1);
    EXPECT_EQ(parse_calendar_exception("hijri:1447-10:+1")->year, 1447);
}

TEST(CalendarDays, refuses_what_says_nothing_or_too_much) {
    for (const auto* text :
         {"", "hijri:", "hijri:09", "hijri:13-01", "hijri:10-31", "hijri:+3", "hijri:+1=09:00-10:00", "2026-02-30",
          "2026-12-31/2026-12-24", "2026-01-01/2028-01-01", "2026-12-24=", "2026-12-24=12:00-09:00",
          "2026-12-24=09:00-12:00,11:00-13:00", "2026-12-24=09:00-12:00,", "2026-12-24=09:00-24:01", "hijri:1a-01"}) {
        EXPECT_FALSE(parse_calendar_exception(text)) << text;
    }
}

TEST(CalendarDays, a_dated_exception_shortens_a_day_and_opens_a_weekend) {
    const std::vector<std::string> holidays = {"2026-12-24=09:00-12:00", "2026-12-26=10:00-14:00"};
    EXPECT_EQ(hours_on(holidays, "2026-12-24"), (Hours{{540, 720}}));
    EXPECT_EQ(hours_on(holidays, "2026-12-26"), (Hours{{600, 840}})) << "a Saturday";
    EXPECT_EQ(hours_on(holidays, "2026-12-27"), (Hours{{540, 1020}}));
}

TEST(CalendarDays, hours_of_ramadan_hold_on_its_working_days_only) {
    // Ramadan 1447 is 18 February to 19 March 2026.
    const std::vector<std::string> holidays = {"hijri:09=10:00-15:00"};
    EXPECT_EQ(hours_on(holidays, "2026-02-17"), (Hours{{540, 1020}}));
    EXPECT_EQ(hours_on(holidays, "2026-02-18"), (Hours{{600, 900}}));
    EXPECT_EQ(hours_on(holidays, "2026-02-20"), Hours{}) << "a Friday";
    EXPECT_EQ(hours_on(holidays, "2026-03-19"), (Hours{{600, 900}}));
    EXPECT_EQ(hours_on(holidays, "2026-03-22"), (Hours{{540, 1020}}));
}

TEST(CalendarDays, a_sighted_moon_moves_one_month_and_the_end_of_the_one_before) {
    // 1 Shawwal 1447 is 20 March 2026 by the table; here the moon was seen a day later.
    const std::vector<std::string> holidays = {"hijri:09=10:00-15:00", "hijri:10-01", "hijri:1447-10:+1",
                                               "2026-03-20=08:00-09:00"};
    EXPECT_EQ(hours_on(holidays, "2026-03-21"), Hours{}) << "Eid";
    const std::vector<std::string> weekdays = {"hijri:09=10:00-15:00", "hijri:10-03", "hijri:1447-10:+1"};
    EXPECT_EQ(hours_on(weekdays, "2026-03-22"), (Hours{{540, 1020}})) << "the second, not the third";
    EXPECT_EQ(hours_on(weekdays, "2026-03-23"), Hours{});
    EXPECT_EQ(hours_on({"hijri:10-03", "hijri:-1"}, "2026-03-21"), Hours{});
    EXPECT_EQ(hours_on({"hijri:09=10:00-15:00", "hijri:-1"}, "2026-02-17"), (Hours{{600, 900}}))
        << "every month begins a day earlier";
}

TEST(CalendarDays, the_more_exact_entry_counts_and_hours_go_before_being_closed) {
    const std::vector<std::string> holidays = {"2026-03-22", "2026-03-22=09:00-10:00", "hijri:10-03",
                                               "hijri:10=11:00-12:00"};
    EXPECT_EQ(hours_on(holidays, "2026-03-22"), (Hours{{540, 600}}));
    EXPECT_EQ(hours_on({"hijri:10-03", "hijri:10=11:00-12:00"}, "2026-03-22"), Hours{});
    EXPECT_EQ(hours_on({"hijri:10-03", "hijri:10=11:00-12:00"}, "2026-03-23"), (Hours{{660, 720}}));
}

TEST(CalendarDays, working_time_follows_the_hours_of_ramadan_and_skips_a_stretch_of_holidays) {
    const auto calendar = office({"hijri:09=10:00-15:00", "2026-03-19/2026-03-23"});
    EXPECT_EQ(add_business_time(&calendar, at("2026-03-18T11:00:00Z"), 2h), at("2026-03-24T07:00:00Z"));
    EXPECT_FALSE(problem_of(calendar));
    EXPECT_TRUE(problem_of(office({"hijri:09"})));
}

std::string calendar_file(std::string_view events) {
    std::string file = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + std::string(events) + "END:VCALENDAR\r\n";
    return file;
}

Result<ImportedHolidays> import(std::string_view events, std::string_view from = "2026-01-01",
                                std::string_view to = "2027-12-31") {
    return import_holidays(calendar_file(events), parse_date(from).value(), parse_date(to).value());
}

using List = std::vector<std::string>;

TEST(HolidayImport, all_day_events_become_entries_and_timed_ones_are_counted) {
    const auto got =
        import("BEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20260923\r\nDTEND;VALUE=DATE:20260924\r\nEND:VEVENT\r\n"
               "BEGIN:VEVENT\r\nUID:2\r\nDTSTART;VALUE=DATE:20261224\r\nDURATION:P3D\r\nEND:VEVENT\r\n"
               "BEGIN:VEVENT\r\nUID:3\r\nDTSTART;TZID=Asia/Riyadh:20261224T090000\r\nEND:VEVENT\r\n");
    ASSERT_TRUE(got);
    EXPECT_EQ(got->holidays, (List{"2026-09-23", "2026-12-24/2026-12-26"}));
    EXPECT_EQ(got->timed, 1);
    EXPECT_EQ(got->unreadable, 0);
    for (const auto& holiday : got->holidays) EXPECT_TRUE(parse_calendar_exception(holiday)) << holiday;
}

TEST(HolidayImport, yearly_rules_are_unrolled_within_the_window) {
    EXPECT_EQ(import("BEGIN:VEVENT\nDTSTART;VALUE=DATE:19320923\nRRULE:FREQ=YEARLY\nEND:VEVENT\n")->holidays,
              (List{"2026-09-23", "2027-09-23"}));
    EXPECT_EQ(import("BEGIN:VEVENT\nDTSTART;VALUE=DATE:20201126\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH\nEND:VEVENT\n")
                  ->holidays,
              (List{"2026-11-26", "2027-11-25"}));
    EXPECT_EQ(import("BEGIN:VEVENT\nDTSTART;VALUE=DATE:20200525\nRRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO\nEND:VEVENT\n")
                  ->holidays,
              (List{"2026-05-25", "2027-05-31"}));
    EXPECT_EQ(import("BEGIN:VEVENT\nDTSTART;VALUE=DATE:20250101\nRRULE:FREQ=YEARLY;COUNT=2\nEND:VEVENT\n")->holidays,
              List{"2026-01-01"});
    EXPECT_EQ(import("BEGIN:VEVENT\nDTSTART;VALUE=DATE:20250101\nRRULE:FREQ=YEARLY;INTERVAL=2\nEND:VEVENT\n")->holidays,
              List{"2027-01-01"});
    EXPECT_EQ(
        import("BEGIN:VEVENT\nDTSTART;VALUE=DATE:20200229\nRRULE:FREQ=YEARLY\nEND:VEVENT\n", "2026-01-01", "2032-12-31")
            ->holidays,
        (List{"2028-02-29", "2032-02-29"}));
    EXPECT_EQ(
        import("BEGIN:VEVENT\nDTSTART;VALUE=DATE:20200101\nRRULE:FREQ=YEARLY;UNTIL=20260601T000000Z\nEND:VEVENT\n")
            ->holidays,
        List{"2026-01-01"});
}

TEST(HolidayImport, exceptions_moves_and_cancellations_are_followed) {
    EXPECT_EQ(import("BEGIN:VEVENT\nUID:a\nDTSTART;VALUE=DATE:20200101\nRRULE:FREQ=YEARLY\nEXDATE;VALUE=DATE:20270101\n"
                     "RDATE;VALUE=DATE:20260102,20260103\nEND:VEVENT\n")
                  ->holidays,
              (List{"2026-01-01", "2026-01-02", "2026-01-03"}));
    EXPECT_EQ(import("BEGIN:VEVENT\nUID:a\nDTSTART;VALUE=DATE:20200101\nRRULE:FREQ=YEARLY\nEND:VEVENT\n"
                     "BEGIN:VEVENT\nUID:a\nRECURRENCE-ID;VALUE=DATE:20260101\nDTSTART;VALUE=DATE:20260104\nEND:VEVENT\n"
                     "BEGIN:VEVENT\nUID:a\nRECURRENCE-ID;VALUE=DATE:20270101\nDTSTART;VALUE=DATE:20270101\n"
                     "STATUS:CANCELLED\nEND:VEVENT\n")
                  ->holidays,
              List{"2026-01-04"});
}

TEST(HolidayImport, folded_lines_are_unfolded_and_alarms_inside_an_event_passed_over) {
    EXPECT_EQ(import("BEGIN:VEVENT\r\nDTST\r\n ART;VALUE=DATE:2026\r\n\t0923\r\nBEGIN:VALARM\r\nDURATION:PT5M\r\n"
                     "DTSTART:20270101\r\nEND:VALARM\r\nEND:VEVENT\r\n")
                  ->holidays,
              List{"2026-09-23"});
}

TEST(HolidayImport, a_rule_that_is_not_understood_gives_no_day_rather_than_a_wrong_one) {
    for (const auto* rule :
         {"FREQ=DAILY", "FREQ=YEARLY;BYSETPOS=1;BYDAY=MO", "FREQ=YEARLY;BYMONTH=13", "FREQ=YEARLY;BYWEEKNO=3",
          "FREQ=YEARLY;INTERVAL=0", "INTERVAL=1", "", "FREQ=YEARLY;COUNT=99999999999"}) {
        const auto got =
            import("BEGIN:VEVENT\nDTSTART;VALUE=DATE:20260101\nRRULE:" + std::string(rule) + "\nEND:VEVENT\n");
        EXPECT_TRUE(got->holidays.empty()) << rule;
        EXPECT_EQ(got->unreadable, 1) << rule;
    }
}

TEST(HolidayImport, hostile_files_are_bounded) {
    EXPECT_FALSE(import_holidays("hello", parse_date("2026-01-01").value(), parse_date("2026-12-31").value()));
    EXPECT_FALSE(import("", "2026-01-01", "2096-01-01"));
    EXPECT_EQ(import(std::string(2 << 20, 'x')).error().kind, Failure::Kind::blocked);
    std::string nested;
    for (int i = 0; i < 60'000; ++i) nested += "BEGIN:VEVENT\n";
    EXPECT_EQ(import(nested)->unreadable, 1) << "an event without an end";
    EXPECT_TRUE(
        import("BEGIN:VEVENT\nDTSTART;VALUE=DATE:20260101\nDTEND;VALUE=DATE:29990101\nEND:VEVENT\n")->holidays.empty());
    std::string many;
    for (int i = 0; i < 8'000; ++i)
        many += "BEGIN:VEVENT\nDTSTART;VALUE=DATE:00010101\nRRULE:FREQ=YEARLY;COUNT=1000;BYMONTH=2;BYMONTHDAY=30\nEND:"
                "VEVENT\n";
    EXPECT_EQ(import(many).error().kind, Failure::Kind::blocked);
}

}  // namespace
}  // namespace rasid
