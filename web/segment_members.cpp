#include "web/segment_members.hpp"

#include "web/customer_desk.hpp"

#include <algorithm>

namespace rasid {
namespace {

bool asks_for(const Predicate& predicate, std::string_view field) {
    return predicate.field == field ||
           std::ranges::any_of(predicate.parts, [&](const Predicate& part) { return asks_for(part, field); });
}

}  // namespace

bool belongs(Reader& reader, const Predicate& predicate, const Customer& customer, std::optional<double> churn_rate,
             const ScoreRules& rules, Instant now) {
    const auto today = utc_date(now);
    SegmentFacts facts{.customer = &customer, .today = today};
    const bool loss = asks_for(predicate, "expected_loss");
    if (asks_for(predicate, "rfm") || asks_for(predicate, "rfm_segment")) {
        const auto scored = rfm(customer, today, rules.rfm);
        facts.rfm = scored.figure.value;
        facts.rfm_segment = scored.segment;
    }
    if (asks_for(predicate, "familiarity"))
        facts.familiarity = familiarity(reader.ledger(customer.id, kLedgerOfScores), rules.familiarity).value;
    const auto value = clv(customer, churn_rate, today);
    facts.clv_minor = value.figure.value;
    if (loss || asks_for(predicate, "risk")) {
        const auto leaving = risk(reader.cases(customer.id), now, rules.risk);
        facts.risk = leaving.value;
        facts.expected_loss_minor = expected_loss(value.figure, leaving).value;
    }
    return matches(predicate, facts);
}

std::optional<Predicate> predicate_of(Reader& reader, std::string_view segment) {
    for (const auto& stored : reader.segments()) {
        if (stored.name != segment) continue;
        const auto json = parse_json(stored.predicate);
        if (!json) return std::nullopt;
        auto predicate = parse_predicate(json->root());
        return predicate ? std::optional(std::move(*predicate)) : std::nullopt;
    }
    return std::nullopt;
}

}  // namespace rasid
