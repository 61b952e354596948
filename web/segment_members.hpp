#pragma once

#include "engagement/customer_scores.hpp"
#include "engagement/segment.hpp"
#include "storage/reader.hpp"

#include <optional>
#include <string_view>

namespace rasid {

/// Whether a customer belongs to a segment. Of his figures only those are reckoned that the predicate asks for.
/// `churn_rate` is that of his brand.
bool belongs(Reader& reader, const Predicate& predicate, const Customer& customer, std::optional<double> churn_rate,
             const ScoreRules& rules, Instant now);

/// A stored segment's predicate; nullopt where there is no such segment, or what is stored cannot be read.
std::optional<Predicate> predicate_of(Reader& reader, std::string_view segment);

}  // namespace rasid
