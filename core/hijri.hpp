#pragma once

#include <chrono>
#include <optional>

namespace rasid {

/// A day of the Umm al-Qura calendar.
struct HijriDay {
    int year = 0;
    int month = 0;  ///< 1 Muharram … 12 Dhu al-Hijja
    int day = 0;    ///< 1 … 30

    bool operator==(const HijriDay&) const = default;
};

/// nullopt outside the years 1300…1600 AH (1882…2174), for which Umm al-Qura is tabulated.
std::optional<HijriDay> to_hijri(std::chrono::sys_days day);

/// The reverse; the 30th of a month of 29 days is its last. nullopt for a year, month or day that does not exist.
std::optional<std::chrono::sys_days> from_hijri(const HijriDay& day);

}  // namespace rasid
