#include "web/handlers/handlers.hpp"
#include "web/ticket_views.hpp"

namespace rasid::handlers {
namespace {

struct Rows {
    std::vector<TicketFacts> list = {};
    std::string next = {};
};

/// One more than wanted tells whether there is a next page.
template <typename List>
bool cut(List& list, int wanted) {
    if (list.size() <= static_cast<std::size_t>(wanted)) return false;
    list.pop_back();
    return true;
}

void write_rows(JsonWriter& out, const Rows& rows, Site& site, const Texts& texts, Instant now) {
    const auto workspace = site.workspace;
    out.list("tickets", rows.list, [&](const TicketFacts& row) {
        write_row(out, row, *workspace, possible_actions(row, site.hooks.actions_of), texts, now);
    });
    out.text_or_null("next", rows.next);
}

}  // namespace

Task<Response> get_incidents(Site& site, const Request& request) {
    const auto limit = limit_of(request);
    const std::string after(request.parameter("after"));
    if (!limit || after.size() > 64) co_return problem(400, "bad_request", "`limit` is 1 to 200");
    const auto wanted = *limit;
    const bool running = request.parameter("running") == "true";
    const auto brands = request.person().brands;
    const auto rows = co_await site.database.read([&](Reader& reader) {
        Rows found;
        auto ids = reader.incidents(brands, running, after, wanted + 1);
        if (cut(ids, wanted)) found.next = ids.back();
        for (const auto& id : ids) {
            if (auto ticket = reader.ticket(id)) found.list.push_back(facts_of(reader, std::move(*ticket)));
        }
        return found;
    });
    JsonWriter out;
    out.object([&] { write_rows(out, rows, site, Texts(request.person().language), site.clock.now()); });
    co_return json_response(std::move(out).take());
}

Task<Response> get_incident_tickets(Site& site, const Request& request) {
    const auto limit = limit_of(request);
    const std::string after(request.parameter("after"));
    if (!limit || after.size() > 64) co_return problem(400, "bad_request", "`limit` is 1 to 200");
    const auto wanted = *limit;
    const auto id = request.args[0];
    const auto person = request.person();
    const auto rows = co_await site.database.read([&](Reader& reader) -> std::optional<Rows> {
        const auto incident = reader.ticket(id);
        if (!incident || !incident->leads_incident() || !sees_brand(person, incident->brand)) return std::nullopt;
        Rows found;
        auto members = reader.tickets_of_incident(id, after, wanted + 1);
        if (cut(members, wanted)) found.next = members.back().id;
        for (auto& member : members) {
            if (sees_brand(person, member.brand)) found.list.push_back(facts_of(reader, std::move(member)));
        }
        return found;
    });
    if (!rows) co_return not_found();
    JsonWriter out;
    out.object([&] { write_rows(out, *rows, site, Texts(request.person().language), site.clock.now()); });
    co_return json_response(std::move(out).take());
}

}  // namespace rasid::handlers
