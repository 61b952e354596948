#pragma once

#include "core/instant.hpp"

#include <cstddef>
#include <deque>
#include <map>
#include <string>
#include <string_view>

namespace rasid {

/// Slows down guessing of passwords, never locks anybody out: per account, from the fifth failure on, a wait of 1, 2, 4
/// … 60 s; per address 20 attempts a minute; 10 a second in all. Forgets what is over; holds at most kEntries accounts
/// and addresses.
///
/// A function of what it was told and `now`: no clock of its own. A clock that jumps back never makes a wait longer
/// than a minute.
class LoginThrottle {
public:
    static constexpr std::size_t kEntries = 20000;

    /// How long to wait before this attempt is judged; zero: it counts as made, go on.
    Duration attempt(std::string_view account, std::string_view address, Instant now);

    void failed(std::string_view account, Instant now);
    void succeeded(std::string_view account);

private:
    struct Account {
        int failures = 0;
        Instant blocked_until = {};
        Instant last = {};
    };

    void forget_old(Instant now);

    std::map<std::string, Account, std::less<>> accounts_;
    std::map<std::string, std::deque<Instant>, std::less<>> addresses_;
    std::deque<Instant> all_;
};

}  // namespace rasid
