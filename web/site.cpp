#include "web/site.hpp"

namespace rasid {

void Site::audit(const Request& request, std::string action, std::string object, std::string result) const {
    if (!hooks.audit) return;
    hooks.audit({request.principal ? request.person().id : std::string(), request.client, std::move(action),
                 std::move(object), std::move(result)});
}

Task<void> Site::reload_workspace() {
    auto setup = co_await database.read([](Reader& reader) { return reader.setup(); });
    auto fresh = std::make_shared<Workspace>();
    fresh->policies = policies_of(setup);
    fresh->setup = std::move(setup);
    workspace = std::move(fresh);
    events.close_strangers(workspace->setup.people);
}

}  // namespace rasid
