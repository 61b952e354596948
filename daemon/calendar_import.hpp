#pragma once

#include "daemon/store_command.hpp"

namespace rasid {

/// Adds the all-day events of an iCalendar file, from the beginning of this year for five years, to the holidays of a
/// calendar of the setup. What stands there already stays; with `dry_run` the difference is only told.
CommandResult import_calendar(Store& store, const StoreCommand& command, Instant now);

}  // namespace rasid
