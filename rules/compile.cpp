#include "rules/compiled_rules.hpp"

#include "core/limits.hpp"
#include "core/text/bidi.hpp"
#include "core/texts.hpp"
#include "rules/query_terms.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace rasid {
namespace {

/// Turns the queries of one set into trees over shared terms.
class Compiler {
public:
    explicit Compiler(RuleSet::Compiled& out) : out_(out) {}

    std::optional<QueryError> add(const Rule& rule) {
        auto parsed = parse_query(rule.query);
        if (auto* error = std::get_if<QueryError>(&parsed)) return *error;
        query_ = rule.query;
        error_.reset();
        auto tree = compile(std::get<QueryNode>(parsed));
        if (error_) return error_;
        announce(static_cast<std::uint32_t>(out_.rules.size()), tree);
        out_.rules.push_back(
            {rule.name, rule.queue, rule.priority, rule.tags, rule.brand, rule.ignore, std::move(tree)});
        return std::nullopt;
    }

    void finish() {
        out_.rules_of_term.resize(out_.terms.size());
        out_.rules_of_pattern.resize(out_.patterns.size());
        out_.patterns.prepare();
    }

private:
    using Kind = CompiledNode::Kind;

    CompiledNode compile(const QueryNode& node) {
        switch (node.kind) {
        case QueryNode::Kind::term:
            return compile_term(node.term);
        case QueryNode::Kind::regex:
            return compile_regex(node);
        case QueryNode::Kind::field:
            out_.fields.push_back(compile_field(node.field));
            return {.kind = Kind::field, .index = static_cast<std::uint32_t>(out_.fields.size() - 1)};
        case QueryNode::Kind::near:
            return with_children(Kind::near, node);
        case QueryNode::Kind::negation:
            return with_children(Kind::negation, node);
        case QueryNode::Kind::all:
            return cheap_first(with_children(Kind::all, node));
        case QueryNode::Kind::any:
            return cheap_first(with_children(Kind::any, node));
        }
        return {};
    }

    CompiledNode with_children(Kind kind, const QueryNode& node) {
        CompiledNode compiled{.kind = kind, .distance = static_cast<std::uint16_t>(node.distance)};
        compiled.children.reserve(node.children.size());
        for (const auto& child : node.children) compiled.children.push_back(compile(child));
        return compiled;
    }

    /// Patterns run over the whole text; what can decide without them stands before them.
    static CompiledNode cheap_first(CompiledNode node) {
        std::stable_partition(node.children.begin(), node.children.end(),
                              [](const CompiledNode& child) { return !has_regex(child); });
        return node;
    }

    static bool has_regex(const CompiledNode& node) {
        return node.kind == Kind::regex || std::any_of(node.children.begin(), node.children.end(), has_regex);
    }

    CompiledNode compile_term(const QueryTerm& term) {
        auto steps = term_steps(signed_text(term), term.wildcard);
        if (term.distance < 0 || steps.size() == 1) {
            CompiledNode compiled{.kind = Kind::term, .index = out_.terms.add(steps, term.exact)};
            if (!term.plural) return compiled;
            steps.back().text += 's';
            CompiledNode plural{.kind = Kind::term, .index = out_.terms.add(steps, term.exact)};
            return {.kind = Kind::any, .children = {std::move(compiled), std::move(plural)}};
        }
        CompiledNode compiled{.kind = Kind::together, .distance = static_cast<std::uint16_t>(term.distance)};
        for (const auto& step : steps)
            compiled.children.push_back({.kind = Kind::term, .index = out_.terms.add({step}, term.exact)});
        return compiled;
    }

    CompiledNode compile_regex(const QueryNode& node) {
        auto added = out_.patterns.add(node.pattern);
        if (auto* refusal = std::get_if<Patterns::Refusal>(&added)) {
            const auto at = node.offset + 1 + refusal->offset;
            if (!error_) error_ = query_error_at(query_, at, std::move(refusal->problem));
            return {};
        }
        return {.kind = Kind::regex, .index = std::get<std::uint32_t>(added)};
    }

    /// Terms and patterns of which a text has at least one wherever a tree comes out as asked.
    struct Signs {
        std::vector<std::uint32_t> terms = {};
        std::vector<std::uint32_t> patterns = {};

        void add(const Signs& others) {
            terms.insert(terms.end(), others.terms.begin(), others.terms.end());
            patterns.insert(patterns.end(), others.patterns.begin(), others.patterns.end());
        }
        /// Few words are better than many, and words better than patterns.
        bool better_than(const Signs& other) const {
            return std::pair(patterns.size(), terms.size()) < std::pair(other.patterns.size(), other.terms.size());
        }
    };

    void announce(std::uint32_t rule, const CompiledNode& tree) {
        auto signs = signs_of(tree, true);
        if (!signs) return out_.always.push_back(rule);
        const auto enter = [rule](std::vector<std::uint32_t>& signed_by, auto& rules_of) {
            std::sort(signed_by.begin(), signed_by.end());
            signed_by.erase(std::unique(signed_by.begin(), signed_by.end()), signed_by.end());
            if (!signed_by.empty() && rules_of.size() <= signed_by.back()) rules_of.resize(signed_by.back() + 1);
            for (const auto sign : signed_by) rules_of[sign].push_back(rule);
        };
        enter(signs->terms, out_.rules_of_term);
        enter(signs->patterns, out_.rules_of_pattern);
    }

    /// nullopt: the tree can come out as `wanted` without any of its terms and patterns.
    static std::optional<Signs> signs_of(const CompiledNode& node, bool wanted) {
        switch (node.kind) {
        case Kind::term:
            return wanted ? std::optional(Signs{.terms = {node.index}}) : std::nullopt;
        case Kind::regex:
            return wanted ? std::optional(Signs{.patterns = {node.index}}) : std::nullopt;
        case Kind::nothing:
            return wanted ? std::optional(Signs{}) : std::nullopt;
        case Kind::field:
            return std::nullopt;
        case Kind::negation:
            return signs_of(node.children[0], !wanted);
        case Kind::together:
        case Kind::near:
            return wanted ? signs_of_one(node, true) : std::nullopt;
        case Kind::all:
            return wanted ? signs_of_one(node, true) : signs_of_each(node, false);
        case Kind::any:
            return wanted ? signs_of_each(node, true) : signs_of_one(node, false);
        }
        return std::nullopt;
    }

    /// Every child must come out so: the signs of the child that has the best.
    static std::optional<Signs> signs_of_one(const CompiledNode& node, bool wanted) {
        std::optional<Signs> best;
        for (const auto& child : node.children) {
            auto signs = signs_of(child, wanted);
            if (signs && (!best || signs->better_than(*best))) best = std::move(signs);
        }
        return best;
    }

    /// Any child may come out so: the signs of all.
    static std::optional<Signs> signs_of_each(const CompiledNode& node, bool wanted) {
        Signs all;
        for (const auto& child : node.children) {
            const auto signs = signs_of(child, wanted);
            if (!signs) return std::nullopt;
            all.add(*signs);
        }
        return all;
    }

    RuleSet::Compiled& out_;
    std::string_view query_;  ///< of the rule being compiled
    std::optional<QueryError> error_;
};

/// The place of an error in the file. A TOML origin is that of the opening quote; a query of several lines begins on
/// the line after.
Origin place_of(const Rule& rule, const QueryError& error) {
    auto origin = rule.query_origin.line > 0 ? rule.query_origin : rule.origin;
    if (rule.query_origin.line == 0) return origin;
    if (rule.query.find('\n') != std::string::npos) {
        origin.line += error.line;
        origin.column = error.column;
    } else {
        origin.column += error.column;
    }
    return origin;
}

/// The query's place in words too, for a reader who has the query and not the file.
SetupError error_of(const Rule& rule, const QueryError& error) {
    const auto in = [&](std::string_view language) {
        return Texts(language)("query.error", {{"rule", language == "ar" ? isolate(rule.name) : rule.name},
                                               {"line", std::to_string(error.line)},
                                               {"column", std::to_string(error.column)},
                                               {"what", describe(error.problem, language)}});
    };
    return {place_of(rule, error), in("en"), in("ar")};
}

}  // namespace

RuleSet::RuleSet() : compiled_(std::make_shared<const Compiled>()) {}
RuleSet::RuleSet(std::shared_ptr<const Compiled> compiled) : compiled_(std::move(compiled)) {}

RuleSet RuleSet::with(SentimentSettings settings) const {
    RuleSet out(compiled_);
    out.sentiment_ = std::move(settings);
    return out;
}

std::optional<QueryError> check_query(const std::string& query) {
    RuleSet::Compiled compiled;
    return Compiler(compiled).add({.query = query});
}

CompiledRules compile(const std::vector<Rule>& rules) {
    auto compiled = std::make_shared<RuleSet::Compiled>();
    CompiledRules result;
    Compiler compiler(*compiled);
    for (const auto& rule : rules) {
        if (!rule.enabled) continue;
        if (compiled->rules.size() >= limits::kRules) {
            result.errors.push_back({rule.origin,
                                     Texts("en")("query.too_many_rules", {{"most", std::int64_t{limits::kRules}}}),
                                     Texts("ar")("query.too_many_rules", {{"most", std::int64_t{limits::kRules}}})});
            break;
        }
        if (const auto error = compiler.add(rule)) result.errors.push_back(error_of(rule, *error));
    }
    compiler.finish();
    result.rules = RuleSet(std::move(compiled));
    return result;
}

}  // namespace rasid
