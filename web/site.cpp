#include "web/site.hpp"

namespace rasid {

void Site::audit(const Request& request, std::string action, std::string object, std::string result) const {
    AuditRecord record{request.principal ? request.person().id : std::string(), request.client, std::move(action),
                       std::move(object), std::move(result)};
    if (hooks.audit) hooks.audit(record);
    request.audits.push_back(std::move(record));
}

Task<void> Site::reload_workspace() {
    auto fresh = co_await database.read([](Reader& reader) {
        auto read = std::make_shared<Workspace>();
        reader.at_one_state([&] {
            read->setup = reader.setup();
            read->page_settings = reader.page_settings();
        });
        return read;
    });
    fresh->policies = policies_of(fresh->setup);
    workspace = std::move(fresh);
    events.close_strangers(workspace->setup.people);
}

}  // namespace rasid
