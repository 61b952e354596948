#pragma once

#include "core/customer.hpp"
#include "core/instant.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rasid {

/// Somebody stands in for whoever has the shift.
struct RotaOverride {
    Instant from = {};
    Instant to = {};
    std::string person = {};  ///< id; empty: nobody is on call
};

/// Who is on call: people in turn, handed over at a local time of every nth day.
struct Rota {
    std::string name = {};
    std::string time_zone = "UTC";
    Date first_day = {};                   ///< on which the first of `people` takes over; before it nobody is on call
    int handover = 9 * 60;                 ///< minute of the local day, 0 … 1439
    int days = 7;                          ///< of a shift, 1 … 366
    std::vector<std::string> people = {};  ///< ids, in turn
    std::vector<RotaOverride> overrides = {};  ///< of several at one moment the last counts
};

/// nullopt: the rota can be used; else what is wrong with it.
std::optional<std::string> problem_of(const Rota& rota);

struct Shift {
    Instant from = {};
    Instant to = {};
    std::string person = {};
    bool stand_in = false;  ///< by an override
    bool operator==(const Shift&) const = default;
};

/// Shifts that touch `from` … `to` (at most two years), cut to it, in order and without overlap; nobody's are left out.
/// A rota that cannot be used has none.
std::vector<Shift> shifts_between(const Rota& rota, Instant from, Instant to);

/// Id of the one on call; empty: nobody.
std::string on_call(const Rota& rota, Instant at);

/// The shifts as iCalendar (RFC 5545), for calendars that subscribe. `name_of` gives the name for a person's id;
/// `stamp` is when the rota last changed; an entry keeps its UID as long as its shift begins at the same time.
std::string rota_feed(const Rota& rota, std::string_view domain,
                      const std::function<std::string(std::string_view)>& name_of, Instant from, Instant to,
                      Instant stamp);

}  // namespace rasid
