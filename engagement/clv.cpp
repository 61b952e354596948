#include "engagement/clv.hpp"

#include "engagement/purchases.hpp"

#include <algorithm>
#include <cmath>

namespace rasid {
namespace {

using std::chrono::sys_days;

constexpr double kDaysOfYear = 365.25;
constexpr std::chrono::days kYear{365};

bool is_customer_on(const Customer& customer, sys_days day, int lost_after_days) {
    return std::ranges::any_of(customer.purchases, [&](const Purchase& purchase) {
        const auto ago = (day - sys_days(purchase.date)).count();
        return ago >= 0 && ago < lost_after_days;
    });
}

}  // namespace

void ChurnCount::add(const Customer& customer) {
    if (!is_customer_on(customer, sys_days(today_) - kYear, lost_after_days_)) return;
    ++before_;
    if (!is_customer_on(customer, sys_days(today_), lost_after_days_)) ++lost_;
}

Figure ChurnCount::figure() const {
    Explanation why{.name = "churn = customers lost in the year ÷ customers at its start"};
    why.inputs.emplace_back("customers on " + to_string(Date(sys_days(today_) - kYear)), std::to_string(before_));
    why.inputs.emplace_back("of them without a purchase in the last " + std::to_string(lost_after_days_) + " days",
                            std::to_string(lost_));
    if (before_ == 0) return no_figure(std::move(why), "the segment had no customer a year ago");
    why.steps.push_back(std::to_string(lost_) + " ÷ " + std::to_string(before_));
    return rasid::figure(static_cast<double>(lost_) / before_, std::move(why));
}

Figure churn(std::span<const Customer> segment, Date today, int lost_after_days) {
    ChurnCount count(today, lost_after_days);
    for (const auto& customer : segment) count.add(customer);
    return count.figure();
}

Clv clv(const Customer& customer, std::optional<double> churn_rate, Date today) {
    const auto bought = purchases_of(customer, today);
    Explanation why{.name = "CLV = average purchase × purchases per year ÷ churn"};
    Clv result{.currency = bought.currency};
    const auto none = [&](std::string reason) {
        result.figure = no_figure(std::move(why), std::move(reason));
        return result;
    };
    if (bought.left_out > 0)
        why.inputs.emplace_back("left out", std::to_string(bought.left_out) + " purchases in other currencies");
    if (bought.count == 0) return none("nothing was bought");
    const double average = static_cast<double>(bought.total_minor) / bought.count;
    const auto observed = (sys_days(today) - sys_days(*bought.first)).count() + 1;
    const double years = std::max(1.0, static_cast<double>(observed) / kDaysOfYear);
    const double per_year = bought.count / years;
    const auto average_money = money(std::llround(average), bought.currency);
    why.inputs.emplace_back("average purchase", average_money + " (" + money(bought.total_minor, bought.currency) +
                                                    " ÷ " + std::to_string(bought.count) + ")");
    why.inputs.emplace_back("purchases per year",
                            plain(per_year) + " (" + std::to_string(bought.count) + " in " + plain(years) + " years)");
    if (!churn_rate || !std::isfinite(*churn_rate)) return none("the churn of the segment is unknown");
    why.inputs.emplace_back("yearly churn of the segment", plain(*churn_rate, 4));
    if (*churn_rate <= 0) return none("the churn of the segment is zero");
    const double value = average * per_year / *churn_rate;
    why.steps.push_back(average_money + " × " + plain(per_year) + " ÷ " + plain(*churn_rate, 4) + " = " +
                        money(std::llround(value), bought.currency));
    result.figure = figure(value, std::move(why));
    return result;
}

}  // namespace rasid
