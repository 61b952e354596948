#pragma once

#include "core/instant.hpp"

#include <chrono>

namespace rasid {

/// How many failures of people who are not signed in are kept: the log has all of them, the audit, which nobody ever
/// shortens, so many an hour.
class AuditBudget {
public:
    static constexpr int kAnHour = 120;

    bool spend(Instant now) {
        if (now < since_ || now - since_ >= std::chrono::hours(1)) {
            since_ = now;
            spent_ = 0;
        }
        return spent_++ < kAnHour;
    }

private:
    Instant since_ = {};
    int spent_ = 0;
};

}  // namespace rasid
