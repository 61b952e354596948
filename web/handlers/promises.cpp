#include "engagement/promises.hpp"

#include "web/engagement_views.hpp"
#include "web/handlers/handlers.hpp"
#include "web/json_members.hpp"
#include "web/seeded_random.hpp"
#include "web/ticket_action.hpp"

#include <algorithm>

namespace rasid::handlers {
namespace {

struct PromiseOutcome {
    std::optional<Response> refused = {};
    Promise promise = {};
    std::int64_t number = 0;
};

/// A promise is found through its ticket or, where it has none, its customer, whose brand says who sees it.
PromiseOutcome happen(Store& store, PromiseEvent event, const Person& person, Instant now) {
    const auto made = store.promise_events_of(event.promise);
    if (made.empty()) return {not_found()};
    const auto ticket = store.ticket(made.front().ticket);
    const auto customer = store.customer(made.front().customer);
    if (!ticket && !customer) return {not_found()};
    if (!sees_brand(person, ticket ? ticket->brand : customer->brand)) return {not_found()};
    const auto before = fold_promises(made, now).front();
    if (before.kept_at || before.withdrawn_at)
        return {problem(409, "not_possible", before.kept_at ? "it was kept already" : "it was withdrawn already")};
    event.ticket = made.front().ticket;
    event.customer = made.front().customer;
    store.append_promise_events({event});
    return {std::nullopt, fold_promises(store.promise_events_of(event.promise), now).front(),
            ticket ? ticket->number : 0};
}

}  // namespace

Task<Response> post_promise(Site& site, const Request& request) {
    JsonMembers in(request);
    const auto word = in.text("action", 16);
    const auto due = in.optional_text("due_at", 40);
    PromiseEvent event;
    event.text = in.optional_text("text", kLongestPromise).value_or("");
    if (auto refused = in.refuse()) co_return std::move(*refused);
    const auto kind = parse_promise_event_kind(word);
    const auto now = site.clock.now();
    if (!kind || *kind == PromiseEventKind::made) co_return problem(400, "bad_request", "there is no such action");
    const auto due_at = due ? parse_rfc3339(*due) : std::nullopt;
    if ((*kind == PromiseEventKind::moved) != due.has_value() || (due && (!due_at || *due_at <= now)))
        co_return problem(400, "bad_request", "`due_at` is the new time of a promise that is moved");
    event.id = new_id(site.random, now);
    event.promise = request.args[0];
    event.at = now;
    event.actor = request.person().id;
    event.kind = *kind;
    event.due_at = due_at.value_or(Instant{});
    const auto person = request.person();
    auto outcome = co_await site.database.write([&](Store& store) { return happen(store, event, person, now); });
    if (outcome.refused) co_return std::move(*outcome.refused);
    const auto& promise = outcome.promise;
    if (!promise.ticket.empty()) site.events.ticket(promise.ticket, "promise");
    site.audit(request, "promise_" + word, promise.id, "ok");
    JsonWriter out;
    out.object([&] {
        out.key("promise");
        write_promise(out, promise, {{promise.ticket, outcome.number}}, *site.workspace, now);
    });
    co_return json_response(std::move(out).take());
}

}  // namespace rasid::handlers
