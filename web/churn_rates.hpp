#pragma once

#include "core/instant.hpp"
#include "core/task.hpp"
#include "engagement/explanation.hpp"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace rasid {

struct Site;

/// The yearly churn of each brand's customers: a brand is the segment that a customer's CLV is reckoned in.
using ChurnRates = std::map<std::string, Figure, std::less<>>;
using ChurnRatesPtr = std::shared_ptr<const ChurnRates>;  // read on the storage threads while the loop swaps it

/// The rate of a brand; nullopt: not known.
std::optional<double> churn_rate(const ChurnRates& rates, std::string_view brand);

/// Kept for an hour, for counting it reads every customer.
struct KeptChurnRates {
    ChurnRatesPtr rates = {};
    Instant counted_at = {};
};
Task<ChurnRatesPtr> churn_rates(Site& site);

}  // namespace rasid
