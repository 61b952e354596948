#include "core/limits.hpp"
#include "web/handlers/handlers.hpp"
#include "web/json_members.hpp"

#include <algorithm>
#include <array>

namespace rasid::handlers {
namespace {

constexpr std::array<std::string_view, 3> kModes = {"reply", "note", "answered_elsewhere"};

bool is_mode(std::string_view word) { return std::ranges::find(kModes, word) != kModes.end(); }

Response unknown_mode() { return problem(400, "bad_request", "`mode` is reply, note or answered_elsewhere"); }

void write_draft(JsonWriter& out, const Draft& draft) {
    out.object([&] {
        out.member("text", draft.text);
        out.member("saved_at", draft.saved_at);
    });
}

}  // namespace

Task<Response> get_drafts(Site& site, const Request& request) {
    const auto id = request.args[0];
    const auto person = request.person();
    const auto drafts = co_await site.database.read([&](Reader& reader) -> std::optional<std::vector<Draft>> {
        const auto ticket = reader.ticket(id);
        if (!ticket || !sees_brand(person, ticket->brand)) return std::nullopt;
        return reader.drafts(id, person.id);
    });
    if (!drafts) co_return not_found();
    JsonWriter out;
    out.object([&] {
        out.key("drafts");
        out.object([&] {
            for (const auto& draft : *drafts) {
                out.key(draft.mode);
                write_draft(out, draft);
            }
        });
    });
    co_return json_response(std::move(out).take());
}

Task<Response> put_draft(Site& site, const Request& request) {
    JsonMembers in(request);
    Draft draft{.ticket = request.args[0], .person = request.person().id};
    draft.mode = in.text("mode", 32);
    draft.text = in.optional_text("text", limits::kReplyText).value_or("");
    if (auto refused = in.refuse()) co_return std::move(*refused);
    if (!is_mode(draft.mode)) co_return unknown_mode();
    draft.saved_at = site.clock.now();
    const auto person = request.person();
    const bool kept = co_await site.database.write([&](Store& store) {
        const auto ticket = store.ticket(draft.ticket);
        if (!ticket || !sees_brand(person, ticket->brand)) return false;
        store.put_draft(draft);
        return true;
    });
    if (!kept) co_return not_found();
    JsonWriter out;
    out.object([&] {
        out.key("draft");
        if (draft.text.empty())
            out.null();
        else
            write_draft(out, draft);
    });
    co_return json_response(std::move(out).take());
}

Task<Response> delete_draft(Site& site, const Request& request) {
    Draft draft{.ticket = request.args[0], .person = request.person().id};
    draft.mode = request.parameter("mode");
    if (!is_mode(draft.mode)) co_return unknown_mode();
    const auto person = request.person();
    const bool seen = co_await site.database.write([&](Store& store) {
        const auto ticket = store.ticket(draft.ticket);
        if (!ticket || !sees_brand(person, ticket->brand)) return false;
        store.put_draft(draft);
        return true;
    });
    co_return seen ? no_content() : not_found();
}

}  // namespace rasid::handlers
