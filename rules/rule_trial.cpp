#include "rules/rule_trial.hpp"

#include "rules/compiled_rules.hpp"
#include "rules/evaluator.hpp"

#include <algorithm>

namespace rasid {
namespace {

Rule enabled(Rule rule) {
    rule.enabled = true;
    return rule;
}

}  // namespace

RuleTrial::RuleTrial(Rule rule) : compiled_(compile({enabled(std::move(rule))})) {}

bool RuleTrial::asks_for_customer() const {
    using Name = QueryField::Name;
    return std::ranges::any_of(compiled_.rules.compiled().fields, [](const CompiledField& field) {
        return field.name == Name::customer || field.name == Name::tier || field.name == Name::plan;
    });
}

std::optional<std::vector<Hit>> RuleTrial::hits(const Mention& mention, const Context& context,
                                                const Verdict& verdict) const {
    const auto& rules = compiled_.rules.compiled();
    if (rules.rules.empty()) return std::nullopt;
    const AssessedText text(mention);
    const Evaluator evaluator(rules, text, context, verdict);
    if (evaluator.holding().empty()) return std::nullopt;
    std::vector<Hit> hits;
    for (const auto& range : evaluator.hits(0)) {
        hits.push_back({rules.rules.front().name, mention.text.substr(range.start, range.end - range.start),
                        range.start, range.end});
    }
    return hits;
}

}  // namespace rasid
