#pragma once

#include "core/task.hpp"
#include "web/events.hpp"
#include "web/site.hpp"

namespace rasid {

/// Reads what changed and tells it to the pages that are open: rows, mails, and everybody's counts.
Task<void> tell_pages(Site& site, EventHub::Pending pending);

}  // namespace rasid
