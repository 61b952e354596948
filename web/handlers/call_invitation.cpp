#include "escalation/ticket_history.hpp"
#include "web/call_mail.hpp"
#include "web/handlers/handlers.hpp"

namespace rasid::handlers {
namespace {

struct KnownCall {
    Ticket ticket = {};
    TicketEvent planned = {};
    bool withdrawn = false;
};

std::optional<KnownCall> call_of(Reader& reader, std::string_view ticket, std::string_view event) {
    const auto known = reader.ticket(ticket);
    if (!known) return std::nullopt;
    const auto history = reader.events_of(ticket);
    const auto* planned = find_event(history, event);
    if (!planned || planned->kind != TicketEventKind::call_planned) return std::nullopt;
    return KnownCall{*known, *planned, is_undone(history, planned->id)};
}

}  // namespace

Task<Response> get_call_invitation(Site& site, const Request& request) {
    const auto event = name_of_calendar(request.args[1]);
    if (!event) co_return not_found();
    const auto& ticket = request.args[0];
    const auto call = co_await site.database.read([&](Reader& reader) { return call_of(reader, ticket, *event); });
    if (!call || !sees_brand(request.person(), call->ticket.brand)) co_return not_found();
    const auto invitation =
        invitation_of(call->ticket, call->planned, call->withdrawn, *site.workspace, site.config.public_url);
    co_return calendar_response(call_invitation(invitation, site.clock.now()));
}

}  // namespace rasid::handlers
