#pragma once

#include <boost/assert/source_location.hpp>
#include <boost/system/result.hpp>

#include <chrono>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace rasid {

/// Trouble that comes from outside: the network, a platform, a file, a person's input. Never a bug of ours.
struct Failure {
    enum class Kind {
        unreachable,   ///< nobody answered, or not in time
        rate_limited,  ///< asked to come back later
        unauthorized,  ///< the credentials are missing, wrong or spent
        refused,       ///< understood and declined; asking again unchanged is useless
        malformed,     ///< the answer or the input is not what it claims to be
        blocked,       ///< our own guard forbids the address or the size
        not_found,
        conflict,         ///< the thing changed meanwhile
        unknown_outcome,  ///< sent, but nobody knows whether it took effect
    };

    Kind kind = Kind::malformed;
    std::string what;  ///< for people: what happened and, where known, what to do
    std::optional<std::chrono::seconds> retry_after = std::nullopt;
};

std::string_view to_string(Failure::Kind kind);

Failure refused(std::string why);

template <typename T>
using Result = boost::system::result<T, Failure>;

/// Thrown when somebody takes the value of a failed Result: our own broken promise.
[[noreturn]] inline void throw_exception_from_error(const Failure& failure, const boost::source_location&) {
    throw std::logic_error("value() of a failed result: " + failure.what);
}

}  // namespace rasid
