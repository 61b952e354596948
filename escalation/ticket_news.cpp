#include "escalation/ticket_news.hpp"

#include <algorithm>
#include <optional>
#include <set>

namespace rasid {
namespace {

/// The words by which two updates are known to say the same.
std::optional<std::string> said(const TicketEvent& event) {
    switch (event.kind) {
    case TicketEventKind::acknowledged:
        return "acknowledged/" + event.actor;
    case TicketEventKind::assigned:
        return (event.actor == event.person ? "acknowledged/" : "assigned/") + event.person;
    case TicketEventKind::resolved:
        return "resolved/" + event.actor;
    default:
        return std::nullopt;
    }
}

/// A step by another channel names it in `text`.
bool told_by_mail(const TicketEvent& event) {
    return event.kind == TicketEventKind::notified && !event.person.empty() && event.text.empty();
}

Notification escalation_of(const Ticket& ticket, const TicketEvent& event) {
    return {.key = event.id,
            .group = ticket.id,
            .ticket = ticket.id,
            .kind = NotificationKind::escalation,
            .priority = ticket.priority,
            .at = event.at,
            .says = "escalated",
            .burst = ticket.rule.empty() ? std::string() : ticket.rule + "/" + ticket.brand,
            .target = event.target,
            .percent = event.percent};
}

/// What an event tells people whom it is meant for; nullopt: it is meant for nobody in particular.
std::optional<std::string> meant(const TicketEvent& event) {
    switch (event.kind) {
    case TicketEventKind::noted:
        return "named/" + event.actor;
    case TicketEventKind::reply_proposed:
        return "proposed/" + event.actor;
    case TicketEventKind::reply_returned:
        return "returned/" + event.actor;
    default:
        return std::nullopt;
    }
}

NewsForPerson news_for(std::string_view person, const Ticket& ticket, const TicketEvent& event, NotificationKind kind,
                       const std::string& says) {
    return {std::string(person),
            {.key = event.id,
             .group = ticket.id,
             .ticket = ticket.id,
             .kind = kind,
             .priority = ticket.priority,
             .at = event.at,
             .says = says}};
}

std::vector<NewsForPerson> personal_news(const Ticket& ticket, const TicketEvent& event, const std::string& says) {
    std::vector<NewsForPerson> news;
    for (const auto& person : event.detail->people) {
        if (person != event.actor) news.push_back(news_for(person, ticket, event, NotificationKind::personal, says));
    }
    return news;
}

}  // namespace

bool still_asked(const Ticket& ticket, const Notification& escalation) {
    if (ticket.state != TicketState::open || !ticket.acknowledged_by.empty()) return false;
    return !escalation.target || std::ranges::any_of(ticket.clocks, [&](const TargetClock& clock) {
        return clock.target == *escalation.target && !clock.met_at;
    });
}

std::vector<NewsForPerson> news_of(const Ticket& ticket, std::span<const TicketEvent> history,
                                   const TicketEvent& event) {
    if (event.kind == TicketEventKind::notified) {
        if (!told_by_mail(event)) return {};
        auto escalation = escalation_of(ticket, event);
        if (!still_asked(ticket, escalation)) return {};
        return {{event.person, std::move(escalation)}};
    }
    if (const auto says = meant(event)) {
        const bool taken_back = std::ranges::any_of(history, [&](const TicketEvent& later) {
            return later.kind == TicketEventKind::undone && later.refers_to == event.id;
        });
        return event.detail && !taken_back ? personal_news(ticket, event, *says) : std::vector<NewsForPerson>();
    }
    const auto says = said(event);
    if (!says) return {};
    std::vector<NewsForPerson> news;
    std::set<std::string_view> told = {event.actor};
    for (const auto& before : history) {
        if (before.sequence >= event.sequence || !told_by_mail(before) || !told.insert(before.person).second) continue;
        news.push_back(news_for(before.person, ticket, event, NotificationKind::update, *says));
    }
    return news;
}

PersonInbox without_fulfilled(PersonInbox inbox, const Ticket& ticket) {
    const auto over = [&](const Notification& each) {
        return each.kind == NotificationKind::escalation && each.ticket == ticket.id && !still_asked(ticket, each);
    };
    for (auto& group : inbox.groups) {
        std::erase_if(group.waiting, over);
        std::erase_if(group.unanswered, over);
    }
    return inbox;
}

SaidUpdate said_update(const Notification& update) {
    const auto slash = update.says.find('/');
    if (slash == std::string::npos) return {update.says, {}};
    return {update.says.substr(0, slash), update.says.substr(slash + 1)};
}

}  // namespace rasid
