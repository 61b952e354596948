#pragma once

#include "core/customer.hpp"

#include <set>

namespace rasid {

/// Sunday to Thursday.
bool is_working_day(Date date);

/// The first working day after `date` that is not `taken`.
Date next_free_working_day(Date date, const std::set<std::chrono::sys_days>& taken);

}  // namespace rasid
