#include "engagement/occasions.hpp"

#include "core/hijri.hpp"

namespace rasid {

using std::chrono::sys_days;

const std::vector<Occasion>& shipped_occasions() {
    static const std::vector<Occasion> occasions = {
        {"eid_al_fitr", true, 10, 1},
        {"eid_al_adha", true, 12, 10},
        {"ramadan", true, 9, 1},
        {"hijri_new_year", true, 1, 1},
        {"mawlid", true, 3, 12},
        {"new_year", false, 1, 1},
        {"mothers_day", false, 3, 21},
        {"teachers_day", false, 10, 5},
        {"saudi_founding_day", false, 2, 22},
        {"saudi_national_day", false, 9, 23},
        {"uae_national_day", false, 12, 2},
        {"jordan_independence_day", false, 5, 25},
        {"egypt_revolution_day", false, 7, 23},
        {"morocco_throne_day", false, 7, 30},
        {"coptic_christmas", false, 1, 7},
        {"christmas", false, 12, 25},
    };
    return occasions;
}

std::vector<Date> days_of(const Occasion& occasion, int year) {
    const sys_days first = std::chrono::year(year) / 1 / 1;
    const sys_days last = std::chrono::year(year) / 12 / 31;
    if (!occasion.hijri) {
        const auto month = std::chrono::year(year) / occasion.month;
        const Date day = month / occasion.day;
        return {day.ok() ? day : Date(month / std::chrono::last)};
    }
    std::vector<Date> found;
    const auto from = to_hijri(first);
    const auto to = to_hijri(last);
    if (!from || !to) return found;
    for (int hijri = from->year; hijri <= to->year; ++hijri) {
        const auto day = from_hijri({.year = hijri, .month = occasion.month, .day = occasion.day});
        if (day && *day >= first && *day <= last) found.emplace_back(*day);
    }
    return found;
}

}  // namespace rasid
