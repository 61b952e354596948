#include "web/bulk.hpp"

#include "core/limits.hpp"
#include "web/filter_members.hpp"
#include "web/handlers/handlers.hpp"
#include "web/idempotency.hpp"
#include "web/json_members.hpp"
#include "web/seeded_random.hpp"
#include "web/setting_aside.hpp"

#include <algorithm>
#include <set>

namespace rasid::handlers {
namespace {

using Kind = TicketCommand::Kind;

/// Tickets changed in one go of the storage thread, so that other writers come in between.
constexpr std::size_t kAtOnce = 50;

/// A request, read.
struct AskedBulk {
    std::string word;
    TicketCommand command;
    std::vector<BulkItem> items;
    std::optional<TicketFilter> filter = {};  ///< in place of items
    std::optional<std::int64_t> confirmed = {};
    bool more = false;  ///< the filter shows more than were taken
};

std::optional<std::vector<BulkItem>> items_of(JsonView list, bool undoes) {
    std::vector<BulkItem> items;
    std::set<std::string> known;
    for (const auto item : list.items()) {
        BulkItem one{.ticket = item["id"].text_or(""), .event = item["event"].text_or("")};
        const auto version = item["version"].integer();
        const bool complete = undoes ? !one.event.empty() : version.has_value();
        if (one.ticket.empty() || !complete || one.ticket.size() > kLongestId || one.event.size() > kLongestId)
            return std::nullopt;
        one.version = version.value_or(0);
        if (known.insert(one.ticket).second) items.push_back(std::move(one));
    }
    if (items.empty() || items.size() > limits::kBulk) return std::nullopt;
    return items;
}

/// Which tickets: a list of them, or a filter.
std::optional<Response> read_items(JsonView list, JsonView object, AskedBulk& asked) {
    const bool undoes = asked.command.kind == Kind::undo;
    if (object.is_object() && !list.exists() && !undoes) {
        auto filter = filter_in(object);
        if (!filter) return problem(400, "bad_request", filter.error().what);
        asked.filter = std::move(*filter);
        return std::nullopt;
    }
    auto items = object.exists() ? std::nullopt : items_of(list, undoes);
    if (!items)
        return problem(400, "bad_request",
                       "`tickets` is a list of 1 to 500 {id, version}, or {id, event} to undo; or `filter` an object");
    asked.items = std::move(*items);
    return std::nullopt;
}

std::optional<Response> read_order(const Request& request, const std::string& time_zone, Instant now,
                                   AskedBulk& asked) {
    JsonMembers in(request);
    asked.word = in.text("action", 32);
    const auto kind = parse_ticket_command(asked.word);
    if (kind) {
        asked.command.kind = *kind;
        asked.command.actor = request.person().id;
        if (*kind == Kind::assign) asked.command.person = in.text("person", kLongestId);
        read_setting_aside(in, asked.command, time_zone, now);
    }
    const auto list = in.value("tickets");
    const auto object = in.value("filter");
    asked.confirmed = in.value("confirm").integer();
    // What the views point into lives as long as `in`.
    auto unread = kind && works_in_bulk(*kind) ? read_items(list, object, asked) : std::nullopt;
    if (auto refused = in.refuse()) return refused;
    if (!kind || !works_in_bulk(*kind))
        return problem(400, "bad_request", "there is no such action for several tickets");
    return unread;
}

/// The first tickets that a filter shows, as many as one action may change.
void take_filtered(Reader& reader, TicketQuery query, AskedBulk& asked) {
    do {
        query.limit = static_cast<int>(limits::kBulk - asked.items.size());
        const auto page = reader.tickets(query);
        for (const auto& ticket : page.tickets) asked.items.push_back({.ticket = ticket.id, .version = ticket.version});
        query.after = page.next;
    } while (!query.after.empty() && asked.items.size() < limits::kBulk);
    asked.more = !query.after.empty();
}

/// More than a few are changed only by somebody who was told how many.
std::optional<Response> refuse_unconfirmed(const AskedBulk& asked) {
    if (asked.command.kind == Kind::undo) return std::nullopt;
    const auto count = asked.items.size();
    if (asked.confirmed == static_cast<std::int64_t>(count)) return std::nullopt;
    if (!asked.filter && count <= limits::kBulkUnasked) return std::nullopt;
    return problem(409, "not_confirmed", "say by `confirm` how many tickets shall change", [&](JsonWriter& out) {
        out.member("count", count);
        out.member("more", asked.more);
    });
}

std::string json_of(const BulkResult& result, bool more) {
    JsonWriter out;
    out.object([&] {
        out.objects("done", result.done, [&](const BulkResult::Done& done) {
            out.member("id", done.ticket);
            out.member("version", done.version);
            out.member("event", done.event);
        });
        out.objects("refused", result.refused, [&](const BulkResult::Refused& refused) {
            out.member("id", refused.ticket);
            out.member("number", refused.number);
            out.member("code", refused.code);
            out.member("detail", refused.why);
        });
        out.member("more", more);
    });
    return std::move(out).take();
}

}  // namespace

Task<Response> post_bulk(Site& site, const Request& request) {
    const auto now = site.clock.now();
    AskedBulk asked;
    if (auto refused = read_order(request, site.config.time_zone, now, asked)) co_return std::move(*refused);
    if (required_key(request).empty()) co_return key_missing();
    const BulkOrder order{asked.command, request.person(), site.workspace, now};
    if (asked.filter) {
        TicketQuery query{
            .filter = *asked.filter, .person = order.person.id, .brands = order.person.brands, .now = now};
        co_await site.database.read([&](Reader& reader) {
            take_filtered(reader, std::move(query), asked);
            return true;
        });
    }
    if (auto refused = refuse_unconfirmed(asked)) co_return std::move(*refused);

    BulkResult result;
    SeededRandom random(site.random);
    for (std::size_t from = 0; from < asked.items.size(); from += kAtOnce) {
        const auto some = std::span(asked.items).subspan(from, std::min(kAtOnce, asked.items.size() - from));
        const auto change = [&](Store& store) { perform_bulk(store, order, some, result, random); };
        co_await site.database.write(change);
    }
    for (const auto& done : result.done) site.events.ticket(done.ticket, done.cause);
    if (!result.done.empty() && site.hooks.tickets_changed) site.hooks.tickets_changed();
    site.audit(request, "tickets_" + asked.word, std::to_string(result.done.size()), "ok");
    co_return json_response(json_of(result, asked.more));
}

}  // namespace rasid::handlers
