#include "escalation/mail_words.hpp"

#include "core/text/first_characters.hpp"
#include "escalation/outside_text.hpp"

namespace rasid {
namespace {

constexpr std::size_t kSubjectCharacters = 69;

}  // namespace

std::string short_subject(std::string_view subject) {
    const auto first = first_characters(subject, kSubjectCharacters - 1);
    return std::string(first) + (first.size() < subject.size() ? "…" : "");
}

const std::string& topic_of(const Ticket& ticket) { return ticket.rule.empty() ? ticket.queue : ticket.rule; }

std::string ticket_subject(const Texts& texts, const Ticket& ticket) {
    const auto& opener = ticket.author;
    const auto name = plain_line(opener.name.empty() ? opener.handle : opener.name, kMailNameBytes);
    const auto rule = plain_line(topic_of(ticket), kMailNameBytes);
    const auto words = name.empty() ? texts("mail.subject.nameless", {{"rule", rule}})
                                    : texts("mail.subject.topic", {{"rule", rule}, {"author", name}});
    return short_subject(texts("mail.subject", {{"number", std::to_string(ticket.number)}, {"topic", words}}));
}

const TargetClock* due_clock(const Ticket& ticket, Target target) {
    const TargetClock* newest = nullptr;
    for (const auto& clock : ticket.clocks) {
        if (clock.target == target && clock.due_at) newest = &clock;
    }
    return newest;
}

const TargetClock* next_clock(const Ticket& ticket) {
    const TargetClock* first = nullptr;
    for (const auto& clock : ticket.clocks) {
        if (clock.met_at || !clock.due_at) continue;
        if (!first || *clock.due_at < *first->due_at) first = &clock;
    }
    return first;
}

bool is_personal(const TicketUpdate& update) {
    return update.what == "named" || update.what == "proposed" || update.what == "returned";
}

std::string update_words(const Texts& texts, const TicketUpdate& update) {
    const auto key = "mail.update." + update.what;
    if (update.who.empty()) return texts(key + ".itself");
    return texts(key, {{"name", one_line(update.who, kMailNameBytes)}});
}

std::string holder_words(const Texts& texts, std::string_view name) {
    if (name.empty()) return texts("mail.preview.nobody");
    return texts("mail.preview.assignee", {{"name", one_line(name, kMailNameBytes)}});
}

bool is_late(const TargetClock* clock, Instant now) { return clock && now >= *clock->due_at; }

std::string state_words(const Texts& texts, const TargetClock* clock, Instant now) {
    if (!clock) return texts("mail.state.waiting");
    const bool late = is_late(clock, now);
    const auto key = "mail.state." + std::string(to_string(clock->target)) + (late ? ".late" : ".due");
    const auto distance = late ? now - *clock->due_at : *clock->due_at - now;
    return texts(key, {{"duration", texts.duration(distance)}});
}

}  // namespace rasid
