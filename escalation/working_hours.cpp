#include "escalation/working_hours.hpp"

#include "escalation/local_instant.hpp"

#include <utility>

namespace rasid {

Result<WorkingHours> WorkingHours::of(const Calendar& calendar) {
    WorkingHours result;
    result.zone_ = find_zone(calendar.time_zone);
    if (!result.zone_) {
        return Failure{Failure::Kind::malformed,
                       "time zone `" + calendar.time_zone + "` is unknown; use an IANA name such as Asia/Riyadh"};
    }
    auto days = CalendarDays::of(calendar);
    if (!days) return days.error();
    result.days_ = std::move(*days);
    return result;
}

WorkingHours::Day WorkingHours::local_day(Instant at) const { return rasid::local_day(*zone_, at); }

std::vector<WorkingHours::Span> WorkingHours::spans_of(Day day) const {
    std::vector<Span> spans;
    for (const auto& interval : days_.hours_on(day)) {
        const Span span{local_instant(*zone_, day, interval.from), local_instant(*zone_, day, interval.to)};
        if (span.from < span.to) spans.push_back(span);
    }
    return spans;
}

bool WorkingHours::opens_after(Day start) const {
    for (int ahead = 0; ahead < kLongestClosure; ++ahead) {
        if (!spans_of(start + std::chrono::days(ahead)).empty()) return true;
    }
    return false;
}

}  // namespace rasid
