#include "core/text/first_characters.hpp"
#include "core/texts.hpp"
#include "escalation/route.hpp"
#include "web/handlers/handlers.hpp"
#include "web/link_page.hpp"
#include "web/passwords.hpp"
#include "web/seeded_random.hpp"
#include "web/ticket_views.hpp"

namespace rasid::handlers {
namespace {

/// What the page about one token shows.
struct AckPage {
    std::string language = "en";
    std::optional<TicketFacts> facts = {};
    std::string notice = {};  ///< HTML
    bool button = false;
};

Response page_of(const AckPage& page, std::string_view token, int status) {
    const Texts texts(page.language);
    std::string html;
    if (page.facts) {
        const auto& ticket = page.facts->ticket;
        html += "<h1>" + escaped(texts("ack.heading")) + " <bdi dir=\"ltr\">#" + std::to_string(ticket.number) +
                "</bdi></h1><p><bdi>" +
                escaped(ticket.author.name.empty() ? ticket.author.handle : ticket.author.name) + "</bdi></p>";
        if (page.facts->newest) {
            html += "<blockquote dir=\"auto\">" + escaped(first_characters(page.facts->newest->mention.text, 500)) +
                    "</blockquote>";
        }
    }
    if (!page.notice.empty()) html += "<p role=\"status\">" + page.notice + "</p>";
    if (page.button) {
        html +=
            link_form("/m/ack", token, "", texts("ack.button")) + "<p>" + escaped(texts("ack.explanation")) + "</p>";
    }
    if (page.facts) {
        html +=
            "<p><a href=\"/tickets/" + escaped(page.facts->ticket.id) + "\">" + escaped(texts("ack.open")) + "</a></p>";
    }
    return link_page(texts, "Rasid", html, status);
}

Response unreadable(const Request& request) {
    AckPage page;
    page.language = page_language(request);
    page.notice = escaped(Texts(page.language)("link.unreadable"));
    return page_of(page, "", 400);
}

/// A claim counts only for a person who is still here and still sees the ticket.
const Person* holder_of(const Workspace& workspace, const AckClaim& claim) { return workspace.person(claim.person); }

void describe_state(AckPage& page, const Workspace& workspace) {
    const Texts texts(page.language);
    const auto& ticket = page.facts->ticket;
    if (ticket.state == TicketState::resolved) {
        page.notice = escaped(texts("ack.resolved"));
    } else if (!ticket.acknowledged_by.empty()) {
        const auto* by = workspace.person(ticket.acknowledged_by);
        page.notice =
            escaped(texts("ack.done_before")) + " <bdi>" + escaped(by ? std::string_view(by->name) : "?") + "</bdi>";
        if (ticket.acknowledged_at)
            page.notice += " (<bdi dir=\"ltr\">" + to_rfc3339(*ticket.acknowledged_at) + "</bdi>)";
    }
}

struct Acknowledged {
    std::optional<TicketFacts> facts;
    bool applied = false;
};

Acknowledged acknowledge(Store& store, const AckClaim& claim, const std::string& hash, const Person& person,
                         const Policies& policies, Random& random, Instant now) {
    auto ticket = store.ticket(claim.ticket);
    if (!ticket || !sees_brand(person, ticket->brand)) return {};
    if (!store.use_ack_token(hash, person.id, now)) return {facts_of(store, std::move(*ticket)), false};
    TicketCommand wish;
    wish.kind = TicketCommand::Kind::acknowledge;
    wish.actor = person.id;
    const auto history = store.events_of(ticket->id);
    const auto decided = command(policies, *ticket, history, wish, random, now);
    if (!decided || decided->events.empty()) return {facts_of(store, std::move(*ticket)), false};
    return {facts_of(store, store.apply(*decided, {}, {})), true};
}

}  // namespace

Task<Response> get_ack(Site& site, const Request& request) {
    const std::string token(request.parameter("t"));
    const auto claim = site.ack.read(token);
    const auto workspace = site.workspace;
    const auto* person = claim ? holder_of(*workspace, *claim) : nullptr;
    if (!person || claim->action != "acknowledge") co_return unreadable(request);
    const auto id = claim->ticket;
    const auto hash = token_hash(token);
    AckPage page;
    page.language = person->language == "ar" ? "ar" : "en";
    const Texts texts(page.language);
    const auto brands = *person;
    page.facts = co_await site.database.read([&](Reader& reader) -> std::optional<TicketFacts> {
        auto ticket = reader.ticket(id);
        if (!ticket || !sees_brand(brands, ticket->brand)) return std::nullopt;
        return facts_of(reader, std::move(*ticket));
    });
    if (!page.facts) co_return unreadable(request);
    const bool used = co_await site.database.read([&](Reader& reader) { return reader.ack_token_used(hash); });
    describe_state(page, *workspace);
    const bool over = claim->expires_at <= site.clock.now();
    if (over && page.notice.empty()) page.notice = escaped(texts("ack.over"));
    page.button = page.notice.empty() && !used;
    co_return page_of(page, token, 200);
}

Task<Response> post_ack(Site& site, const Request& request) {
    const auto form = sent_form(request);
    if (!form) co_return problem(415, "wrong_content_type", "send the form");
    const auto field = form->find("t");
    if (field == form->end() || form->size() != 1) co_return unreadable(request);
    const auto token = field->second;
    const auto claim = site.ack.read(token);
    const auto workspace = site.workspace;
    const auto* person = claim ? holder_of(*workspace, *claim) : nullptr;
    if (!person || claim->action != "acknowledge") co_return unreadable(request);
    AckPage page;
    page.language = person->language == "ar" ? "ar" : "en";
    const Texts texts(page.language);
    const auto now = site.clock.now();
    if (claim->expires_at <= now) {
        page.notice = escaped(texts("ack.over"));
        co_return page_of(page, token, 410);
    }
    SeededRandom random(site.random);
    const auto hash = token_hash(token);
    const auto holder = *person;
    auto done = co_await site.database.write([&](Store& store) mutable {
        return acknowledge(store, *claim, hash, holder, workspace->policies, random, now);
    });
    if (!done.facts) co_return unreadable(request);
    page.facts = std::move(done.facts);
    if (done.applied) {
        page.notice = escaped(texts("ack.done"));
        site.events.ticket(claim->ticket, to_string(TicketEventKind::acknowledged));
        if (site.hooks.tickets_changed) site.hooks.tickets_changed();
    } else {
        describe_state(page, *workspace);
    }
    site.audit(request, "ack_link", claim->ticket + " " + claim->person, done.applied ? "ok" : "used before");
    co_return page_of(page, token, 200);
}

Task<Response> get_ack_style(Site&, const Request&) {
    Response response;
    response.type = "text/css; charset=utf-8";
    response.body = link_page_style();
    response.cache_control = "public, max-age=3600";
    co_return response;
}

}  // namespace rasid::handlers
