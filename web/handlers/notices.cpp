#include "web/handlers/handlers.hpp"
#include "web/ticket_views.hpp"

#include <algorithm>

namespace rasid::handlers {
namespace {

/// Mail that has waited longer than this is stuck: the retries of a mail start sooner.
constexpr std::chrono::minutes kStuck{10};

struct Trouble {
    std::vector<SourceRecord> sources;
    UnsentItems unsent;
};

}  // namespace

/// What keeps tickets from coming in or people from being told, for the line above the queue.
Task<Response> get_notices(Site& site, const Request&) {
    const auto now = site.clock.now();
    const auto read = [](Reader& reader) {
        Trouble found{reader.sources(), reader.unsent()};
        std::erase_if(found.sources, [](const SourceRecord& source) {
            return source.state != "failing" && source.state != "needs_authorisation";
        });
        return found;
    };
    const auto trouble = co_await site.database.read(read);
    const auto workspace = site.workspace;
    JsonWriter out;
    out.object([&] {
        out.member("now", now);
        out.objects("sources", trouble.sources, [&](const SourceRecord& source) {
            out.member("name", source.name);
            out.member("state", source.state);
            out.member("last_success_at", source.last_success_at);
        });
        out.key("mail");
        if (trouble.unsent.oldest && *trouble.unsent.oldest < now - kStuck) {
            out.object([&] {
                out.member("count", trouble.unsent.count);
                out.member("oldest", trouble.unsent.oldest);
            });
        } else {
            out.null();
        }
        out.key("can_fix");
        out.array([&] {
            for (const auto& person : workspace->setup.people) {
                if (person.role == Role::admin) write_who(out, person.id, *workspace);
            }
        });
    });
    co_return json_response(std::move(out).take());
}

}  // namespace rasid::handlers
