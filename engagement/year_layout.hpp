#pragma once

#include "core/customer.hpp"
#include "engagement/stable_hash.hpp"
#include "engagement/year_frame.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace rasid {

/// One customer's year, on whose days touches are put one by one: never on a day of his silence, two on one day only
/// when every other is taken. The same customer, frame, load and calls give the same days.
class YearLayout {
public:
    /// `frame` and `load` must outlive it; `load` may be null: then days are spread by chance alone.
    YearLayout(const Customer& customer, const YearFrame& frame, const DayLoad* load);

    // Each takes one day; nullopt: the customer has none in this year.

    /// In the `slot`-th of `slots` equal parts of the year, measured in months so that twelve parts are the months
    /// themselves. Where in the part depends on customer, year and `kind`, the same in every part; within a few days of
    /// it the day that carries least is taken.
    std::optional<Date> take_in_slot(std::string_view kind, int slot, int slots);

    /// On `wanted` or as near as possible, the earlier first: nobody is greeted late for want of a day.
    std::optional<Date> take_near(Date wanted);

    /// The first free day at or after `wanted`; the nearest day where the year ends before.
    std::optional<Date> take_after(Date wanted);

    /// Marks a day as carrying a touch already.
    void occupy(Date day);

private:
    using Index = std::size_t;

    Index index_at_or_after(std::chrono::sys_days day) const;
    std::optional<Date> take(std::optional<Index> index);
    /// Of the days in [first, last) that carry at most `most_load` of his touches, the one with least of them, and of
    /// those the one nearest to `ideal`.
    std::optional<Index> best(Index first, Index last, Index ideal, int most_load) const;
    /// Of his free days in [first, last), the one that carries least of everybody's, and of those the nearest.
    std::optional<Index> quietest(Index first, Index last, Index ideal) const;

    const YearFrame& frame_;
    const std::vector<std::chrono::sys_days>& days_;
    const DayLoad* shared_;
    StableHash chance_;
    std::vector<std::uint16_t> load_;  ///< of this customer; kSilent where he is left alone
};

}  // namespace rasid
