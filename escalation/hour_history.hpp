#pragma once

#include "core/incident.hpp"
#include "escalation/rare_counts.hpp"

#include <cstdint>
#include <deque>

namespace rasid {

/// Which share of the mentions is usually negative.
struct UsualShare {
    double share = 0.5;
    double weight = 1;  ///< how many mentions' worth of knowledge it is
};

/// Eight weeks of one series by whole hours of UTC; the last one is not over.
class HourHistory {
public:
    using Hour = std::chrono::sys_time<std::chrono::hours>;

    HourHistory() = default;
    /// `hours` begin with `first`; of more than eight weeks the last count.
    HourHistory(Hour first, std::deque<HourCount> hours);

    /// Counts a mention in its hour; one of before the first hour is left out.
    void add(Instant at, bool negative);
    /// Hours without mentions count as such.
    void advance(Instant to);

    /// Whether there is a week behind the newest hour: before, nothing is unusual.
    bool knows_enough() const;

    /// What to expect of an hour up to the newest: from the same hours of the week and those beside them in up to eight
    /// weeks, while these are few also from the same hours of other days; times how the past week compares with those
    /// before it (0.5 … 2).
    ExpectedCount expected(Hour hour) const;

    UsualShare usual_negativity() const;

    const std::deque<HourCount>& counts() const { return hours_; }
    Hour first() const { return first_; }

private:
    int total_of(Hour hour) const;
    /// Of all hours before `hour`, from some first one on: differences of two say what lies between.
    std::int64_t total_before(Hour hour) const;
    int total_of_day(Hour end) const;
    double trend(Hour hour) const;
    Hour newest() const { return first_ + std::chrono::hours(hours_.size()) - std::chrono::hours(1); }

    Hour first_ = {};
    std::deque<HourCount> hours_ = {};
    std::deque<std::int64_t> before_ = {0};  ///< total_before of each hour, and of the one to come
};

}  // namespace rasid
