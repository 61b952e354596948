#include "core/setup_toml.hpp"
#include "web/handlers/handlers.hpp"
#include "web/json_members.hpp"
#include "web/setup_items.hpp"
#include "web/setup_writing.hpp"

#include <algorithm>

namespace rasid::handlers {
namespace {

bool flag(const Request& request, std::string_view name) { return request.parameter(name) == "1"; }

/// Managers change rules, queues, rotas and ladders; the rest of the setup is an admin's. People who are limited to
/// brands change what belongs to those brands only, before and after.
std::optional<Response> refuse_kind(const Request& request, std::string_view kind,
                                    const std::vector<std::string>& brands) {
    if (!is_setup_kind(kind)) return not_found();
    const auto& person = request.person();
    const bool shared =
        kind == "rules" || kind == "queues" || kind == "rotas" || kind == "ladders" || kind == "replies";
    if (person.role != Role::admin && !shared) return problem(403, "forbidden", "only an admin changes these");
    const bool foreign =
        std::any_of(brands.begin(), brands.end(), [&](const std::string& brand) { return !sees_brand(person, brand); });
    if (foreign) return problem(403, "forbidden", "this does not belong to your brands");
    return std::nullopt;
}

/// Who would be left naming it.
bool is_in_use(const Setup& setup, std::string_view kind, const std::string& name) {
    const auto any = [](const auto& list, const auto& names_it) {
        return std::any_of(list.begin(), list.end(), names_it);
    };
    if (kind == "queues") {
        return any(setup.rules, [&](const Rule& rule) { return rule.queue == name; }) ||
               any(setup.replies, [&](const CannedReply& reply) { return reply.queue == name; });
    }
    if (kind == "ladders") return any(setup.queues, [&](const Queue& queue) { return queue.ladder == name; });
    if (kind == "calendars") return any(setup.queues, [&](const Queue& queue) { return queue.calendar == name; });
    const auto told = [&](const std::string& to) {
        return any(setup.ladders, [&](const Ladder& ladder) {
            return any(ladder.steps, [&](const LadderStep& step) { return step.to == to; });
        });
    };
    if (kind == "rotas") return told("on-call:" + name);
    if (kind != "people") return false;
    return told("person:" + name) || any(setup.rotas, [&](const Rota& rota) {
               return any(rota.people, [&](const std::string& person) { return person == name; }) ||
                      any(rota.overrides, [&](const RotaOverride& instead) { return instead.person == name; });
           });
}

Task<Setup> stored_setup(Site& site) {
    auto setup = co_await site.database.read([](Reader& reader) { return reader.setup(); });
    co_return setup;
}

/// Which versions of an item a PUT speaks of.
struct MeantVersions {
    std::int64_t restores = 0;  ///< brings this one back; 0: none
    std::optional<Response> refused = {};
};

/// `restores` must be a version of the item, `If-Match` its newest one.
Task<MeantVersions> versions_meant(Site& site, const Request& request) {
    const auto restores = request.parameter("restores");
    const auto expected = request.header("If-Match");
    if (restores.empty() && expected.empty()) co_return MeantVersions();
    const auto word = word_of_setup_kind(request.args[0]);
    const auto& name = request.args[1];
    const auto read = [&](Reader& reader) { return reader.setup_history(word, name, limits::kSetupVersions); };
    const auto versions = co_await site.database.read(read);
    MeantVersions meant;
    const auto newest = versions.empty() ? std::int64_t{0} : versions.front().number;
    if (!expected.empty() && expected != std::to_string(newest))
        meant.refused = problem(409, "stale_version", "somebody else changed this meanwhile; read it again");
    for (const auto& version : versions)
        if (std::to_string(version.number) == restores) meant.restores = version.number;
    if (!restores.empty() && meant.restores == 0)
        meant.refused = problem(400, "bad_request", "`restores` is the number of a version of this item");
    co_return meant;
}

}  // namespace

Task<Response> get_setup(Site& site, const Request&) {
    const auto setup = co_await stored_setup(site);
    Response response;
    response.type = "application/toml; charset=utf-8";
    response.body = print_setup(setup);
    co_return response;
}

Task<Response> put_setup(Site& site, const Request& request) {
    const auto type = request.header("Content-Type");
    if (type.substr(0, type.find(';')) != "application/toml")
        co_return problem(415, "wrong_content_type", "the body must be application/toml");
    auto parsed = parse_setup(request.body, "setup.toml");
    if (!parsed.errors.empty()) co_return refused_setup(parsed.errors);
    const auto before = co_await stored_setup(site);
    const auto after = merge(before, parsed.setup, flag(request, "replace"));
    const auto errors = co_await errors_of(site, after);
    if (!errors) co_return throttled(std::chrono::seconds(1));
    if (!errors->empty()) co_return refused_setup(*errors);
    if (loses_last_admin(before, after))
        co_return problem(409, "last_admin", "nobody would be left to change the setup");
    const auto changes = difference(before, after);
    if (!flag(request, "dry_run") && !changes.empty()) {
        auto refused = co_await store_setup(site, request, before, after, std::to_string(changes.size()) + " changes");
        if (refused) co_return std::move(*refused);
    }
    co_return changes_response(changes, after);
}

Task<Response> get_setup_items(Site& site, const Request& request) {
    const auto& kind = request.args[0];
    if (!is_setup_kind(kind)) co_return not_found();
    JsonWriter out;
    write_setup_items(out, site.workspace->setup, kind, request.person().role != Role::moderator);
    co_return json_response(std::move(out).take());
}

Task<Response> put_setup_item(Site& site, const Request& request) {
    const auto& kind = request.args[0];
    const auto& name = request.args[1];
    if (auto refused = refuse_kind(request, kind, {})) co_return std::move(*refused);
    const auto type = request.header("Content-Type");
    if (type.substr(0, type.find(';')) != "application/json")
        co_return problem(415, "wrong_content_type", "the body must be application/json");
    const auto body = parse_json(request.body);
    if (!body) co_return problem(400, "bad_request", body.error().what);
    const auto item = body->root();
    if (!item.is_object()) co_return problem(400, "bad_request", "the body must be one JSON object");
    if (const auto twice = double_member(item))
        co_return problem(400, "bad_request", "the member `" + *twice + "` is there twice");
    if (const auto unknown = unknown_member(kind, item))
        co_return problem(400, "bad_request", "the member `" + *unknown + "` is unknown here");
    if (item["name"].exists() && item["name"].string() != std::optional<std::string_view>(name)) {
        co_return problem(400, "bad_request", "`name` differs from the one in the address");
    }
    auto parsed = read_setup_item(kind, name, item);
    if (!parsed.errors.empty()) co_return refused_setup(parsed.errors);
    const auto before = co_await stored_setup(site);
    std::vector<std::string> brands = {brand_of_setup_item(parsed.setup, kind, name)};
    if (has_setup_item(before, kind, name)) brands.push_back(brand_of_setup_item(before, kind, name));
    if (auto refused = refuse_kind(request, kind, brands)) co_return std::move(*refused);
    auto meant = co_await versions_meant(site, request);
    if (meant.refused) co_return std::move(*meant.refused);

    const auto after = merge(before, parsed.setup, false);
    auto errors = co_await errors_of(site, after);
    if (!errors) co_return throttled(std::chrono::seconds(1));
    place_in_query(*errors, parsed.setup);
    if (!errors->empty()) co_return refused_setup(*errors);
    if (loses_last_admin(before, after))
        co_return problem(409, "last_admin", "nobody would be left to change the setup");
    const auto changes = difference(before, after);
    if (!changes.empty()) {
        const auto version = meant.restores > 0 ? " version " + std::to_string(meant.restores) : std::string();
        const auto what = kind + "/" + name + version;
        auto refused = co_await store_setup(site, request, before, after, what, meant.restores);
        if (refused) co_return std::move(*refused);
    }
    co_return changes_response(changes, after);
}

Task<Response> delete_setup_item(Site& site, const Request& request) {
    const auto& kind = request.args[0];
    const auto& name = request.args[1];
    if (auto refused = refuse_kind(request, kind, {})) co_return std::move(*refused);
    const auto before = co_await stored_setup(site);
    if (!has_setup_item(before, kind, name)) co_return not_found();
    if (auto refused = refuse_kind(request, kind, {brand_of_setup_item(before, kind, name)}))
        co_return std::move(*refused);
    if (is_in_use(before, kind, name)) co_return problem(409, "in_use", "another part of the setup names it");
    const auto after = without_setup_item(before, kind, name);
    if (loses_last_admin(before, after))
        co_return problem(409, "last_admin", "nobody would be left to change the setup");
    auto refused = co_await store_setup(site, request, before, after, kind + "/" + name);
    if (refused) co_return std::move(*refused);
    co_return changes_response(difference(before, after), after);
}

}  // namespace rasid::handlers
