#pragma once

#include "storage/store.hpp"
#include "web/customer_desk.hpp"

#include <optional>
#include <string>

namespace rasid {

// An account on a platform becomes a customer's, or nobody's. A response where it is refused.

std::optional<Response> link_account(Store& store, const std::string& id, const Identity& identity,
                                     const CustomerDesk& desk);
std::optional<Response> unlink_account(Store& store, const std::string& id, const std::string& platform,
                                       const std::string& handle, const CustomerDesk& desk);

}  // namespace rasid
