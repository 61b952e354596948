#include "daemon/second_channel.hpp"

#include "core/mail_payload.hpp"
#include "core/people.hpp"
#include "daemon/delivery_schedule.hpp"
#include "daemon/webhook_delivery.hpp"
#include "escalation/notification_policy.hpp"
#include "escalation/ticket_news.hpp"

#include <algorithm>

namespace rasid {
namespace {

constexpr int kFailuresToTellOtherwise = 3;
constexpr std::string_view kSecond = "/second";

bool is_webhook_name(std::string_view channel) {
    return channel.starts_with("slack:") || channel.starts_with("webhook:");
}

MailPayload payload_of(const OutboxItem& mail) {
    auto payload = parse_mail_payload(mail.payload);
    return payload ? std::move(*payload) : MailPayload();
}

class Telling {
public:
    Telling(Store& store, const Policies& policies, const OutboxItem& mail, const std::string& time_zone,
            Random& random, Instant now)
        : store_(store), policies_(policies), mail_(mail), payload_(payload_of(mail)), time_zone_(time_zone),
          random_(random), now_(now) {}

    void copy_to(const std::string& address, const std::string& key) {
        auto copy = mail_;
        copy.id = new_id(random_, now_);
        copy.key = mail_.key + key;
        copy.to = address;
        copy.state = OutboxState::waiting;
        copy.attempts = 0;
        copy.last_error.clear();
        copy.created_at = copy.not_before = now_;
        copy.finished_at.reset();
        store_.put_outbox(copy);
    }

    void call(const Person& person, const std::string& ticket_url) {
        const auto ticket = store_.ticket(ticket_of(mail_));
        if (!ticket) return;
        const auto history = store_.events_of(ticket->id);
        const auto event = std::ranges::find(history, mail_.event, &TicketEvent::id);
        RungCall asked{.people = {person}, .by = person.second, .key = mail_.key + std::string(kSecond)};
        asked.event = mail_.event;
        if (event != history.end()) {
            asked.target = event->target;
            asked.percent = event->percent;
        }
        WebhookNotice facts{.ticket = *ticket, .target = asked.target, .percent = asked.percent};
        facts.recipient = person.name;
        facts.text = payload_.subject;
        facts.ticket_url = ticket_url;
        store_.put_outbox(webhook_item(asked, facts, new_id(random_, now_), now_));
    }

    void tell_mates(const Person& person) {
        const auto ticket = store_.ticket(mail_.ticket);
        const auto history = ticket ? store_.events_of(ticket->id) : std::vector<TicketEvent>();
        const auto event = std::ranges::find(history, mail_.event, &TicketEvent::id);
        for (const auto& mate : policies_.people) {
            const bool told = std::ranges::any_of(history, [&](const TicketEvent& each) {
                return each.kind == TicketEventKind::notified && each.person == mate.id;
            });
            if (mate.id == person.id || mate.role != person.role || !sees_brand(mate, payload_.list) || told) continue;
            if (!ticket)
                copy_to(mate.email, std::string(kSecond) + "/" + mate.id);
            else if (event != history.end())
                put_into_inbox(mate, *ticket, history, *event);
        }
    }

private:
    /// His own mail, with his own button; it keeps to his quiet hours as any other.
    void put_into_inbox(const Person& mate, const Ticket& ticket, std::span<const TicketEvent> history,
                        const TicketEvent& event) {
        for (auto& news : news_of(ticket, history, event)) {
            news.notification.key += kSecond;
            store_.put_inbox(mate.id,
                             with_notification(store_.inbox(mate.id), preferences_of(mate, time_zone_),
                                               std::move(news.notification)),
                             now_);
        }
    }

    Store& store_;
    const Policies& policies_;
    const OutboxItem& mail_;
    MailPayload payload_;
    const std::string& time_zone_;
    Random& random_;
    Instant now_;
};

}  // namespace

bool needs_second_channel(const OutboxItem& mail) {
    if (mail.kind != "escalation" || mail.key.find(kSecond) != std::string::npos) return false;
    return mail.state == OutboxState::dead ||
           (mail.state == OutboxState::waiting && mail.attempts == kFailuresToTellOtherwise);
}

std::string ticket_of(const OutboxItem& mail) { return mail.ticket.empty() ? payload_of(mail).about : mail.ticket; }

std::vector<OutboxItem> count_failure(Store& store, const Policies& policies,
                                      const std::vector<std::string>& on_their_way,
                                      const std::function<std::string(std::string_view ticket)>& ticket_url,
                                      const std::string& time_zone, Random& random, Instant now) {
    constexpr int kAtOnce = 200;
    std::vector<OutboxItem> counted;
    for (auto& due : store.escalations_due(now, kFailuresToTellOtherwise, kAtOnce)) {
        if (std::ranges::find(on_their_way, due.id) != on_their_way.end()) continue;
        auto mail = after_attempt(std::move(due), Delivery::try_later,
                                  "the mail server fails and is left alone for a while", now);
        store.update_outbox(mail);
        if (needs_second_channel(mail))
            tell_otherwise(store, policies, mail, ticket_url(ticket_of(mail)), time_zone, random, now);
        counted.push_back(std::move(mail));
    }
    return counted;
}

void tell_otherwise(Store& store, const Policies& policies, const OutboxItem& mail, const std::string& ticket_url,
                    const std::string& time_zone, Random& random, Instant now) {
    const auto person = std::ranges::find(policies.people, mail.to, &Person::email);
    if (person == policies.people.end()) return;
    Telling telling(store, policies, mail, time_zone, random, now);
    if (is_webhook_name(person->second))
        telling.call(*person, ticket_url);
    else if (!person->second.empty())
        telling.copy_to(person->second, std::string(kSecond));
    else
        telling.tell_mates(*person);
}

}  // namespace rasid
