#pragma once

#include "core/task.hpp"
#include "storage/database.hpp"

#include <functional>
#include <string>
#include <vector>

namespace rasid {

/// Calls `each` for every customer of these brands (none named: of all) behind `after_id`, in order of ids, until it
/// says false; some hundred at a time, so that others read in between. `each` runs on a reading thread.
Task<void> walk_customers(Database& database, std::vector<std::string> brands, std::string after_id,
                          const std::function<bool(Reader&, Customer&)>& each);

}  // namespace rasid
