#pragma once

#include "rules/patterns.hpp"
#include "rules/query.hpp"
#include "rules/rule_set.hpp"
#include "rules/term_trie.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace rasid {

/// A query ready to be evaluated. Terms are numbers of the trie that all rules share.
struct CompiledNode {
    enum class Kind : std::uint8_t { nothing, term, together, near, regex, field, all, any, negation };
    Kind kind = Kind::nothing;
    std::uint16_t distance = 0;               ///< of near and together: other words between
    std::uint32_t index = 0;                  ///< of the term, regex or field
    std::vector<CompiledNode> children = {};  ///< together: terms; near: two of terms and any
};

struct CompiledRule {
    std::string name = {};
    std::string queue = {};
    Priority priority = Priority::normal;
    std::vector<std::string> tags = {};
    std::string brand = {};
    bool ignore = false;
    CompiledNode tree = {};
};

/// A field condition with its values folded once.
struct CompiledField {
    QueryField::Name name = QueryField::Name::author;
    QueryField::Comparison comparison = QueryField::Comparison::any_of;
    double number = 0;
    std::vector<std::string> values = {};
};

struct RuleSet::Compiled {
    TermTrie terms = {};
    std::vector<CompiledRule> rules = {};
    Patterns patterns = {};
    std::vector<std::vector<std::uint32_t>> rules_of_term = {};     ///< rules that a term makes candidates
    std::vector<std::vector<std::uint32_t>> rules_of_pattern = {};  ///< rules that a pattern makes candidates
    std::vector<std::uint32_t> always = {};  ///< rules that can hold without any of their words and patterns
    std::vector<CompiledField> fields = {};
};

/// Whether a field condition holds for a mention; `words` are those of its text, language and sentiment of the verdict
/// are known.
bool field_holds(const CompiledField& field, const Mention& mention, const Context& context, const Verdict& verdict,
                 const TokenizedText& words);

CompiledField compile_field(const QueryField& field);

}  // namespace rasid
