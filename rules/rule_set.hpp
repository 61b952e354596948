#pragma once

#include "core/context.hpp"
#include "core/mention.hpp"
#include "core/setup.hpp"
#include "core/setup_toml.hpp"
#include "core/verdict.hpp"
#include "rules/query.hpp"
#include "rules/sentiment_settings.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace rasid {

/// All rules compiled into one matcher. Immutable: a change of the rules makes a new one and swaps the pointer.
class RuleSet {
public:
    struct Compiled;
    RuleSet();  ///< no rules
    explicit RuleSet(std::shared_ptr<const Compiled> compiled);
    const Compiled& compiled() const { return *compiled_; }

    /// The same rules, judging sentiment as the settings say.
    RuleSet with(SentimentSettings settings) const;
    const SentimentSettings& sentiment() const { return sentiment_; }

private:
    std::shared_ptr<const Compiled> compiled_;
    SentimentSettings sentiment_;
};

struct CompiledRules {
    RuleSet rules = {};
    std::vector<SetupError> errors = {};  ///< empty: every enabled rule is in the set
};

/// Compiles the enabled rules. Errors carry the place inside the query: a TOML origin is moved to the word that is
/// wrong.
CompiledRules compile(const std::vector<Rule>& rules);

/// What is wrong with one query, its patterns included; nullopt for a good one.
std::optional<QueryError> check_query(const std::string& query);

/// Everything that can be understood about one mention, with its reasons. Pure; safe from any thread.
Verdict assess(const RuleSet& rules, const Mention& mention, const Context& context);

}  // namespace rasid
