#include "escalation/approval.hpp"

#include "core/people.hpp"
#include "escalation/ticket_history.hpp"

#include <algorithm>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

namespace rasid {
namespace {

bool may_approve(const Policies& policies, std::string_view id) {
    const auto* person = find_person(policies.people, id);
    return person && person->role != Role::moderator;
}

bool is_letter(UChar32 character) {
    return u_isalnum(character) || character == '_' || u_charType(character) == U_NON_SPACING_MARK;
}

bool begins_with_letter(std::string_view text) {
    int at = 0;
    UChar32 character = 0;
    U8_NEXT(text.data(), at, static_cast<int>(text.size()), character);
    return is_letter(character);
}

bool ends_with_letter(std::string_view text) {
    int at = static_cast<int>(text.size());
    UChar32 character = 0;
    U8_PREV(text.data(), 0, at, character);
    return is_letter(character);
}

/// The longest name that stands at the beginning of `rest` as whole words.
const Person* named_at(std::string_view rest, const std::vector<Person>& people, std::string_view brand) {
    const Person* longest = nullptr;
    for (const auto& person : people) {
        if (person.name.empty() || !rest.starts_with(person.name) || !sees_brand(person, brand)) continue;
        const auto after = rest.substr(person.name.size());
        if (!after.empty() && begins_with_letter(after)) continue;
        if (!longest || person.name.size() > longest->name.size()) longest = &person;
    }
    return longest;
}

std::optional<EventDetail> detail_of(const std::string& visibility, std::vector<std::string> people) {
    if (visibility.empty() && people.empty()) return std::nullopt;
    return EventDetail{.visibility = visibility, .people = std::move(people)};
}

}  // namespace

bool needs_approval(const Policies& policies, const Ticket& ticket, std::string_view person) {
    const auto* queue = policies.queue(ticket.queue);
    return queue && queue->approval && !may_approve(policies, person);
}

Result<TicketEvent> reply_event(const Policies& policies, const Ticket& ticket, const TicketCommand& command) {
    if (!ticket.pending_reply.empty()) return refused("another reply is on its way; undo it or wait for it");
    if (!ticket.proposed_reply.empty()) return refused("another reply waits for approval; approve or return it first");
    const auto visibility = command.detail ? command.detail->visibility : std::string();
    if (!needs_approval(policies, ticket, command.actor))
        return TicketEvent{
            .kind = TicketEventKind::reply_queued, .text = command.text, .detail = detail_of(visibility, {})};
    return TicketEvent{.kind = TicketEventKind::reply_proposed,
                       .text = command.text,
                       .detail = detail_of(visibility, approvers(policies, ticket.brand))};
}

Result<TicketEvent> approval_event(const Policies& policies, const Ticket& ticket, std::span<const TicketEvent> history,
                                   const TicketCommand& command) {
    const auto* proposed = ticket.proposed_reply.empty() ? nullptr : find_event(history, ticket.proposed_reply);
    if (!proposed) return refused("no reply waits for approval");
    if (!may_approve(policies, command.actor)) return refused("a manager approves replies of this queue");
    if (command.kind == TicketCommand::Kind::return_reply) {
        return TicketEvent{.kind = TicketEventKind::reply_returned,
                           .text = command.text,
                           .refers_to = proposed->id,
                           .detail = EventDetail{.people = {proposed->actor}}};
    }
    if (!ticket.pending_reply.empty()) return refused("another reply is on its way; undo it or wait for it");
    return TicketEvent{.kind = TicketEventKind::reply_queued,
                       .person = proposed->actor,
                       .text = proposed->text,
                       .refers_to = proposed->id,
                       .detail = detail_of(proposed->detail ? proposed->detail->visibility : std::string(), {})};
}

std::vector<std::string> approvers(const Policies& policies, std::string_view brand) {
    for (const auto role : {Role::manager, Role::admin}) {
        std::vector<std::string> ids;
        for (const auto& person : policies.people) {
            if (person.role == role && sees_brand(person, brand)) ids.push_back(person.id);
        }
        if (!ids.empty()) return ids;
    }
    return {};
}

std::vector<std::string> named_colleagues(std::string_view note, const std::vector<Person>& people,
                                          std::string_view brand) {
    std::vector<std::string> named;
    for (auto at = note.find('@'); at != std::string_view::npos; at = note.find('@', at + 1)) {
        // Not the @ of a mail address.
        if (at > 0 && ends_with_letter(note.substr(0, at))) continue;
        const auto* person = named_at(note.substr(at + 1), people, brand);
        if (person && std::ranges::find(named, person->id) == named.end()) named.push_back(person->id);
    }
    return named;
}

}  // namespace rasid
