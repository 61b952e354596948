#pragma once

#include "core/survey.hpp"
#include "core/touch.hpp"
#include "engagement/clv.hpp"
#include "engagement/familiarity.hpp"
#include "engagement/rfm.hpp"
#include "engagement/risk.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace rasid {

struct ScoreRules {
    FamiliarityRules familiarity = {};
    RfmRules rfm = {};
    RiskRules risk = {};
};

/// Every figure of one customer, each with how it came about.
struct CustomerScores {
    Figure familiarity = {};
    Rfm rfm = {};
    Clv clv = {};
    Figure risk = {};
    Figure expected_loss = {};
};

/// `churn_rate` is that of his segment; nullopt: not known. `rules.rfm` must be checked.
CustomerScores scores_of(const PlanState& plan, std::span<const LedgerEntry> ledger, std::optional<double> churn_rate,
                         Instant now, const ScoreRules& rules = {});

/// All of them for `rasid explain`.
std::string print(const CustomerScores& scores);

/// Indices of customers, the one with most to lose first; those without a figure last, in their order.
std::vector<std::size_t> by_expected_loss(std::span<const CustomerScores> customers);

}  // namespace rasid
