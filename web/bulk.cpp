#include "web/bulk.hpp"

#include "web/plan_following.hpp"
#include "web/request.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace rasid {
namespace {

using Kind = TicketCommand::Kind;
using Event = TicketEventKind;

constexpr std::array kBulkKinds = {Kind::take,  Kind::release, Kind::assign, Kind::resolve, Kind::reopen,
                                   Kind::label, Kind::unlabel, Kind::snooze, Kind::wake,    Kind::undo};
/// Events of the above: what leaves the house is undone one by one, in time.
constexpr std::array kTakenBack = {Event::assigned, Event::released,   Event::resolved, Event::reopened,
                                   Event::labelled, Event::unlabelled, Event::snoozed,  Event::woken};

bool may_be_taken_back(std::span<const TicketEvent> history, const std::string& id) {
    return std::ranges::any_of(history, [&](const TicketEvent& event) {
        return event.id == id && std::ranges::find(kTakenBack, event.kind) != kTakenBack.end();
    });
}

/// Changes one ticket; the result says what became of it.
class OneOfMany {
public:
    OneOfMany(Store& store, const BulkOrder& order, const BulkItem& item, BulkResult& result, Random& random)
        : store_(store), order_(order), item_(item), result_(result), random_(random) {}

    void perform() {
        const auto ticket = store_.ticket(item_.ticket);
        if (!ticket || !sees_brand(order_.person, ticket->brand))
            return refuse(0, "not_found", "there is no such ticket");
        const bool undoes = order_.command.kind == Kind::undo;
        if (!undoes && ticket->version != item_.version)
            return refuse(ticket->number, "stale_version", "the ticket has changed meanwhile");
        const auto history = store_.events_of(ticket->id);
        if (undoes && !may_be_taken_back(history, item_.event))
            return refuse(ticket->number, "not_possible", "this cannot be undone together with others");
        auto asked = order_.command;
        asked.event = item_.event;
        const auto decided = command(order_.workspace->policies, *ticket, history, asked, random_, order_.now);
        if (!decided) return refuse(ticket->number, "not_possible", decided.error().what);
        store(*ticket, *decided);
    }

private:
    void refuse(std::int64_t number, std::string code, std::string why) {
        result_.refused.push_back({item_.ticket, number, std::move(code), std::move(why)});
    }

    void store(const Ticket& before, const TicketChange& change) {
        const auto event = std::ranges::find(change.events, order_.person.id, &TicketEvent::actor);
        if (event == change.events.end()) return refuse(before.number, "not_possible", "there is nothing to change");
        const auto plans = plans_following(store_, before, change.after, order_.workspace->setup, random_, order_.now);
        const auto stored = store_.apply(change, plans, {});
        result_.done.push_back({stored.id, stored.version, event->id, std::string(to_string(event->kind))});
    }

    Store& store_;
    const BulkOrder& order_;
    const BulkItem& item_;
    BulkResult& result_;
    Random& random_;
};

}  // namespace

bool works_in_bulk(Kind kind) { return std::ranges::find(kBulkKinds, kind) != kBulkKinds.end(); }

void perform_bulk(Store& store, const BulkOrder& order, std::span<const BulkItem> items, BulkResult& result,
                  Random& random) {
    for (const auto& item : items) OneOfMany(store, order, item, result, random).perform();
}

}  // namespace rasid
