#include "escalation/rare_counts.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace rasid {
namespace {

constexpr double kMadToDeviation = 1.4826;
constexpr double kNegligible = 1e-15;

double log_beta(double a, double b) { return std::lgamma(a) + std::lgamma(b) - std::lgamma(a + b); }

}  // namespace

double median(std::span<const double> values) {
    if (values.empty()) return 0;
    std::vector<double> sorted(values.begin(), values.end());
    std::ranges::sort(sorted);
    const auto middle = sorted.size() / 2;
    return sorted.size() % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

double chance_of_at_least(int count, const ExpectedCount& expected) {
    if (count <= 0) return 1;
    if (expected.mean <= 0) return 0;
    // Below the mean the tail is no longer rare and would be summed term by term for nothing.
    if (count <= expected.mean) return 1;
    const double rest = expected.mean / (expected.mean + expected.size);
    double term = std::exp(std::lgamma(count + expected.size) - std::lgamma(expected.size) - std::lgamma(count + 1.0) +
                           expected.size * std::log1p(-rest) + count * std::log(rest));
    double sum = 0;
    for (int k = count; term > kNegligible * sum && term > 0; ++k) {
        sum += term;
        term *= rest * (k + expected.size) / (k + 1.0);
    }
    return std::min(sum, 1.0);
}

double chance_of_share(int hits, int tries, double share, double weight) {
    if (hits <= 0) return 1;
    if (hits > tries) return 0;
    if (hits <= share * tries) return 1;
    const double a = share * weight;
    const double b = (1 - share) * weight;
    double term = std::exp(std::lgamma(tries + 1.0) - std::lgamma(hits + 1.0) - std::lgamma(tries - hits + 1.0) +
                           log_beta(hits + a, tries - hits + b) - log_beta(a, b));
    double sum = 0;
    for (int k = hits; k <= tries && term > kNegligible * sum && term > 0; ++k) {
        sum += term;
        if (k < tries) term *= (tries - k) / (k + 1.0) * (k + a) / (tries - k - 1 + b);
    }
    return std::min(sum, 1.0);
}

ExpectedCount expect(std::span<const int> earlier) {
    if (earlier.empty()) return {.mean = 0.5, .size = 0.5};
    std::vector<double> values(earlier.begin(), earlier.end());
    const double middle = median(values);
    std::vector<double> distances;
    for (const double value : values) distances.push_back(std::abs(value - middle));
    // Counts scatter at least as Poisson counts do, also where most of them are zero.
    const double deviation = std::max(median(distances) * kMadToDeviation, std::sqrt(std::max(middle, 0.5)));
    const double ceiling = middle + 3 * deviation;

    double sum = 0;
    double squares = 0;
    for (double& value : values) {
        value = std::min(value, ceiling);
        sum += value;
    }
    const auto number = static_cast<double>(values.size());
    for (const double value : values) squares += (value - sum / number) * (value - sum / number);
    // Half a count more: never having seen any is no proof that there are none.
    const double mean = (sum + 0.5) / number;
    const double scatter = number > 1 ? std::max(squares / (number - 1) / mean, 1.0) : 1.0;
    const double known = (sum + 0.5) / scatter;
    const double spread = scatter > 1 ? (scatter - 1) / mean : 0;
    return {.mean = mean, .size = 1 / (1 / known + spread)};
}

}  // namespace rasid
