#include "web/presence_views.hpp"

namespace rasid {
namespace {

void write_people(JsonWriter& out, const Site& site, const TicketPresence::Visited& visited) {
    out.objects("people", visited.visitors, [&](const TicketPresence::Visitor& visitor) {
        const auto* person = site.workspace->person(visitor.person);
        out.member("id", visitor.person);
        out.member("name", person ? std::string_view(person->name) : std::string_view("?"));
        out.member("state", to_string(visitor.state));
    });
}

}  // namespace

void tell_presence(Site& site, const std::vector<TicketPresence::Change>& changes) {
    for (const auto& change : changes) {
        JsonWriter out;
        out.object([&] {
            out.member("ticket", change.ticket);
            write_people(out, site, change.now);
        });
        site.events.mention("presence", out.text(), {.brand = change.now.brand});
    }
}

void write_people_here(JsonWriter& out, const Site& site, std::string_view ticket) {
    static const TicketPresence::Visited kNobody;
    const auto& tickets = site.presence.tickets();
    const auto found = tickets.find(ticket);
    write_people(out, site, found == tickets.end() ? kNobody : found->second);
}

}  // namespace rasid
