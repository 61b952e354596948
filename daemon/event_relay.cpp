#include "daemon/event_relay.hpp"

#include "daemon/pause.hpp"
#include "daemon/webhook_delivery.hpp"
#include "escalation/ticket_history.hpp"
#include "web/ticket_views.hpp"

#include <algorithm>

namespace rasid {
namespace {

constexpr std::string_view kPrefix = "ticket_";

bool wants(const Relay& relay, const Ticket& ticket, const TicketEvent& event) {
    const auto among = [](const std::vector<std::string>& list, std::string_view word) {
        return std::find(list.begin(), list.end(), word) != list.end();
    };
    return (among(relay.events, "*") || among(relay.events, relayed_name(event.kind))) &&
           (relay.brands.empty() || among(relay.brands, ticket.brand));
}

std::string body_of(Store& store, const Workspace& workspace, const Ticket& ticket, const TicketEvent& event,
                    const std::string& key, Instant now) {
    const Texts texts("en");  // what programs are told
    JsonWriter out;
    out.object([&] {
        out.member("version", 1);
        out.member("key", key);
        out.member("id", event.id);
        out.member("event", relayed_name(event.kind));
        out.member("at", event.at);
        out.member("sequence", event.sequence);
        out.key("by");
        write_who(out, event.actor, workspace);
        out.key("person");
        write_who(out, event.person, workspace);
        out.text_or_null("text", words_of(event, texts));
        out.key("ticket");
        write_row(out, facts_of(store, ticket), workspace, {}, texts, now);
    });
    return std::move(out).take();
}

Workspace workspace_of(Store& store) {
    Workspace workspace;
    workspace.setup = store.setup();
    workspace.policies = policies_of(workspace.setup);
    return workspace;
}

}  // namespace

std::vector<Relay> relays_of(const Config& config) {
    std::vector<Relay> relays;
    for (const auto& webhook : config.webhooks) {
        if (!webhook.events.empty()) relays.push_back({webhook.name, webhook.events, webhook.brands});
    }
    return relays;
}

std::string relayed_name(TicketEventKind kind) { return std::string(kPrefix) + std::string(to_string(kind)); }

bool is_relayed_name(std::string_view word) {
    return word == "*" ||
           (word.starts_with(kPrefix) && parse_ticket_event_kind(word.substr(kPrefix.size())).has_value());
}

int relay_events(Store& store, const Relay& relay, Random& random, Instant now) {
    const auto room = kMostWaiting - store.unsent_to("webhook", relay.name);
    const bool full = room <= 0;
    auto events = store.relay_events(relay.name, full ? kEventsAtOnce
                                                      : static_cast<int>(std::min<std::int64_t>(room, kEventsAtOnce)));
    // What came after the webhook was well again is told, however late; only what finds no room ends.
    if (full) std::erase_if(events, [now](const RelayEvent& one) { return now - one.at < kEventsWait; });
    if (events.empty()) return 0;
    const auto workspace = workspace_of(store);
    for (const auto& one : events) {
        const auto ticket = store.ticket(one.ticket);
        const auto history = ticket ? store.events_of(one.ticket) : std::vector<TicketEvent>();
        const auto event = std::ranges::find(history, one.event, &TicketEvent::id);
        if (event == history.end() || !wants(relay, *ticket, *event)) continue;
        OutboxItem item;
        item.id = new_id(random, now);
        item.kind = "webhook";
        item.key = std::string(kRelayed) + relay.name + "/" + event->id;
        item.to = relay.name;
        item.ticket = ticket->id;
        item.event = event->id;
        item.payload = webhook_payload("signed", body_of(store, workspace, *ticket, *event, item.key, now),
                                       relayed_name(event->kind) + " #" + std::to_string(ticket->number));
        item.priority = Priority::low;
        item.created_at = now;
        item.not_before = now;
        if (full) {
            item.state = OutboxState::dead;
            item.finished_at = now;
            item.last_error = "waited for " + to_duration_text(kEventsWait) + ": the webhook `" + relay.name +
                              "` did not take what happened before";
        }
        store.put_outbox(item);
    }
    store.forget_relay_events(events);
    return static_cast<int>(events.size());
}

Task<void> EventRelay::tick() {
    const auto relays = relays_of(env_.config);
    std::vector<std::string> names;
    for (const auto& relay : relays) names.push_back(relay.name);
    if (!told_ || names != known_) {
        co_await env_.database.write([&](Store& store) { store.put_relays(names); });
        known_ = names;
        told_ = true;
    }
    for (const auto& relay : relays) {
        int taken = 0;
        do {
            const auto now = env_.clock.now();
            // Looking costs no transaction that has to be synced.
            const bool any = co_await env_.database.read(
                [&](Reader& reader) { return !reader.relay_events(relay.name, 1).empty(); });
            if (!any) break;
            taken = co_await env_.database.write(
                [&](Store& store) { return relay_events(store, relay, env_.random, now); });
            if (taken > 0) env_.outbox_changed();
        } while (taken == kEventsAtOnce);
    }
}

Task<void> EventRelay::run() {
    for (;;) {
        co_await tick();
        co_await pause_for(std::chrono::seconds(1));
    }
}

}  // namespace rasid
