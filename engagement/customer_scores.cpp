#include "engagement/customer_scores.hpp"

#include <algorithm>
#include <numeric>

namespace rasid {

CustomerScores scores_of(const PlanState& plan, std::span<const LedgerEntry> ledger, std::optional<double> churn_rate,
                         Instant now, const ScoreRules& rules) {
    const Date today = utc_date(now);
    CustomerScores scores{.familiarity = familiarity(ledger, rules.familiarity),
                          .rfm = rfm(plan.customer, today, rules.rfm),
                          .clv = clv(plan.customer, churn_rate, today),
                          .risk = risk(plan.cases, now, rules.risk)};
    scores.expected_loss = expected_loss(scores.clv.figure, scores.risk);
    return scores;
}

std::string print(const CustomerScores& scores) {
    return print(scores.familiarity) + print(scores.rfm.figure) + print(scores.clv.figure) + print(scores.risk) +
           print(scores.expected_loss);
}

std::vector<std::size_t> by_expected_loss(std::span<const CustomerScores> customers) {
    std::vector<std::size_t> order(customers.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, [&](std::size_t left, std::size_t right) {
        return customers[left].expected_loss.value.value_or(-1) > customers[right].expected_loss.value.value_or(-1);
    });
    return order;
}

}  // namespace rasid
