#pragma once

#include "rules/rule_set.hpp"

#include <optional>
#include <vector>

namespace rasid {

/// One rule tried on mentions that were understood before: their language and sentiment are those of the verdict, with
/// what people corrected. Immutable; safe from any thread.
class RuleTrial {
public:
    /// Compiles the rule alone, whether or not it is enabled.
    explicit RuleTrial(Rule rule);

    const std::vector<SetupError>& errors() const { return compiled_.errors; }  ///< empty: it can be tried

    /// Whether it asks who wrote a mention, so that the context must know the customer.
    bool asks_for_customer() const;

    /// The words that made it hit; nullopt: it does not hit.
    std::optional<std::vector<Hit>> hits(const Mention& mention, const Context& context, const Verdict& verdict) const;

private:
    CompiledRules compiled_;
};

}  // namespace rasid
