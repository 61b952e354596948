#include "web/news.hpp"

#include "core/people.hpp"
#include "web/ticket_views.hpp"

#include <string>
#include <vector>

namespace rasid {
namespace {

struct ChangedRow {
    TicketFacts facts;
    std::string cause;
};
struct ChangedMail {
    OutboxItem mail;
    std::string brand;
    bool any_brand = false;
};
struct PersonCounts {
    std::string person;
    TicketCounts counts;
};
struct News {
    std::vector<ChangedRow> rows;
    std::vector<ChangedMail> mails;
    std::vector<PersonCounts> counts;
};

News read_news(Reader& reader, const EventHub::Pending& pending, const std::vector<Person>& people, Instant now) {
    News news;
    for (const auto& [id, cause] : pending.tickets) {
        if (auto ticket = reader.ticket(id)) news.rows.push_back({facts_of(reader, std::move(*ticket)), cause});
    }
    for (const auto& mail : pending.mails) {
        const auto ticket = mail.ticket.empty() ? std::nullopt : reader.ticket(mail.ticket);
        news.mails.push_back({mail, ticket ? ticket->brand : std::string(), false});
    }
    for (const auto& person : people) news.counts.push_back({person.id, reader.counts(person.id, person.brands, now)});
    return news;
}

/// To those who read that language; empty: to all.
void publish_row(Site& site, const ChangedRow& row, const std::string& language, Instant now) {
    JsonWriter out;
    out.object([&] {
        out.key("ticket");
        write_row(out, row.facts, *site.workspace, possible_actions(row.facts, site.hooks.actions_of), Texts(language),
                  now);
        out.member("cause", row.cause);
    });
    site.events.publish("ticket", out.text(), {.brand = row.facts.ticket.brand, .language = language});
}

}  // namespace

Task<void> tell_pages(Site& site, EventHub::Pending pending) {
    std::vector<Person> people;
    for (const auto& stream : site.events.streams()) {
        const auto& person = stream->person();
        if (!find_person(people, person.id)) people.push_back(person);
    }
    const auto now = site.clock.now();
    const auto news =
        co_await site.database.read([&](Reader& reader) { return read_news(reader, pending, people, now); });
    for (const auto& row : news.rows) {
        // The row of an incident says why it was found, each other one is the same to all.
        if (row.facts.ticket.leads_incident()) {
            publish_row(site, row, "ar", now);
            publish_row(site, row, "en", now);
        } else {
            publish_row(site, row, "", now);
        }
    }
    for (const auto& changed : news.mails) {
        const auto payload = parse_json(changed.mail.payload);
        JsonWriter out;
        out.object([&] {
            out.member("id", changed.mail.id);
            out.member("to", changed.mail.to);
            out.member("subject", payload ? payload->root()["subject"].text_or("") : std::string());
            out.member("state", to_string(changed.mail.state));
        });
        site.events.publish("mail", out.text(), {.brand = changed.brand, .readers_of_mail = true});
    }
    for (const auto& [person, counts] : news.counts) {
        JsonWriter out;
        out.object([&] {
            out.key("counts");
            write_counts(out, counts);
        });
        for (const auto& stream : site.events.streams()) {
            if (stream->person().id == person) site.events.send(*stream, "counts", out.text());
        }
    }
}

}  // namespace rasid
