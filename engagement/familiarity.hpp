#pragma once

#include "core/touch.hpp"
#include "engagement/explanation.hpp"

#include <map>
#include <span>
#include <string>

namespace rasid {

/// How much an exposure of a kind and polarity adds. A kind without an entry has `fallback`, times the polarity's
/// share.
struct FamiliarityRules {
    double fallback = 0.10;
    std::map<std::string, double> kinds = {{"call", 0.25},          {"gift", 0.25},  {"personal_card", 0.20},
                                           {"greeting_card", 0.15}, {"reply", 0.15}, {"follow_up_note", 0.15},
                                           {"newsletter", 0.05}};
    double positive = 1.0;
    double neutral = 1.0;
    double negative = 0.5;

    double k_of(const std::string& kind, Polarity polarity) const;
};

/// How well a customer knows us: P = k·ln(n), generalised to exposures of different worth. In order of time the first
/// adds nothing and the i-th adds k_i·ln(i/(i−1)); the sum is held within [0, 1]. With one k it is k·ln(n). Corrections
/// and what they take back are no exposures. No figure without an exposure.
Figure familiarity(std::span<const LedgerEntry> ledger, const FamiliarityRules& rules = {});

}  // namespace rasid
