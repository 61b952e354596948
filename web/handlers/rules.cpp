#include "rules/query_fields.hpp"
#include "rules/query_fix.hpp"
#include "rules/rule_set.hpp"
#include "web/handlers/handlers.hpp"
#include "web/json_members.hpp"

#include <array>
#include <map>
#include <set>

namespace rasid::handlers {
namespace {

constexpr std::array<std::string_view, 14> kLanguages = {"ar", "ar-Latn", "de", "en", "es", "fa", "fr",
                                                         "hi", "id",      "it", "pt", "ru", "tr", "ur"};

std::string_view word_of(QueryNode::Kind kind) {
    switch (kind) {
    case QueryNode::Kind::term:
        return "term";
    case QueryNode::Kind::field:
        return "field";
    case QueryNode::Kind::regex:
        return "pattern";
    case QueryNode::Kind::near:
        return "near";
    case QueryNode::Kind::all:
        return "all";
    case QueryNode::Kind::any:
        return "any";
    case QueryNode::Kind::negation:
        return "not";
    }
    return "term";
}

void write_tree(JsonWriter& out, const QueryNode& node) {
    out.object([&] {
        out.member("kind", word_of(node.kind));
        if (node.children.empty()) out.member("text", print_query(node));
        if (node.kind == QueryNode::Kind::near) out.member("distance", node.distance);
        if (!node.children.empty())
            out.list("children", node.children, [&](const QueryNode& child) { write_tree(out, child); });
    });
}

void write_error(JsonWriter& out, const std::string& query, const QueryError& error) {
    out.object([&] {
        out.member("line", error.line);
        out.member("column", error.column);
        out.member("what", describe(error.problem, "en"));
        out.member("what_ar", describe(error.problem, "ar"));
        out.key("fix");
        const auto fix = likely_fix(query, error);
        if (!fix) return out.null();
        out.object([&] {
            out.member("replaces", fix->replaces);
            out.member("with", fix->with);
            out.member("query", fix->query);
        });
    });
}

/// Words that a field of the query language can be given, as far as this workspace knows them.
using Values = std::map<QueryField::Name, std::set<std::string>>;

Values values_of(const Site& site, const std::vector<SourceRecord>& sources) {
    using Name = QueryField::Name;
    const auto& setup = site.workspace->setup;
    Values values;
    for (const auto name : field_names())
        for (auto& word : field_words(name)) values[name].insert(std::move(word));
    for (const auto& source : sources) {
        values[Name::source].insert(source.name);
        if (!site.hooks.platform_of) continue;
        if (auto platform = site.hooks.platform_of(source.name); !platform.empty())
            values[Name::platform].insert(std::move(platform));
    }
    values[Name::language].insert(kLanguages.begin(), kLanguages.end());
    values[Name::customer] = {"any", "none"};
    for (const auto& [tier, points] : setup.priorities.tiers) values[Name::tier].insert(tier);
    for (const auto& target : setup.targets) values[Name::tier].insert(target.tier);
    for (const auto& guideline : setup.guidelines) values[Name::tier].insert(guideline.tier);
    for (const auto& plan : setup.plans) values[Name::plan].insert(plan.name);
    for (auto& [name, words] : values) words.erase("");
    return values;
}

std::vector<std::string> listed(const std::set<std::string>& words) { return {words.begin(), words.end()}; }

template <typename Item>
std::vector<std::string> names_of(const std::vector<Item>& items) {
    std::vector<std::string> names;
    for (const auto& item : items) names.push_back(item.name);
    return names;
}

}  // namespace

Task<Response> post_rule_check(Site&, const Request& request) {
    JsonMembers in(request);
    // What is too long for a query is told as any other error of it.
    const auto query = in.optional_text("query", limits::kRequestBody);
    if (auto refused = in.refuse()) co_return std::move(*refused);
    if (!query) co_return problem(400, "bad_request", "`query` is missing");
    const auto error = check_query(*query);
    const auto parsed = parse_query(*query);
    JsonWriter out;
    out.object([&] {
        out.key("errors");
        out.array([&] {
            if (error) write_error(out, *query, *error);
        });
        const auto* tree = std::get_if<QueryNode>(&parsed);
        out.text_or_null("query", tree ? print_query(*tree) : std::string());
        out.key("tree");
        if (!tree) return out.null();
        write_tree(out, *tree);
    });
    co_return json_response(std::move(out).take());
}

Task<Response> get_rule_completions(Site& site, const Request&) {
    const auto sources = co_await site.database.read([](Reader& reader) { return reader.sources(); });
    const auto values = values_of(site, sources);
    const auto& setup = site.workspace->setup;
    std::set<std::string> tags;
    std::set<std::string> brands;
    for (const auto& rule : setup.rules) {
        tags.insert(rule.tags.begin(), rule.tags.end());
        brands.insert(rule.brand);
    }
    for (const auto& queue : setup.queues) brands.insert(queue.brand);
    brands.erase("");
    JsonWriter out;
    out.object([&] {
        out.objects("fields", field_names(), [&](QueryField::Name name) {
            const auto known = values.find(name);
            out.member("name", to_string(name));
            out.member("kind", is_numeric(name) ? "number" : "list");
            out.strings("values", known == values.end() ? std::vector<std::string>() : listed(known->second));
        });
        out.strings("operators", {"AND", "OR", "NOT", "NEAR/3"});
        out.strings("queues", names_of(setup.queues));
        out.strings("tags", listed(tags));
        out.strings("brands", listed(brands));
        out.strings("conduct", names_of(setup.conduct));
    });
    co_return json_response(std::move(out).take());
}

}  // namespace rasid::handlers
