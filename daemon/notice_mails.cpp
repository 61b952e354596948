#include "daemon/notice_mails.hpp"

#include "core/mail_payload.hpp"
#include "core/people.hpp"
#include "daemon/incident_letter.hpp"
#include "escalation/mail.hpp"
#include "escalation/summary_mail.hpp"
#include "escalation/ticket_history.hpp"
#include "escalation/ticket_news.hpp"

#include <algorithm>
#include <map>

namespace rasid {
namespace {

using MailKind = NotificationMail::Kind;

bool is_escalation(const Notification& each) { return each.kind == NotificationKind::escalation; }

/// Of several steps the one that tells most.
const Notification* gravest(const std::vector<Notification>& escalations) {
    const auto found = std::ranges::max_element(escalations, {}, &Notification::percent);
    return found == escalations.end() ? nullptr : &*found;
}

}  // namespace

struct NoticeMails::Content {
    MailContent mail = {};
    std::string kind = {};
    std::string ticket = {};
    std::int64_t number = 0;
    std::string brand = {};
    std::string about = {};  ///< the gravest of many tickets
};

std::optional<OutboxItem> NoticeMails::write(const Person& person, const NotificationMail& mail) {
    if (person.email.empty() || mail.about.empty()) return std::nullopt;
    const bool one = mail.kind == MailKind::group || mail.kind == MailKind::repeat;
    const auto content = one ? about_one(person, mail) : about_many(person, mail);
    if (!content) return std::nullopt;
    OutboxItem item;
    item.id = new_id(random_, now_);
    item.kind = content->kind;
    item.key = person.id + "/" + mail.about.front().key + "/" + std::to_string(to_micros(now_));
    item.to = person.email;
    item.ticket = content->ticket;
    item.event = mail.about.front().key;
    item.payload = print_mail_payload({.to_name = person.name,
                                       .subject = content->mail.subject,
                                       .text = content->mail.text,
                                       .html = content->mail.html,
                                       .language = person.language,
                                       .reason = content->mail.reason + "; " + mail.why,
                                       .list = content->brand,
                                       .ticket_number = content->number,
                                       .about = content->about});
    item.priority = std::ranges::max(mail.about, {}, &Notification::priority).priority;
    item.created_at = now_;
    item.not_before = now_;
    return item;
}

std::optional<NoticeMails::Content> NoticeMails::about_one(const Person& person, const NotificationMail& mail) {
    const auto ticket = reader_.ticket(mail.about.front().ticket);
    if (!ticket) return std::nullopt;
    auto asked = mail.about;
    std::erase_if(asked, [&](const Notification& each) { return !is_escalation(each) || !still_asked(*ticket, each); });
    const auto news = std::ranges::find_if_not(mail.about.rbegin(), mail.about.rend(), is_escalation);
    // A hold stops the ladder in place, and with it what it repeats.
    if (mail.kind == MailKind::repeat && ticket->status == TicketStatus::on_hold) return std::nullopt;
    const auto* escalation = gravest(asked);
    if (!escalation && news == mail.about.rend()) return std::nullopt;

    EscalationMail letter{.recipient = person, .ticket = *ticket};
    if (const auto mention = reader_.mention_by_id(ticket->latest_mention)) {
        letter.mention = mention->mention;
        letter.verdict = mention->verdict;
    } else if (ticket->leads_incident()) {
        letter.mention = incident_in_words(reader_, *ticket, person.language);
    }
    if (escalation) {
        const auto* clock = next_clock(*ticket);
        letter.target = escalation->target.value_or(clock ? clock->target : Target::first_response);
        letter.percent = escalation->percent;
        letter.unacknowledged = !escalation->target;
        letter.again = mail.kind == MailKind::repeat;
        letter.acknowledge_url = links_.acknowledge_url(ticket->id, person.id);
    } else {
        const auto said = said_update(*news);
        letter.update = TicketUpdate{said.what, name_of(policies_.people, said.person), {}};
        const auto history = reader_.events_of(ticket->id);
        const auto* event = is_personal(*letter.update) ? find_event(history, news->key) : nullptr;
        if (event) letter.update->words = event->text;
    }
    letter.assignee_name = name_of(policies_.people, ticket->assignee);
    letter.ticket_url = links_.ticket_url(ticket->id);
    letter.settings_url = links_.settings_url;
    letter.time_zone = time_zone_;
    letter.now = now_;
    return Content{
        render_escalation(letter), escalation ? "escalation" : "update", ticket->id, ticket->number, ticket->brand, {}};
}

std::optional<NoticeMails::Content> NoticeMails::about_many(const Person& person, const NotificationMail& mail) {
    SummaryMail letter{.recipient = person, .kind = mail.kind};
    std::map<std::string, std::vector<const Notification*>> by_ticket;
    for (const auto& each : mail.about) by_ticket[each.ticket].push_back(&each);
    std::string brand;
    for (const auto& [id, about] : by_ticket) {
        const auto ticket = reader_.ticket(id);
        if (!ticket) continue;
        const bool asked = std::ranges::any_of(
            about, [&](const Notification* each) { return is_escalation(*each) && still_asked(*ticket, *each); });
        const auto news = std::ranges::find_if_not(about.rbegin(), about.rend(),
                                                   [](const Notification* each) { return is_escalation(*each); });
        if (!asked && news == about.rend()) continue;
        SummaryLine line{.ticket = *ticket, .assignee_name = name_of(policies_.people, ticket->assignee)};
        if (!asked) {
            const auto said = said_update(**news);
            line.update = TicketUpdate{said.what, name_of(policies_.people, said.person), {}};
        }
        if (const auto mention = reader_.mention_by_id(ticket->latest_mention))
            line.text = mention->mention.text;
        else if (ticket->leads_incident())
            line.text = incident_in_words(reader_, *ticket, person.language).text;
        line.url = links_.ticket_url(ticket->id);
        brand = ticket->brand;
        letter.lines.push_back(std::move(line));
    }
    if (letter.lines.empty()) return std::nullopt;
    const bool one_brand =
        std::ranges::all_of(letter.lines, [&](const SummaryLine& line) { return line.ticket.brand == brand; });
    sort_gravest_first(letter.lines, now_);
    letter.queue_url = links_.queue_url;
    letter.settings_url = links_.settings_url;
    letter.time_zone = time_zone_;
    letter.now = now_;
    return Content{render_summary(letter),        "escalation", {}, 0, one_brand ? brand : std::string(),
                   letter.lines.front().ticket.id};
}

}  // namespace rasid
