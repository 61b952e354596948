#include "escalation/handling.hpp"

#include "core/icalendar.hpp"
#include "core/limits.hpp"
#include "core/people.hpp"
#include "core/text/blank.hpp"
#include "escalation/ticket_history.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace rasid {
namespace {

using Events = Result<std::vector<TicketEvent>>;

constexpr std::array<std::string_view, 2> kCalls = {"call", "meeting"};
constexpr std::array<std::string_view, 4> kDispute = {"problem", "alternatives", "agreement", "checked"};
constexpr std::array<std::string_view, 5> kInterventions = {"cited", "warned", "hidden", "muted", "handed_on"};

template <std::size_t N>
std::string listed(const std::array<std::string_view, N>& words) {
    std::string list;
    for (const auto word : words) list += (list.empty() ? "" : ", ") + std::string(word);
    return list;
}

template <std::size_t N>
bool knows(const std::array<std::string_view, N>& words, std::string_view word) {
    return std::ranges::find(words, word) != words.end();
}

/// A call that was planned and neither held nor undone.
bool waits(std::span<const TicketEvent> history, const TicketEvent& planned) {
    return !is_undone(history, planned.id) && std::ranges::none_of(history, [&](const TicketEvent& event) {
        return event.kind == TicketEventKind::call_held && event.refers_to == planned.id &&
               !is_undone(history, event.id);
    });
}

Events plan_call(const Policies& policies, std::span<const TicketEvent> history, const TicketCommand& command,
                 const EventDetail& detail, Instant now) {
    if (!knows(kCalls, detail.step)) return refused("`step` is one of " + listed(kCalls));
    if (is_blank(command.text)) return refused("say why it moves to voice");
    if (is_blank(detail.contact)) return refused("a number or an address is missing");
    if (!detail.due_at || *detail.due_at <= now) return refused("`due_at` must be a time to come");
    const auto& person = command.person.empty() ? command.actor : command.person;
    if (!find_person(policies.people, person)) return refused("there is no such person");
    const auto* before = latest_event(history, {TicketEventKind::call_planned});
    if (before && waits(history, *before)) return refused("another call is planned; hold or undo it first");
    return std::vector<TicketEvent>{{.kind = TicketEventKind::call_planned,
                                     .person = person,
                                     .text = command.text,
                                     .detail = EventDetail{detail.step, detail.contact, "", detail.due_at}}};
}

Events call_held(std::span<const TicketEvent> history, const TicketCommand& command) {
    const auto* planned = find_event(history, command.event);
    if (!planned || planned->kind != TicketEventKind::call_planned || !waits(history, *planned))
        return refused("there is no such call to be held");
    if (is_blank(command.text)) return refused("say what came of it");
    return std::vector<TicketEvent>{
        {.kind = TicketEventKind::call_held, .text = command.text, .refers_to = planned->id}};
}

Events dispute(std::span<const TicketEvent> history, const TicketCommand& command, const EventDetail& detail,
               Instant now) {
    const auto step = std::ranges::find(kDispute, detail.step);
    if (step == kDispute.end()) return refused("`step` is one of " + listed(kDispute));
    if (is_blank(command.text)) return refused("say it in words");
    const auto* before = latest_event(history, {TicketEventKind::disputed});
    const auto* known = before ? std::ranges::find(kDispute, before->detail->step) : nullptr;
    const bool ended = before && known == kDispute.end() - 1;
    const auto* next = !before || ended ? kDispute.begin() : known + 1;
    const bool again = before && !ended && step == known;
    if (step != next && !again) return refused("the next step of this dispute is `" + std::string(*next) + "`");
    const bool agreement = detail.step == "agreement";
    if (agreement && (!detail.due_at || *detail.due_at <= now))
        return refused("`due_at`, the date to check back, must be a time to come");
    return std::vector<TicketEvent>{
        {.kind = TicketEventKind::disputed,
         .text = command.text,
         .detail = EventDetail{detail.step, "", "", agreement ? detail.due_at : std::nullopt}}};
}

Events intervene(const Policies& policies, const TicketCommand& command, const EventDetail& detail) {
    if (!knows(kInterventions, detail.step)) return refused("`step` is one of " + listed(kInterventions));
    const auto* rule = find_named(policies.conduct, detail.rule);
    if (!rule) return refused("there is no written rule `" + detail.rule + "`");
    std::vector<TicketEvent> events = {{.kind = TicketEventKind::intervened,
                                        .text = command.text,
                                        .detail = EventDetail{detail.step, "", cited(*rule), std::nullopt}}};
    if (detail.step == "handed_on") {
        if (!find_person(policies.people, command.person)) return refused("say whom it is handed on to");
        events.front().person = command.person;
        events.push_back({.kind = TicketEventKind::assigned, .person = command.person});
    }
    return events;
}

Events depart(const Policies& policies, const TicketCommand& command, const EventDetail& detail) {
    if (!find_named(policies.guidelines, detail.rule)) return refused("there is no guideline `" + detail.rule + "`");
    if (is_blank(command.text)) return refused("say why the guideline was not followed");
    return std::vector<TicketEvent>{{.kind = TicketEventKind::departed,
                                     .text = command.text,
                                     .detail = EventDetail{"", "", detail.rule, std::nullopt}}};
}

}  // namespace

Events handling_events(const Policies& policies, std::span<const TicketEvent> history, const TicketCommand& command,
                       Instant now) {
    if (command.text.size() > limits::kReplyText)
        return refused("the text is longer than " + std::to_string(limits::kReplyText) + " bytes");
    const auto detail = command.detail.value_or(EventDetail{});
    switch (command.kind) {
    case TicketCommand::Kind::plan_call:
        return plan_call(policies, history, command, detail, now);
    case TicketCommand::Kind::call_held:
        return call_held(history, command);
    case TicketCommand::Kind::dispute:
        return dispute(history, command, detail, now);
    case TicketCommand::Kind::intervene:
        return intervene(policies, command, detail);
    case TicketCommand::Kind::depart:
        return depart(policies, command, detail);
    default:
        return refused("there is no such action");
    }
}

const Guideline* guideline_of(const Policies& policies, std::string_view rule, std::string_view tier) {
    for (const auto& guideline : policies.guidelines) {
        const bool fits =
            (guideline.rule.empty() || guideline.rule == rule) && (guideline.tier.empty() || guideline.tier == tier);
        if (fits) return &guideline;
    }
    return nullptr;
}

std::string call_invitation(const CallInvitation& invitation, Instant stamp) {
    using namespace icalendar;
    constexpr std::chrono::minutes kUsualLength{30};
    const auto& planned = invitation.planned;
    const auto detail = planned.detail.value_or(EventDetail{});
    const auto begins = detail.due_at.value_or(planned.at);
    const auto address = [](const Person& person) { return "mailto:" + printable(person.email); };
    std::string out;
    for (const auto* line : {"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Rasid//Calls//EN", "CALSCALE:GREGORIAN"})
        write_line(out, line);
    write_line(out, invitation.withdrawn ? "METHOD:CANCEL" : "METHOD:REQUEST");
    write_line(out, "BEGIN:VEVENT");
    write_line(out, "UID:" + printable(planned.id) + "@" + printable(invitation.domain));
    write_line(out, "SEQUENCE:" + std::to_string(invitation.revision));
    write_line(out, "DTSTAMP:" + basic(stamp));
    write_line(out, "DTSTART:" + basic(begins));
    write_line(out, "DTEND:" + basic(begins + kUsualLength));
    write_line(out, "SUMMARY:" + text(invitation.summary));
    write_line(out, "DESCRIPTION:" + text(planned.text));
    write_line(out, "LOCATION:" + text(detail.contact));
    if (!invitation.url.empty()) write_line(out, "URL:" + printable(invitation.url));
    write_line(out, "ORGANIZER:" + address(invitation.organizer));
    write_line(out, "ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED:" + address(invitation.attendee));
    write_line(out, invitation.withdrawn ? "STATUS:CANCELLED" : "STATUS:CONFIRMED");
    write_line(out, "END:VEVENT");
    write_line(out, "END:VCALENDAR");
    return out;
}

std::string cited(const ConductRule& rule) { return rule.name + ", version " + std::to_string(rule.version); }

}  // namespace rasid
