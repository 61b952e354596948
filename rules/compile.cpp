#include "rules/compiled_rules.hpp"

#include "core/limits.hpp"
#include "rules/query_terms.hpp"

#include <algorithm>
#include <optional>

namespace rasid {
namespace {

constexpr std::int64_t kPatternMemory = 1 << 20;

/// Turns the queries of one set into trees over shared terms.
class Compiler {
public:
    explicit Compiler(RuleSet::Compiled& out) : out_(out) {}

    std::optional<QueryError> add(const Rule& rule) {
        auto parsed = parse_query(rule.query);
        if (auto* error = std::get_if<QueryError>(&parsed)) return *error;
        query_ = rule.query;
        error_.reset();
        terms_.clear();
        auto tree = compile(std::get<QueryNode>(parsed));
        if (error_) return error_;
        const auto index = static_cast<std::uint32_t>(out_.rules.size());
        if (can_hold(tree, true)) {
            out_.always.push_back(index);
        } else {
            std::sort(terms_.begin(), terms_.end());
            terms_.erase(std::unique(terms_.begin(), terms_.end()), terms_.end());
            out_.rules_of_term.resize(out_.terms.size());
            for (const auto term : terms_) out_.rules_of_term[term].push_back(index);
        }
        out_.rules.push_back(
            {rule.name, rule.queue, rule.priority, rule.tags, rule.brand, rule.ignore, std::move(tree)});
        return std::nullopt;
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
        const auto steps = term_steps(signed_text(term), term.wildcard);
        if (term.distance < 0 || steps.size() == 1) return {.kind = Kind::term, .index = add_term(steps, term.exact)};
        CompiledNode compiled{.kind = Kind::together, .distance = static_cast<std::uint16_t>(term.distance)};
        for (const auto& step : steps)
            compiled.children.push_back({.kind = Kind::term, .index = add_term({step}, term.exact)});
        return compiled;
    }

    std::uint32_t add_term(const std::vector<TermStep>& steps, bool exact) {
        const auto term = out_.terms.add(steps, exact);
        terms_.push_back(term);
        return term;
    }

    CompiledNode compile_regex(const QueryNode& node) {
        RE2::Options options;
        options.set_max_mem(kPatternMemory);
        options.set_log_errors(false);
        options.set_never_capture(true);
        auto pattern = std::make_unique<RE2>(node.pattern, options);
        if (!pattern->ok()) {
            if (!error_)
                error_ = query_error_at(query_, node.offset, "this pattern cannot be used: " + pattern->error());
            return {};
        }
        out_.patterns.push_back(std::move(pattern));
        return {.kind = Kind::regex, .index = static_cast<std::uint32_t>(out_.patterns.size() - 1)};
    }

    /// Whether the tree can come out as `wanted` for a text without any of its terms.
    static bool can_hold(const CompiledNode& node, bool wanted) {
        const auto child_can = [&](bool result) {
            return [result](const CompiledNode& child) { return can_hold(child, result); };
        };
        const auto& children = node.children;
        switch (node.kind) {
        case Kind::nothing:
        case Kind::term:
        case Kind::together:
        case Kind::near:
            return !wanted;
        case Kind::regex:
        case Kind::field:
            return true;
        case Kind::negation:
            return can_hold(children[0], !wanted);
        case Kind::all:
            return wanted ? std::all_of(children.begin(), children.end(), child_can(true))
                          : std::any_of(children.begin(), children.end(), child_can(false));
        case Kind::any:
            return wanted ? std::any_of(children.begin(), children.end(), child_can(true))
                          : std::all_of(children.begin(), children.end(), child_can(false));
        }
        return true;
    }

    RuleSet::Compiled& out_;
    std::string_view query_;
    std::vector<std::uint32_t> terms_;  ///< of the rule being compiled
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

std::string describe(const Rule& rule, const QueryError& error) {
    return "query of rule `" + rule.name + "`, line " + std::to_string(error.line) + ", column " +
           std::to_string(error.column) + ": " + error.what;
}

}  // namespace

RuleSet::RuleSet() : compiled_(std::make_shared<const Compiled>()) {}
RuleSet::RuleSet(std::shared_ptr<const Compiled> compiled) : compiled_(std::move(compiled)) {}

CompiledRules compile(const std::vector<Rule>& rules) {
    auto compiled = std::make_shared<RuleSet::Compiled>();
    CompiledRules result;
    Compiler compiler(*compiled);
    for (const auto& rule : rules) {
        if (!rule.enabled) continue;
        if (compiled->rules.size() >= limits::kRules) {
            result.errors.push_back(
                {rule.origin, "more than " + std::to_string(limits::kRules) + " enabled rules; disable some"});
            break;
        }
        if (const auto error = compiler.add(rule))
            result.errors.push_back({place_of(rule, *error), describe(rule, *error)});
    }
    compiled->rules_of_term.resize(compiled->terms.size());
    result.rules = RuleSet(std::move(compiled));
    return result;
}

}  // namespace rasid
