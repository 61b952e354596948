#include "engagement/familiarity.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <vector>

namespace rasid {
namespace {

/// A correction takes back the newest contact of the same touch before it.
std::vector<const LedgerEntry*> exposures_of(std::span<const LedgerEntry> ledger) {
    std::vector<const LedgerEntry*> entries;
    for (const auto& entry : ledger) entries.push_back(&entry);
    std::ranges::sort(entries, [](const LedgerEntry* left, const LedgerEntry* right) {
        return std::tie(left->at, left->id) < std::tie(right->at, right->id);
    });
    std::vector<const LedgerEntry*> exposures;
    for (const auto* entry : entries) {
        if (entry->kind != "correction") {
            exposures.push_back(entry);
            continue;
        }
        const auto taken_back = std::find_if(exposures.rbegin(), exposures.rend(), [&](const LedgerEntry* each) {
            return !entry->touch.empty() && each->touch == entry->touch;
        });
        if (taken_back != exposures.rend()) exposures.erase(std::next(taken_back).base());
    }
    return exposures;
}

}  // namespace

double FamiliarityRules::k_of(const std::string& kind, Polarity polarity) const {
    const auto known = kinds.find(kind);
    const double k = known == kinds.end() ? fallback : known->second;
    if (polarity == Polarity::positive) return k * positive;
    return k * (polarity == Polarity::negative ? negative : neutral);
}

Figure familiarity(std::span<const LedgerEntry> ledger, const FamiliarityRules& rules) {
    struct Share {
        int count = 0;
        double sum = 0;
    };
    const auto exposures = exposures_of(ledger);
    Explanation why{.name = "familiarity = Σ k·ln(i ÷ (i − 1)), held within 0 … 1"};
    why.inputs.emplace_back("exposures", std::to_string(exposures.size()));
    std::map<std::string, Share> shares;
    double sum = 0;
    for (std::size_t index = 0; index < exposures.size(); ++index) {
        const auto& entry = *exposures[index];
        const double k = rules.k_of(entry.kind, entry.polarity);
        const double i = static_cast<double>(index + 1);
        const double adds = index == 0 ? 0 : k * std::log(i / (i - 1));
        auto& share = shares[std::string(to_string(entry.polarity)) + " " + entry.kind + ", k = " + plain(k)];
        ++share.count;
        share.sum += adds;
        sum += adds;
    }
    for (const auto& [name, share] : shares)
        why.steps.push_back(std::to_string(share.count) + " × " + name + ": +" + plain(share.sum, 4));
    why.steps.push_back("sum " + plain(sum, 4));
    if (exposures.empty()) return no_figure(std::move(why), "there was no contact yet");
    return figure(std::clamp(sum, 0.0, 1.0), std::move(why));
}

}  // namespace rasid
