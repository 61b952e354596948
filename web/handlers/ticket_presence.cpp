#include "web/ticket_presence.hpp"

#include "web/handlers/handlers.hpp"
#include "web/json_members.hpp"
#include "web/presence_views.hpp"
#include "web/ticket_views.hpp"

namespace rasid::handlers {

Task<Response> put_ticket_presence(Site& site, const Request& request) {
    JsonMembers in(request);
    const auto word = in.text("state", 16);
    if (auto refused = in.refuse()) co_return std::move(*refused);
    const auto state = parse_presence_state(word);
    if (!state && word != "away") co_return problem(400, "bad_request", "`state` is looking, writing or away");

    const auto id = request.args[0];
    const auto person = request.person();
    const auto ticket = co_await site.database.read([&](Reader& reader) { return reader.ticket(id); });
    if (!ticket || !sees_brand(person, ticket->brand)) co_return not_found();

    const auto now = site.clock.now();
    tell_presence(site, site.presence.expire(now));
    if (state) {
        tell_presence(site, site.presence.beat(id, ticket->brand, person.id, *state, now));
    } else if (auto left = site.presence.leave(id, person.id)) {
        tell_presence(site, {std::move(*left)});
    }
    JsonWriter out;
    out.object([&] { write_people_here(out, site, id); });
    co_return json_response(std::move(out).take());
}

Task<Response> get_tickets_presence(Site& site, const Request& request) {
    tell_presence(site, site.presence.expire(site.clock.now()));
    JsonWriter out;
    out.object([&] {
        out.key("tickets");
        out.array([&] {
            for (const auto& [ticket, visited] : site.presence.tickets()) {
                if (!sees_brand(request.person(), visited.brand)) continue;
                out.object([&] {
                    out.member("ticket", ticket);
                    write_people_here(out, site, ticket);
                });
            }
        });
    });
    co_return json_response(std::move(out).take());
}

}  // namespace rasid::handlers
