#pragma once

#include "core/customer.hpp"

#include <optional>
#include <string>

namespace rasid {

/// A customer's purchases in one currency, up to a day.
struct PurchaseSummary {
    std::string currency = {};
    int count = 0;
    std::int64_t total_minor = 0;
    std::optional<Date> first = {};
    std::optional<Date> last = {};
    int left_out = 0;  ///< purchases in other currencies
};

/// `since`: no older ones. An empty currency is that of most of his purchases (the first by name among equals).
PurchaseSummary purchases_of(const Customer& customer, Date today, std::string currency = {},
                             std::optional<Date> since = {});

/// "120.50 SAR".
std::string money(std::int64_t minor, const std::string& currency);

}  // namespace rasid
