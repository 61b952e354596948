#include "web/setup_writing.hpp"

#include "escalation/channel_speed.hpp"

#include <algorithm>

namespace rasid {
namespace {

bool has_admin(const Setup& setup) {
    return std::any_of(setup.people.begin(), setup.people.end(),
                       [](const Person& person) { return person.role == Role::admin; });
}

}  // namespace

Task<std::optional<std::vector<SetupError>>> errors_of(Site& site, Setup setup) {
    const auto check = site.hooks.check_setup;
    auto errors = co_await site.accounts.workers().run([&] {
        auto found = check_references(setup);
        if (found.empty() && check) found = check(setup);
        return found;
    });
    co_return errors;
}

Task<std::optional<Response>> store_setup(Site& site, const Request& request, Setup before, Setup after,
                                          std::string what, std::int64_t restores) {
    const SetupAuthor author{request.person().id, request.principal->token ? "program" : "page", restores,
                             site.clock.now()};
    const bool stored = co_await site.database.write([&](Store& store) {
        if (!(store.setup() == before)) return false;
        store.put_setup(after, author);
        return true;
    });
    if (!stored) co_return problem(409, "stale_setup", "somebody else changed the setup meanwhile; read it again");
    co_await site.reload_workspace();
    if (site.hooks.setup_changed) site.hooks.setup_changed();
    site.audit(request, restores > 0 ? "setup_restored" : "setup_changed", std::move(what), "ok");
    co_return std::nullopt;
}

Response changes_response(const std::vector<SetupChange>& changes, const Setup& after) {
    JsonWriter out;
    out.object([&] {
        out.objects("changes", changes, [&](const SetupChange& change) {
            out.member("change", change.change);
            out.member("kind", change.kind);
            out.member("name", change.name);
        });
        write_setup_errors(out, "warnings", speed_warnings(after));
    });
    return json_response(std::move(out).take());
}

bool loses_last_admin(const Setup& before, const Setup& after) { return has_admin(before) && !has_admin(after); }

}  // namespace rasid
