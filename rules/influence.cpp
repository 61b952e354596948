#include "rules/influence.hpp"

#include <algorithm>
#include <cmath>
#include <string>

namespace rasid {
namespace {

constexpr double kUnknownAuthor = 10;
constexpr double kPerTenfoldFollowers = 10;  // a million followers: 60
constexpr double kMostFromFollowers = 70;
constexpr double kVerified = 10;
constexpr double kPerTenfoldEngagement = 7;
constexpr double kMostFromEngagement = 20;

}  // namespace

Influence measure_influence(const Mention& mention) {
    double score = 0;
    Influence influence;
    if (const auto followers = mention.author.followers) {
        const auto count = std::max<std::int64_t>(0, *followers);
        score += std::min(kMostFromFollowers, kPerTenfoldFollowers * std::log10(1.0 + static_cast<double>(count)));
        influence.reasons.push_back(std::to_string(count) + (count == 1 ? " follower" : " followers"));
    } else {
        score += kUnknownAuthor;
        influence.reasons.emplace_back("followers unknown");
    }
    if (mention.author.verified) {
        score += kVerified;
        influence.reasons.emplace_back("verified account");
    }
    const auto at_least_none = [](std::int64_t count) { return static_cast<double>(std::max<std::int64_t>(0, count)); };
    // Sharing carries a post to new readers, which an answer or a like does not.
    const double engagement =
        at_least_none(mention.replies) + 2 * at_least_none(mention.reshares) + at_least_none(mention.likes);
    if (engagement > 0) {
        score += std::min(kMostFromEngagement, kPerTenfoldEngagement * std::log10(1.0 + engagement));
        influence.reasons.push_back(std::to_string(mention.replies) + " replies, " + std::to_string(mention.reshares) +
                                    " reshares, " + std::to_string(mention.likes) + " likes");
    }
    influence.score = static_cast<int>(std::lround(std::clamp(score, 0.0, 100.0)));
    return influence;
}

}  // namespace rasid
