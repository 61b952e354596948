#pragma once

#include "rules/compiled_rules.hpp"
#include "rules/proximity.hpp"

#include <vector>

namespace rasid {

/// A mention cut into words once for all rules. The title counts as a text of its own: no phrase reaches from one into
/// the other.
struct AssessedText {
    explicit AssessedText(const Mention& mention);

    const Mention& mention;
    TokenizedText words;
    TokenizedText title_words;
};

/// Answers which rules hold for one mention. Language and sentiment of the verdict must be known; it must outlive this.
class Evaluator {
public:
    Evaluator(const RuleSet::Compiled& rules, const AssessedText& text, const Context& context, const Verdict& verdict);

    /// Indices of the rules that hold, ascending.
    std::vector<std::uint32_t> holding() const;

    /// What made a holding rule hold: words and patterns that it asks for, not those that it forbids. Sorted, each
    /// range once, at most limits::kHitsPerRule.
    std::vector<HitRange> hits(std::uint32_t rule) const;

private:
    bool holds(const CompiledNode& node) const;
    void collect(const CompiledNode& node, bool wanted, std::vector<HitRange>& out) const;
    std::vector<TermPlace> places(const CompiledNode& node) const;
    std::vector<std::vector<TermPlace>> groups(const CompiledNode& node, std::size_t most) const;
    bool found(std::uint32_t term) const;
    bool pattern_matches(std::uint32_t pattern) const;

    const RuleSet::Compiled& rules_;
    const AssessedText& text_;
    const Context& context_;
    const Verdict& verdict_;
    std::vector<TermHit> hits_;            ///< in the text, by term
    std::vector<TermHit> title_hits_;      ///< in the title, by term
    std::vector<std::uint32_t> patterns_;  ///< that may match text or title, ascending
};

}  // namespace rasid
