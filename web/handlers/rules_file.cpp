#include "core/setup_toml.hpp"
#include "web/handlers/handlers.hpp"
#include "web/setup_writing.hpp"

#include <algorithm>

namespace rasid::handlers {
namespace {

constexpr int kHitDays = 30;

/// A rules file that brings anything else would change more than managers may.
bool holds_rules_only(const Setup& setup) {
    Setup rules;
    rules.rules = setup.rules;
    return setup == rules;
}

bool may_change(const Person& person, const Setup& before, const std::vector<SetupChange>& changes,
                const Setup& after) {
    return std::ranges::all_of(changes, [&](const SetupChange& change) {
        const auto* old = find_named(before.rules, change.name);
        const auto* fresh = find_named(after.rules, change.name);
        return (!old || sees_brand(person, old->brand)) && (!fresh || sees_brand(person, fresh->brand));
    });
}

}  // namespace

Task<Response> get_rule_hits(Site& site, const Request& request) {
    const auto since = site.clock.now() - std::chrono::days(kHitDays);
    const auto brands = request.person().brands;
    const auto hits = co_await site.database.read([&](Reader& reader) { return reader.rule_hits(since, brands); });
    JsonWriter out;
    out.object([&] {
        out.member("days", kHitDays);
        out.objects("rules", hits, [&](const auto& rule) {
            out.member("name", rule.first);
            out.member("mentions", rule.second);
        });
    });
    co_return json_response(std::move(out).take());
}

Task<Response> get_rules_file(Site& site, const Request&) {
    Setup rules;
    rules.rules = site.workspace->setup.rules;
    Response response;
    response.type = "application/toml; charset=utf-8";
    response.body = print_setup(rules);
    response.headers.push_back({"Content-Disposition", "attachment; filename=\"rules.toml\""});
    co_return response;
}

Task<Response> put_rules_file(Site& site, const Request& request) {
    const auto type = request.header("Content-Type");
    if (type.substr(0, type.find(';')) != "application/toml")
        co_return problem(415, "wrong_content_type", "the body must be application/toml");
    const auto parsed = parse_setup(request.body, "rules.toml");
    if (!parsed.errors.empty()) co_return refused_setup(parsed.errors);
    if (!holds_rules_only(parsed.setup)) co_return problem(403, "forbidden", "this file holds more than rules");
    const auto before = co_await site.database.read([](Reader& reader) { return reader.setup(); });
    const auto after = merge(before, parsed.setup, false);
    const auto changes = difference(before, after);
    if (!may_change(request.person(), before, changes, after))
        co_return problem(403, "forbidden", "some of these rules do not belong to your brands");
    const auto errors = co_await errors_of(site, after);
    if (!errors) co_return throttled(std::chrono::seconds(1));
    if (!errors->empty()) co_return refused_setup(*errors);
    if (request.parameter("dry_run") != "1" && !changes.empty()) {
        auto refused = co_await store_setup(site, request, before, after, std::to_string(changes.size()) + " rules");
        if (refused) co_return std::move(*refused);
    }
    co_return changes_response(changes, after);
}

}  // namespace rasid::handlers
