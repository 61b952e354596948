#include "escalation/route.hpp"
#include "web/customer_desk.hpp"
#include "web/customer_export.hpp"
#include "web/handlers/handlers.hpp"
#include "web/json_members.hpp"
#include "web/record_members.hpp"
#include "web/seeded_random.hpp"
#include "web/year_layer.hpp"

#include <algorithm>

namespace rasid::handlers {
namespace {

constexpr std::string_view kByHand = "by hand";

/// What may not be written: a record that its own writer would not see, or somebody whom he says to know by himself.
std::optional<Response> refuse_record(const Customer& customer, const CustomerDesk& desk) {
    if (!sees_brand(desk.person, customer.brand)) return problem(400, "bad_request", "that brand is none of yours");
    if (!customer.referred_by.empty() && customer.referred_by == customer.id)
        return problem(400, "bad_request", "nobody refers himself");
    return std::nullopt;
}

/// What is left of his tickets has no words and nobody to answer: they end with him.
void resolve_open_tickets(Store& store, std::string_view customer, const Policies& policies, const Person& person,
                          Random& random, Instant now) {
    constexpr int kMost = 1000;
    for (const auto& ticket : store.tickets_of_customer(customer, kMost)) {
        if (ticket.state != TicketState::open) continue;
        const TicketCommand resolve{.kind = TicketCommand::Kind::resolve, .actor = person.id};
        const auto change = command(policies, ticket, store.events_of(ticket.id), resolve, random, now);
        if (change) store.apply(*change, {}, {});
    }
}

}  // namespace

Task<Response> post_customer(Site& site, const Request& request) {
    const auto desk = co_await desk_of(site, request);
    JsonMembers in(request);
    const RecordChange change(in, desk);
    if (auto refused = in.refuse()) co_return std::move(*refused);
    if (!change.problem().empty()) co_return problem(400, "bad_request", change.problem());
    Customer customer;
    if (desk.person.brands.size() == 1) customer.brand = desk.person.brands.front();
    change.apply(customer);
    if (customer.name.empty()) co_return problem(400, "bad_request", "a customer needs a name");
    customer.id = new_id(site.random, desk.now);
    if (auto refused = refuse_record(customer, desk)) co_return std::move(*refused);
    SeededRandom random(site.random);
    co_await site.database.write([&](Store& store) mutable {
        YearLayer years(store, desk.setup(), desk.churn, desk.today, desk.now);
        store_record(store, years, {}, customer, kByHand, desk, random);
    });
    site.audit(request, "customer_added", customer.id, "ok");
    auto response = co_await customer_answer(site, desk, customer.id, 201);
    co_return response;
}

Task<Response> patch_customer(Site& site, const Request& request) {
    const auto desk = co_await desk_of(site, request);
    JsonMembers in(request);
    const RecordChange change(in, desk);
    if (auto refused = in.refuse()) co_return std::move(*refused);
    if (!change.problem().empty()) co_return problem(400, "bad_request", change.problem());
    const auto id = request.args[0];
    SeededRandom random(site.random);
    auto refused = co_await site.database.write([&](Store& store) mutable -> std::optional<Response> {
        const auto before = visible_customer(store, id, desk.person);
        if (!before) return not_found();
        auto after = *before;
        change.apply(after);
        if (auto wrong = refuse_record(after, desk)) return wrong;
        YearLayer years(store, desk.setup(), desk.churn, desk.today, desk.now);
        store_record(store, years, *before, std::move(after), kByHand, desk, random);
        return std::nullopt;
    });
    if (refused) co_return std::move(*refused);
    site.audit(request, "customer_changed", id, "ok");
    auto response = co_await customer_answer(site, desk, id);
    co_return response;
}

Task<Response> export_customer(Site& site, const Request& request) {
    const auto desk = co_await desk_of(site, request);
    const auto id = request.args[0];
    auto held = co_await site.database.read([&](Reader& reader) -> std::optional<std::string> {
        const auto customer = visible_customer(reader, id, desk.person);
        if (!customer) return std::nullopt;
        return everything_held_on(reader, *customer, Texts(desk.person.language), desk.now);
    });
    if (!held) co_return not_found();
    site.audit(request, "customer_exported", id, "ok");
    auto response = json_response(std::move(*held));
    response.headers.push_back({"Content-Disposition", "attachment; filename=\"customer.json\""});
    co_return response;
}

Task<Response> erase_customer(Site& site, const Request& request) {
    JsonMembers in(request);
    const auto confirm = in.text("confirm", 1000);
    if (auto refused = in.refuse()) co_return std::move(*refused);
    const auto person = request.person();
    const auto id = request.args[0];
    const auto workspace = site.workspace;
    const auto now = site.clock.now();
    SeededRandom random(site.random);
    auto refused = co_await site.database.write([&](Store& store) mutable -> std::optional<Response> {
        const auto customer = visible_customer(store, id, person);
        if (!customer) return not_found();
        if (customer->name != confirm) return problem(409, "not_confirmed", "that is not the customer's name");
        resolve_open_tickets(store, id, workspace->policies, person, random, now);
        store.erase_customer(id);
        return std::nullopt;
    });
    if (refused) co_return std::move(*refused);
    site.audit(request, "customer_erased", id, "ok");
    if (site.hooks.outbox_changed) site.hooks.outbox_changed();
    JsonWriter out;
    out.object([&] { out.member("erased", true); });
    co_return json_response(std::move(out).take());
}

}  // namespace rasid::handlers
