#pragma once

#include "core/clock.hpp"

#include <cassert>
#include <string_view>

namespace rasid {

/// A clock that stands still until it is told to move.
class FakeClock final : public Clock {
public:
    explicit FakeClock(std::string_view rfc3339 = "2026-03-01T12:00:00Z") { set(rfc3339); }

    Instant now() const override { return now_; }
    void set(Instant at) { now_ = at; }
    void set(std::string_view rfc3339) {
        auto at = parse_rfc3339(rfc3339);
        assert(at);
        now_ = *at;
    }
    void advance(Duration by) { now_ += by; }

private:
    Instant now_ = {};
};

}  // namespace rasid
