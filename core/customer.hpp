#pragma once

#include "core/instant.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rasid {

using Date = std::chrono::year_month_day;

/// "2026-02-01".
std::string to_string(Date date);
std::optional<Date> parse_date(std::string_view text);

/// The UTC day of an instant.
Date utc_date(Instant at);

/// The link of a platform account to a customer.
struct Identity {
    std::string platform = {};
    std::string handle = {};     ///< without @, compared in folded form (fold_handle)
    std::string linked_by = {};  ///< "import" or "hand"
    Instant linked_at = {};

    bool operator==(const Identity&) const = default;
};

/// Handles compare without a leading @ and without case.
std::string fold_handle(std::string_view handle);

struct Purchase {
    Date date = {};
    std::int64_t amount_minor = 0;  ///< hundredths of the currency
    std::string currency = {};

    bool operator==(const Purchase&) const = default;
};

/// Somebody whom we keep.
struct Customer {
    std::string id = {};
    std::string name = {};
    std::string name_latin = {};
    std::vector<std::string> emails = {};
    std::vector<std::string> phones = {};
    std::string language = {};
    std::optional<Date> birthday = {};
    std::string address = {};
    std::string tier = {};
    std::string brand = {};
    std::string plan = {};  ///< name of the plan template; empty: the first one of the setup
    std::vector<Purchase> purchases = {};
    std::vector<Identity> identities = {};

    bool operator==(const Customer&) const = default;
};

}  // namespace rasid
