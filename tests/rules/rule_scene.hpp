#pragma once

#include "rules/rule_set.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace rasid {

inline Rule rule_of(std::string name, std::string query) {
    Rule rule;
    rule.name = std::move(name);
    rule.query = std::move(query);
    return rule;
}

inline Mention mention_of(std::string text) {
    Mention mention;
    mention.key = {"x", "1"};
    mention.text = std::move(text);
    return mention;
}

inline RuleSet rules_of(const std::vector<Rule>& rules) {
    auto compiled = compile(rules);
    for (const auto& error : compiled.errors) ADD_FAILURE() << to_string(error);
    return compiled.rules;
}

inline bool matches(const std::string& query, const Mention& mention, const Context& context = {}) {
    return !assess(rules_of({rule_of("r", query)}), mention, context).rules.empty();
}

inline bool matches(const std::string& query, std::string text) { return matches(query, mention_of(std::move(text))); }

/// The texts of the hits, each checked against its offsets.
inline std::vector<std::string> hit_words(const std::string& query, const std::string& text) {
    std::vector<std::string> out;
    for (const auto& hit : assess(rules_of({rule_of("r", query)}), mention_of(text), {}).hits) {
        EXPECT_EQ(text.substr(hit.start, hit.end - hit.start), hit.text);
        out.push_back(hit.text);
    }
    return out;
}

}  // namespace rasid
