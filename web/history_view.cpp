#include "web/history_view.hpp"

#include "escalation/ticket_history.hpp"
#include "web/handling_views.hpp"
#include "web/ticket_views.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace rasid {
namespace {

void write_event(JsonWriter& out, const TicketEvent& event, bool undone, const Workspace& workspace,
                 const Texts& texts) {
    out.object([&] {
        out.member("id", event.id);
        out.member("at", event.at);
        out.member("kind", to_string(event.kind));
        out.key("by");
        write_who(out, event.actor, workspace);
        out.text_or_null("text", words_of(event, texts));
        out.member("undone", undone);
        out.key("detail");
        out.object([&] {
            if (!event.mention.empty()) out.member("mention", event.mention);
            if (!event.person.empty()) {
                out.key("person");
                write_who(out, event.person, workspace);
            }
            if (!event.refers_to.empty()) out.member("refers_to", event.refers_to);
            if (event.target) out.member("target", to_string(*event.target));
            if (event.percent != 0) out.member("percent", event.percent);
            if (event.unacknowledged)
                out.member("unacknowledged_seconds",
                           std::chrono::floor<std::chrono::seconds>(*event.unacknowledged).count());
            if (event.priority) out.member("priority", to_string(*event.priority));
            if (event.status) out.member("status", to_string(*event.status));
            if (event.opening) out.member("rule", event.opening->rule);
            if (event.detail) write_detail(out, *event.detail, workspace);
        });
    });
}

void write_met(JsonWriter& out, const TargetClock& clock) {
    out.object([&] {
        out.member("id", "met/" + std::string(to_string(clock.target)) + "/" + std::to_string(clock.round));
        out.member("at", *clock.met_at);
        out.member("kind", "met");
        out.key("by");
        out.null();
        out.key("text");
        out.null();
        out.member("undone", false);
        out.key("detail");
        out.object([&] { out.member("target", to_string(clock.target)); });
    });
}

std::vector<const TargetClock*> met_in_order(std::span<const TargetClock> clocks) {
    std::vector<const TargetClock*> met;
    for (const auto& clock : clocks) {
        if (clock.met_at) met.push_back(&clock);
    }
    std::ranges::sort(met, {}, [](const TargetClock* clock) { return *clock->met_at; });
    return met;
}

std::set<std::string_view> undone_of(std::span<const TicketEvent> events) {
    std::set<std::string_view> undone;
    for (const auto& event : events) {
        if (event.kind == TicketEventKind::undone) undone.insert(event.refers_to);
    }
    return undone;
}

}  // namespace

void write_history_since(JsonWriter& out, std::span<const TicketEvent> events, std::int64_t version,
                         const Workspace& workspace, const Texts& texts) {
    const auto undone = undone_of(events);
    out.key("since");
    out.array([&] {
        for (const auto& event : events) {
            if (event.sequence > version) write_event(out, event, undone.contains(event.id), workspace, texts);
        }
    });
}

void write_history(JsonWriter& out, std::span<const TicketEvent> events, std::span<const TargetClock> clocks,
                   const Workspace& workspace, const Texts& texts) {
    const auto undone = undone_of(events);
    const auto met = met_in_order(clocks);
    auto next = met.begin();
    out.key("history");
    out.array([&] {
        for (const auto& event : events) {
            for (; next != met.end() && *(*next)->met_at < event.at; ++next) write_met(out, **next);
            write_event(out, event, undone.contains(event.id), workspace, texts);
        }
        for (; next != met.end(); ++next) write_met(out, **next);
    });
}

}  // namespace rasid
