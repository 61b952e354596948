#include "escalation/hand_out.hpp"
#include "escalation/rota.hpp"
#include "web/handlers/handlers.hpp"
#include "web/json_members.hpp"
#include "web/ticket_views.hpp"

#include <algorithm>

namespace rasid::handlers {
namespace {

constexpr std::chrono::days kShiftsAhead{28};

void write_colleague(JsonWriter& out, const Person& person, const Colleague& colleague) {
    out.member("id", person.id);
    out.member("name", person.name);
    out.member("role", to_string(person.role));
    out.member("present", colleague.present);
    out.member("absent_since", colleague.absent_since);
    out.member("open", colleague.open);
    out.member("capacity", person.capacity);
    out.strings("languages", person.languages);
    out.strings("skills", person.skills);
    out.member("last_assigned_at", colleague.last_assigned);
}

void write_by_name(JsonWriter& out, std::string_view key, const std::string& name, const Workspace& workspace) {
    out.key(key);
    const auto* person = name.empty() ? nullptr : find_named(workspace.setup.people, name);
    write_who(out, person ? person->id : std::string(), workspace);
}

void write_rota(JsonWriter& out, const Rota& rota, const Site& site, const Person& reader, Instant now) {
    const auto shifts = shifts_between(rota, now, now + kShiftsAhead);
    const bool somebody = !shifts.empty() && shifts.front().from <= now;
    out.member("name", rota.name);
    out.member("time_zone", rota.time_zone);
    write_by_name(out, "on_call", somebody ? shifts.front().person : std::string(), *site.workspace);
    out.key("until");
    if (somebody)
        out.value(shifts.front().to);
    else
        out.null();
    out.objects("shifts", shifts, [&](const Shift& shift) {
        out.member("from", shift.from);
        out.member("to", shift.to);
        write_by_name(out, "person", shift.person, *site.workspace);
        out.member("stand_in", shift.stand_in);
    });
    out.member("calendar", "/calendar/rota/" + rota_token(site, reader, rota) + ".ics");
}

}  // namespace

Task<Response> get_team(Site& site, const Request& request) {
    const auto now = site.clock.now();
    const auto reader = request.person();
    const auto workspace = site.workspace;
    const auto workloads = co_await site.database.read([](Reader& store) { return store.workloads(); });
    const auto& people = workspace->setup.people;
    const auto colleagues = colleagues_of(people, workloads, now);
    JsonWriter out;
    out.object([&] {
        out.member("now", now);
        out.key("people");
        out.array([&] {
            for (std::size_t i = 0; i < people.size(); ++i)
                out.object([&] { write_colleague(out, people[i], colleagues[i]); });
        });
        out.objects("rotas", workspace->setup.rotas,
                    [&](const Rota& rota) { write_rota(out, rota, site, reader, now); });
    });
    co_return json_response(std::move(out).take());
}

Task<Response> put_presence(Site& site, const Request& request) {
    JsonMembers in(request);
    const auto present = in.value("present").boolean();
    if (auto refused = in.refuse()) co_return std::move(*refused);
    if (!present) co_return problem(400, "bad_request", "`present` is true or false");
    const auto id = request.person().id;
    const auto now = site.clock.now();
    const bool here = *present;
    co_await site.database.write([&](Store& store) { store.put_presence(id, here, now); });
    if (site.hooks.presence_changed) site.hooks.presence_changed();
    site.audit(request, here ? "present" : "absent", id, "ok");
    JsonWriter out;
    out.object([&] {
        out.member("present", here);
        out.key("until");
        if (here)
            out.value(now + kPresenceLasts);
        else
            out.null();
    });
    co_return json_response(std::move(out).take());
}

}  // namespace rasid::handlers
