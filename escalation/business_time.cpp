#include "escalation/business_time.hpp"

#include "escalation/working_hours.hpp"

#include <algorithm>

namespace rasid {
namespace {

/// nullopt: every minute counts. A calendar that cannot be used falls under it too: promising the earlier time is the
/// safe side, and `problem_of` keeps such a calendar out of a setup in the first place.
std::optional<WorkingHours> hours_of(const Calendar* calendar) {
    if (!calendar) return std::nullopt;
    auto hours = WorkingHours::of(*calendar);
    if (!hours || hours->round_the_clock()) return std::nullopt;
    return std::move(*hours);
}

}  // namespace

Instant add_business_time(const Calendar* calendar, Instant start, Duration length) {
    if (length <= Duration::zero()) return start;
    const auto hours = hours_of(calendar);
    if (!hours) return start + length;

    // The day before may still be running in UTC terms where a zone jumps across midnight.
    auto day = hours->local_day(start) - std::chrono::days(1);
    Duration left = length;
    for (int closed = 0; closed < kLongestClosure; ++closed, day += std::chrono::days(1)) {
        for (const auto& span : hours->spans_of(day)) {
            closed = 0;
            const Instant from = std::max(span.from, start);
            if (from >= span.to) continue;
            if (left <= span.to - from) return from + left;
            left -= span.to - from;
        }
    }
    return start + length;
}

Duration business_time_between(const Calendar* calendar, Instant from, Instant to) {
    if (to <= from) return Duration::zero();
    const auto hours = hours_of(calendar);
    if (!hours) return to - from;

    Duration worked{};
    const auto last = hours->local_day(to) + std::chrono::days(1);
    for (auto day = hours->local_day(from) - std::chrono::days(1); day <= last; day += std::chrono::days(1)) {
        for (const auto& span : hours->spans_of(day)) {
            const Instant begin = std::max(span.from, from);
            const Instant end = std::min(span.to, to);
            if (begin < end) worked += end - begin;
        }
    }
    return worked;
}

std::optional<Instant> resumes_at(const Calendar* calendar, Instant at) {
    const auto hours = hours_of(calendar);
    if (!hours) return std::nullopt;
    const auto start = hours->local_day(at) - std::chrono::days(1);
    for (int ahead = 0; ahead < kLongestClosure; ++ahead) {
        for (const auto& span : hours->spans_of(start + std::chrono::days(ahead))) {
            if (at < span.from) return span.from;
            if (at < span.to) return std::nullopt;
        }
    }
    return std::nullopt;
}

std::optional<std::string> problem_of(const Calendar& calendar) {
    const auto hours = WorkingHours::of(calendar);
    if (!hours) return hours.error().what;
    // Dated hours lie in some years only, so the search starts behind the last of them.
    auto start = std::chrono::local_days(std::chrono::year(2025) / 1 / 1);
    for (const auto& holiday : calendar.holidays) {
        const auto entry = parse_calendar_exception(holiday);
        if (entry && entry->kind == CalendarException::Kind::dates)
            start = std::max(start, std::chrono::local_days(entry->last));
    }
    if (!hours->opens_after(start)) return "calendar `" + calendar.name + "` has no working hour in a year";
    return std::nullopt;
}

}  // namespace rasid
