#include "escalation/route.hpp"
#include "web/handlers/handlers.hpp"
#include "web/passwords.hpp"
#include "web/seeded_random.hpp"
#include "web/ticket_views.hpp"

namespace rasid::handlers {
namespace {

struct Words {
    std::string_view heading;
    std::string_view button;
    std::string_view explanation;
    std::string_view done;
    std::string_view done_before;  ///< {who}
    std::string_view resolved;
    std::string_view over;
    std::string_view unreadable;
    std::string_view open;
};

constexpr Words kEnglish = {"Ticket",
                            "I'll take care of it",
                            "This stops the reminders. Nothing is sent to the author.",
                            "You have acknowledged this ticket. The reminders stop.",
                            "This ticket was acknowledged already by ",
                            "This ticket is resolved.",
                            "This link is older than 48 hours. Open the ticket on the page.",
                            "This link is not complete. Copy it whole from the mail.",
                            "Open the ticket"};
constexpr Words kArabic = {"تذكرة",
                           "سأتولّى الأمر",
                           "يوقف هذا التذكيرات، ولا يُرسَل شيء إلى صاحب المنشور.",
                           "سُجّل علمك بهذه التذكرة، وتوقفت التذكيرات.",
                           "سبق تسجيل العلم بهذه التذكرة من ",
                           "هذه التذكرة مُغلقة.",
                           "مضى على هذا الرابط أكثر من 48 ساعة. افتح التذكرة من الصفحة.",
                           "هذا الرابط غير مكتمل. انسخه كاملًا من الرسالة.",
                           "فتح التذكرة"};

constexpr std::string_view kStyle =
    "body{font:16px/1.6 Tahoma,Arial,sans-serif;margin:0;background:#f3f5f8;color:#162030}\n"
    "main{max-inline-size:36rem;margin:2rem auto;padding:1.5rem;background:#fff;border:1px solid "
    "#d3dae3;border-radius:6px}\n"
    "h1{font-size:1.2rem;margin:0 0 .5rem}\nblockquote{margin:1rem 0;padding:.75rem "
    "1rem;background:#e9edf2;border-radius:4px;"
    "white-space:pre-wrap;overflow-wrap:anywhere}\n"
    "button{font:inherit;font-weight:600;padding:.6rem "
    "1.2rem;border:0;border-radius:6px;background:#1d4f91;color:#fff}\n"
    "button:focus-visible,a:focus-visible{outline:3px solid #1d4f91;outline-offset:2px}\np{margin:.75rem "
    "0}\na{color:#1d4f91}\n"
    "@media "
    "(prefers-color-scheme:dark){body{background:#0e141b;color:#e9eef5}main{background:#151d27;border-color:#2f3b4a}"
    "blockquote{background:#1f2936}button{background:#8ab8ff;color:#0e141b}a{color:#8ab8ff}}\n";

std::string escaped(std::string_view text) {
    std::string safe;
    for (const char c : text) {
        switch (c) {
        case '&':
            safe += "&amp;";
            break;
        case '<':
            safe += "&lt;";
            break;
        case '>':
            safe += "&gt;";
            break;
        case '"':
            safe += "&quot;";
            break;
        case '\'':
            safe += "&#39;";
            break;
        default:
            safe += c;
        }
    }
    return safe;
}

/// What the page about one token shows.
struct AckPage {
    std::string language = "en";
    std::optional<TicketFacts> facts = {};
    std::string notice = {};
    bool button = false;
};

Response page_of(const AckPage& page, std::string_view token, int status) {
    const auto& words = page.language == "ar" ? kArabic : kEnglish;
    std::string html =
        "<!doctype html>\n<html lang=\"" + page.language + "\" dir=\"" + (page.language == "ar" ? "rtl" : "ltr") +
        "\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
        "<meta name=\"robots\" content=\"noindex\"><title>Rasid</title><link rel=\"stylesheet\" href=\"/m/ack.css\">"
        "</head><body><main>";
    if (page.facts) {
        const auto& ticket = page.facts->ticket;
        html += "<h1>" + std::string(words.heading) + " <bdi dir=\"ltr\">#" + std::to_string(ticket.number) +
                "</bdi></h1><p><bdi>" +
                escaped(ticket.author.name.empty() ? ticket.author.handle : ticket.author.name) + "</bdi></p>";
        if (page.facts->newest) {
            html += "<blockquote dir=\"auto\">" + escaped(first_characters(page.facts->newest->mention.text, 500)) +
                    "</blockquote>";
        }
    }
    if (!page.notice.empty()) html += "<p role=\"status\">" + page.notice + "</p>";
    if (page.button) {
        html += "<form method=\"post\" action=\"/m/ack\"><input type=\"hidden\" name=\"t\" value=\"" + escaped(token) +
                "\"><button type=\"submit\">" + std::string(words.button) + "</button></form><p>" +
                std::string(words.explanation) + "</p>";
    }
    if (page.facts) {
        html +=
            "<p><a href=\"/tickets/" + escaped(page.facts->ticket.id) + "\">" + std::string(words.open) + "</a></p>";
    }
    html += "</main></body></html>\n";
    Response response;
    response.status = status;
    response.type = "text/html; charset=utf-8";
    response.body = std::move(html);
    return response;
}

Response unreadable(const Request& request) {
    AckPage page;
    page.language = page_language(request);
    page.notice = (page.language == "ar" ? kArabic : kEnglish).unreadable;
    return page_of(page, "", 400);
}

/// A claim counts only for a person who is still here and still sees the ticket.
const Person* holder_of(const Workspace& workspace, const AckClaim& claim) { return workspace.person(claim.person); }

void describe_state(AckPage& page, const Workspace& workspace, const Words& words) {
    const auto& ticket = page.facts->ticket;
    if (ticket.state == TicketState::resolved) {
        page.notice = words.resolved;
    } else if (!ticket.acknowledged_by.empty()) {
        const auto* by = workspace.person(ticket.acknowledged_by);
        page.notice =
            std::string(words.done_before) + "<bdi>" + escaped(by ? std::string_view(by->name) : "?") + "</bdi>";
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
    const auto& words = page.language == "ar" ? kArabic : kEnglish;
    const auto brands = *person;
    page.facts = co_await site.database.read([&](Reader& reader) -> std::optional<TicketFacts> {
        auto ticket = reader.ticket(id);
        if (!ticket || !sees_brand(brands, ticket->brand)) return std::nullopt;
        return facts_of(reader, std::move(*ticket));
    });
    if (!page.facts) co_return unreadable(request);
    const bool used = co_await site.database.read([&](Reader& reader) { return reader.ack_token_used(hash); });
    describe_state(page, *workspace, words);
    const bool over = claim->expires_at <= site.clock.now();
    if (over && page.notice.empty()) page.notice = words.over;
    page.button = page.notice.empty() && !used;
    co_return page_of(page, token, 200);
}

Task<Response> post_ack(Site& site, const Request& request) {
    const auto type = request.header("Content-Type");
    if (type.substr(0, type.find(';')) != "application/x-www-form-urlencoded")
        co_return problem(415, "wrong_content_type", "send the form");
    const auto form = decode_form(request.body);
    const auto field = form ? form->find("t") : decltype(form->end()){};
    if (!form || field == form->end() || form->size() != 1) co_return unreadable(request);
    const auto token = field->second;
    const auto claim = site.ack.read(token);
    const auto workspace = site.workspace;
    const auto* person = claim ? holder_of(*workspace, *claim) : nullptr;
    if (!person || claim->action != "acknowledge") co_return unreadable(request);
    AckPage page;
    page.language = person->language == "ar" ? "ar" : "en";
    const auto& words = page.language == "ar" ? kArabic : kEnglish;
    const auto now = site.clock.now();
    if (claim->expires_at <= now) {
        page.notice = words.over;
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
        page.notice = words.done;
        site.events.ticket(claim->ticket, to_string(TicketEventKind::acknowledged));
        if (site.hooks.tickets_changed) site.hooks.tickets_changed();
    } else {
        describe_state(page, *workspace, words);
    }
    site.audit(request, "ack_link", claim->ticket + " " + claim->person, done.applied ? "ok" : "used before");
    co_return page_of(page, token, 200);
}

Task<Response> get_ack_style(Site&, const Request&) {
    Response response;
    response.type = "text/css; charset=utf-8";
    response.body = kStyle;
    response.cache_control = "public, max-age=3600";
    co_return response;
}

}  // namespace rasid::handlers
