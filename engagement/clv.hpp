#pragma once

#include "core/customer.hpp"
#include "engagement/explanation.hpp"

#include <optional>
#include <span>
#include <string>

namespace rasid {

/// The yearly churn rate of a segment, counted customer by customer: the share of those who were customers a year ago
/// and are no longer. A customer was one on a day when he bought within `lost_after_days` before it.
class ChurnCount {
public:
    explicit ChurnCount(Date today, int lost_after_days = 365) : today_(today), lost_after_days_(lost_after_days) {}

    void add(const Customer& customer);
    Figure figure() const;  ///< none for a segment that had no customer a year ago

private:
    Date today_;
    int lost_after_days_;
    int before_ = 0;
    int lost_ = 0;
};

/// The same of a whole segment.
Figure churn(std::span<const Customer> segment, Date today, int lost_after_days = 365);

struct Clv {
    std::string currency = {};
    Figure figure = {};  ///< in minor units
};

/// CLV = average purchase value × purchases per year ÷ yearly churn rate of the segment. Purchases per year are counted
/// over the time since the first one, at least a year. No figure where churn is zero or unknown or nothing was bought.
Clv clv(const Customer& customer, std::optional<double> churn_rate, Date today);

}  // namespace rasid
