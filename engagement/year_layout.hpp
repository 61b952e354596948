#pragma once

#include "core/customer.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace rasid {

/// One customer's year of working days, on which touches are put one by one. The same customer, year and calls give the
/// same days.
class YearLayout {
public:
    YearLayout(std::string_view customer, int year);

    /// Takes one day in the `slot`-th of `slots` equal parts of the year, measured in months so that twelve parts are
    /// the months themselves. Where in the part depends on customer, year and `kind`, the same in every part.
    Date take_in_slot(std::string_view kind, int slot, int slots);

    /// Takes the working day on `wanted` or as near as possible, the earlier first: nobody is greeted late for want of
    /// a day.
    Date take_near(Date wanted);

    /// Takes the first free working day of the year at or after `wanted`; the nearest day where the year ends before.
    Date take_after(Date wanted);

private:
    using Index = std::size_t;

    double fraction(std::string_view kind) const;  ///< in [0, 1)
    Index index_at_or_after(std::chrono::sys_days day) const;
    Date take(Index index);
    /// Of the days in [first, last) that carry at most `most_load`, the least loaded, and of those the one nearest to
    /// `ideal`.
    std::optional<Index> best(Index first, Index last, Index ideal, int most_load) const;
    Index nearest(Index ideal) const;

    std::string_view customer_;
    int year_;
    std::vector<std::chrono::sys_days> days_;
    std::vector<int> load_;
};

}  // namespace rasid
