#pragma once

#include "core/customer.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace rasid {

/// A day on which those who keep it are greeted.
struct Occasion {
    std::string key = {};  ///< "eid_al_fitr"
    bool hijri = false;    ///< month and day are of the Umm al-Qura calendar, else Gregorian
    int month = 1;
    int day = 1;

    bool operator==(const Occasion&) const = default;
};

/// The occasions that Rasid knows from the start.
const std::vector<Occasion>& shipped_occasions();

/// The days of a Gregorian year on which it falls, in order: a Hijri day comes once or twice, drifting by ten or eleven
/// days a year; the 29th of February is the 28th in common years.
std::vector<Date> days_of(const Occasion& occasion, int year);

}  // namespace rasid
