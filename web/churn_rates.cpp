#include "web/churn_rates.hpp"

#include "engagement/clv.hpp"
#include "web/customer_walk.hpp"
#include "web/site.hpp"

namespace rasid {
namespace {

constexpr std::chrono::hours kKept{1};

}  // namespace

std::optional<double> churn_rate(const ChurnRates& rates, std::string_view brand) {
    const auto found = rates.find(brand);
    return found == rates.end() ? std::nullopt : found->second.value;
}

Task<ChurnRatesPtr> churn_rates(Site& site) {
    const auto now = site.clock.now();
    auto& kept = site.churn;
    if (kept.rates && now - kept.counted_at < kKept) co_return kept.rates;
    const auto today = utc_date(now);
    const auto lost_after_days = site.workspace->setup.engagement.lost_after_days;
    std::map<std::string, ChurnCount, std::less<>> counts;
    const std::function<bool(Reader&, Customer&)> count = [&](Reader&, Customer& customer) {
        counts.try_emplace(customer.brand, today, lost_after_days).first->second.add(customer);
        return true;
    };
    co_await walk_customers(site.database, {}, {}, count);
    auto rates = std::make_shared<ChurnRates>();
    for (const auto& [brand, each] : counts) rates->emplace(brand, each.figure());
    kept = {std::move(rates), now};
    co_return kept.rates;
}

}  // namespace rasid
