#pragma once

#include "core/customer.hpp"

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace rasid {

/// An iCalendar recurrence rule with FREQ=YEARLY.
struct YearlyRule {
    int interval = 1;  ///< years
    int count = 0;     ///< occurrences from the first on; 0: no end
    std::optional<Date> until = {};
    std::vector<int> months = {};
    std::vector<int> month_days = {};                     ///< negative: from the end of the month
    std::vector<std::pair<int, unsigned>> weekdays = {};  ///< ordinal (0: each, negative: from the end), Sunday = 0
};

/// nullopt: another frequency, a part that is not understood, a value out of range.
std::optional<YearlyRule> parse_yearly_rule(std::string_view text);

/// Whether the rule, begun on `first`, names this day; COUNT, UNTIL and INTERVAL are not looked at.
bool names_day(const YearlyRule& rule, Date first, Date day);

/// Occurrences from `first` on that lie within `from` … `to`. Looks at no more than `budget` days and lowers it by
/// those; what it finds is not whole once the budget is spent.
std::vector<Date> occurrences(const YearlyRule& rule, Date first, Date from, Date to, long& budget);

}  // namespace rasid
