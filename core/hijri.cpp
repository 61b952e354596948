#include "core/hijri.hpp"

#include <unicode/calendar.h>
#include <unicode/timezone.h>

#include <algorithm>
#include <memory>
#include <vector>

namespace rasid {
namespace {

constexpr int kFirstYear = 1300;
constexpr int kLastYear = 1600;

/// First days of all months of the tabulated years and of the one after them. Asking ICU for every day would dominate
/// the arithmetic of working hours; its answers never change, so they are taken once.
const std::vector<std::chrono::sys_days>& month_starts() {
    static const std::vector<std::chrono::sys_days> starts = [] {
        std::vector<std::chrono::sys_days> days;
        UErrorCode status = U_ZERO_ERROR;
        const std::unique_ptr<icu::Calendar> calendar(icu::Calendar::createInstance(
            icu::TimeZone::getGMT()->clone(), icu::Locale("en@calendar=islamic-umalqura"), status));
        if (U_FAILURE(status)) return days;
        for (int month = 0; month <= (kLastYear - kFirstYear + 1) * 12; ++month) {
            calendar->clear();
            calendar->set(kFirstYear + month / 12, month % 12, 1);
            const double millis = calendar->getTime(status);
            if (U_FAILURE(status)) return std::vector<std::chrono::sys_days>{};
            days.push_back(std::chrono::floor<std::chrono::days>(std::chrono::sys_time<std::chrono::milliseconds>(
                std::chrono::milliseconds(static_cast<long long>(millis)))));
        }
        return days;
    }();
    return starts;
}

}  // namespace

std::optional<HijriDay> to_hijri(std::chrono::sys_days day) {
    const auto& starts = month_starts();
    const auto next = std::upper_bound(starts.begin(), starts.end(), day);
    if (next == starts.begin() || next == starts.end()) return std::nullopt;
    const int month = static_cast<int>(next - starts.begin()) - 1;
    return HijriDay{.year = kFirstYear + month / 12,
                    .month = month % 12 + 1,
                    .day = static_cast<int>((day - *std::prev(next)).count()) + 1};
}

std::optional<std::chrono::sys_days> from_hijri(const HijriDay& day) {
    if (day.year < kFirstYear || day.year > kLastYear || day.month < 1 || day.month > 12 || day.day < 1 || day.day > 30)
        return std::nullopt;
    const auto& starts = month_starts();
    const auto month = static_cast<std::size_t>((day.year - kFirstYear) * 12 + day.month - 1);
    if (month + 1 >= starts.size()) return std::nullopt;
    return std::min(starts[month] + std::chrono::days(day.day - 1), starts[month + 1] - std::chrono::days(1));
}

}  // namespace rasid
