#include "engagement/purchases.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>

namespace rasid {

PurchaseSummary purchases_of(const Customer& customer, Date today, std::string currency, std::optional<Date> since) {
    if (currency.empty()) {
        std::map<std::string, int> uses;
        for (const auto& purchase : customer.purchases) ++uses[purchase.currency];
        int most = 0;
        for (const auto& [name, count] : uses) {
            if (count > most) currency = name;
            most = std::max(most, count);
        }
    }
    PurchaseSummary summary{.currency = std::move(currency)};
    for (const auto& purchase : customer.purchases) {
        if (purchase.date > today || (since && purchase.date < *since)) continue;
        if (purchase.currency != summary.currency) {
            ++summary.left_out;
            continue;
        }
        ++summary.count;
        summary.total_minor += purchase.amount_minor;
        if (!summary.first || purchase.date < *summary.first) summary.first = purchase.date;
        if (!summary.last || purchase.date > *summary.last) summary.last = purchase.date;
    }
    return summary;
}

std::string money(std::int64_t minor, const std::string& currency) {
    const auto cents = std::to_string(std::abs(minor % 100));
    return (minor < 0 ? "-" : "") + std::to_string(std::abs(minor / 100)) + "." + (cents.size() < 2 ? "0" : "") +
           cents + (currency.empty() ? "" : " " + currency);
}

}  // namespace rasid
