#include "core/limits.hpp"
#include "web/filter_members.hpp"
#include "web/handlers/handlers.hpp"
#include "web/json_members.hpp"
#include "web/names.hpp"
#include "web/ticket_views.hpp"

#include <algorithm>

namespace rasid::handlers {
namespace {

constexpr int kCounted = 99;         ///< "99+"
constexpr std::size_t kCounts = 20;  ///< views counted for one answer: those that a rail has room for

struct CountedView {
    SavedView view;
    std::optional<BoundedCount> count = {};
};

void write_view(JsonWriter& out, const CountedView& line, const Person& reader, const Workspace& workspace) {
    const auto& view = line.view;
    out.member("name", view.name);
    out.member("shared", view.owner.empty());
    out.key("made_by");
    write_who(out, view.made_by, workspace);
    out.member("editable", view.owner == reader.id || reader.role != Role::moderator);
    out.key("filter");
    write_filter(out, view.filter);
    out.key("count");
    if (!line.count) return out.null();
    out.object([&] {
        out.member("count", line.count->count);
        out.member("more", line.count->more);
    });
}

/// Why this view cannot be kept; nullopt: it can.
std::optional<Response> refuse_view(Reader& reader, const SavedView& view, const Person& person) {
    const auto known = reader.views(person.id);
    const auto same = [&](const SavedView& other) { return other.owner == view.owner && other.name == view.name; };
    if (std::ranges::any_of(known, same)) return std::nullopt;
    const auto count = std::ranges::count(known, view.owner, &SavedView::owner);
    if (static_cast<std::size_t>(count) < limits::kViews) return std::nullopt;
    return problem(409, "not_possible", "there are " + std::to_string(limits::kViews) + " views already");
}

}  // namespace

Task<Response> get_views(Site& site, const Request& request) {
    const auto person = request.person();
    const auto now = site.clock.now();
    const auto read = [&](Reader& reader) {
        std::vector<CountedView> lines;
        for (auto& view : reader.views(person.id)) {
            CountedView line{std::move(view)};
            if (lines.size() < kCounts) {
                const TicketQuery query{
                    .filter = line.view.filter, .person = person.id, .brands = person.brands, .now = now};
                line.count = reader.count_tickets(query, kCounted);
            }
            lines.push_back(std::move(line));
        }
        return lines;
    };
    const auto lines = co_await site.database.read(read);
    const auto workspace = site.workspace;
    JsonWriter out;
    out.object([&] {
        out.objects("views", lines, [&](const CountedView& line) { write_view(out, line, person, *workspace); });
    });
    co_return json_response(std::move(out).take());
}

Task<Response> put_view(Site& site, const Request& request) {
    JsonMembers in(request);
    auto filter = filter_in(in.value("filter"));
    const bool shared = in.value("shared").boolean().value_or(false);
    if (auto refused = in.refuse()) co_return std::move(*refused);
    if (!filter) co_return problem(400, "bad_request", filter.error().what);
    const auto person = request.person();
    const SavedView view{shared ? std::string() : person.id, request.args[0], person.id, std::move(*filter)};
    if (!is_name(view.name)) co_return problem(400, "bad_request", "a name has 1 to 100 bytes on one line");
    if (shared && person.role == Role::moderator)
        co_return problem(403, "forbidden", "a manager shares views with everybody");
    const auto keep = [&](Store& store) {
        auto refused = refuse_view(store, view, person);
        if (!refused) store.put_view(view);
        return refused;
    };
    auto refused = co_await site.database.write(keep);
    if (refused) co_return std::move(*refused);
    if (shared) site.audit(request, "view_shared", view.name, "ok");
    JsonWriter out;
    out.object([&] { write_view(out, {view}, person, *site.workspace); });
    co_return json_response(std::move(out).take());
}

Task<Response> delete_view(Site& site, const Request& request) {
    const auto person = request.person();
    const bool shared = request.parameter("shared") == "true";
    const auto name = request.args[0];
    if (shared && person.role == Role::moderator)
        co_return problem(403, "forbidden", "a manager removes what is shared with everybody");
    const auto owner = shared ? std::string() : person.id;
    const auto remove = [&](Store& store) {
        const auto known = store.views(person.id);
        const bool found =
            std::ranges::any_of(known, [&](const SavedView& view) { return view.owner == owner && view.name == name; });
        if (found) store.remove_view(owner, name);
        return found;
    };
    const bool removed = co_await site.database.write(remove);
    if (!removed) co_return not_found();
    if (shared) site.audit(request, "view_removed", name, "ok");
    co_return no_content();
}

}  // namespace rasid::handlers
