#pragma once

#include "core/setup.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rasid {

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

/// Name of the one on call; empty: nobody.
std::string on_call(const Rota& rota, Instant at);

/// The shifts as iCalendar (RFC 5545), for calendars that subscribe. `stamp` is when it is told; an entry keeps its UID
/// as long as its shift begins at the same time.
std::string rota_feed(const Rota& rota, std::string_view domain, Instant from, Instant to, Instant stamp);

}  // namespace rasid
