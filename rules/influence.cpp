#include "rules/influence.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <initializer_list>
#include <string>

namespace rasid {
namespace {

constexpr int kMostFromReach = 60;
constexpr int kUnknownReach = 10;
constexpr int kVerified = 10;
constexpr int kMostFromEngagement = 20;
constexpr double kPerTenfoldEngagement = 7;
constexpr int kMostFromHistory = 10;
constexpr double kPerTenfoldMentions = 4;
constexpr int kTicketBefore = 2;

constexpr std::array<double, 7> kPercentiles = {0, 25, 50, 75, 90, 99, 99.9};

/// Followers of the accounts that stand at kPercentiles; one more point, 100, is a thousand times the last.
struct Spread {
    std::string_view platform;
    std::array<double, kPercentiles.size()> followers;
};

constexpr Spread kAverage = {"", {0, 10, 60, 300, 1'000, 20'000, 300'000}};
constexpr std::array<Spread, 8> kSpreads = {{
    {"x", {0, 10, 60, 350, 1'200, 20'000, 300'000}},
    {"mastodon", {0, 5, 25, 120, 450, 5'000, 40'000}},
    {"bluesky", {0, 5, 25, 120, 500, 8'000, 80'000}},
    {"instagram", {0, 50, 200, 600, 1'500, 30'000, 500'000}},
    {"tiktok", {0, 20, 100, 500, 2'000, 50'000, 800'000}},
    {"youtube", {0, 2, 20, 200, 1'500, 60'000, 1'000'000}},
    {"facebook", {0, 50, 200, 500, 1'000, 10'000, 200'000}},
    {"threads", {0, 10, 50, 250, 900, 15'000, 250'000}},
}};

double at_least_none(std::int64_t count) { return static_cast<double>(std::max<std::int64_t>(0, count)); }

int points(double value, int most) { return static_cast<int>(std::lround(std::clamp<double>(value, 0, most))); }

/// The values of a reason follow its points.
void add(Influence& influence, std::string_view name, int number, std::string_view code,
         std::initializer_list<std::int64_t> values = {}) {
    influence.parts.push_back({std::string(name), number});
    influence.score += number;
    Reason reason{"influence." + std::string(code), {"+" + std::to_string(number)}};
    for (const auto value : values) reason.values.push_back(std::to_string(value));
    influence.reasons.push_back(std::move(reason));
}

void add_reach(Influence& influence, const Mention& mention) {
    const auto followers = mention.author.followers;
    if (!followers) return add(influence, "reach", kUnknownReach, "reach.unknown");
    const auto percentile = follower_percentile(mention.key.platform, *followers);
    // Above the median each further account counts the more the rarer it is: the last percents hold all the reach.
    const auto rarity = -std::log10(std::max(1e-4, 1 - percentile / 100)) / 4;
    const auto count = std::max<std::int64_t>(0, *followers);
    add(influence, "reach", points(kMostFromReach * (0.4 * percentile / 100 + 0.6 * rarity), kMostFromReach), "reach",
        {count, static_cast<int>(percentile)});
}

void add_engagement(Influence& influence, const Mention& mention) {
    // Sharing carries a post to new readers, which an answer or a like does not.
    const double engagement =
        at_least_none(mention.replies) + 2 * at_least_none(mention.reshares) + at_least_none(mention.likes);
    if (engagement <= 0) return;
    add(influence, "engagement", points(kPerTenfoldEngagement * std::log10(1.0 + engagement), kMostFromEngagement),
        "engagement", {mention.replies, mention.reshares, mention.likes});
}

void add_history(Influence& influence, const Context::History& history) {
    if (history.mentions <= 0) return;
    const auto number =
        points(kPerTenfoldMentions * std::log10(1.0 + history.mentions) + (history.tickets > 0 ? kTicketBefore : 0),
               kMostFromHistory);
    add(influence, "history", number, "history", {history.mentions, history.tickets});
}

}  // namespace

double follower_percentile(std::string_view platform, std::int64_t followers) {
    const auto own = std::find_if(kSpreads.begin(), kSpreads.end(),
                                  [&](const Spread& spread) { return spread.platform == platform; });
    const auto& points_of = (own == kSpreads.end() ? kAverage : *own).followers;
    const auto count = at_least_none(followers);
    const auto between = [&](double low, double high, double from, double to) {
        const auto share = (std::log1p(count) - std::log1p(low)) / (std::log1p(high) - std::log1p(low));
        return from + (to - from) * std::clamp(share, 0.0, 1.0);
    };
    for (std::size_t i = 1; i < points_of.size(); ++i)
        if (count <= points_of[i]) return between(points_of[i - 1], points_of[i], kPercentiles[i - 1], kPercentiles[i]);
    return between(points_of.back(), points_of.back() * 1000, kPercentiles.back(), 100);
}

Influence measure_influence(const Mention& mention, const Context& context) {
    Influence influence;
    add_reach(influence, mention);
    if (mention.author.verified) add(influence, "verified", kVerified, "verified");
    add_engagement(influence, mention);
    add_history(influence, context.history);
    return influence;
}

}  // namespace rasid
