#include "web/handlers/handlers.hpp"

#include "core/outbox.hpp"

namespace rasid::handlers {
namespace {

constexpr std::string_view kMailPolicy =
    "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'self'";

/// A mail about a ticket of a brand that a person does not see is not his either; one about no ticket is, if it went to
/// him.
bool sees_mail(Reader& reader, const OutboxItem& mail, const Person& person) {
    if (person.brands.empty()) return true;
    if (mail.ticket.empty()) return mail.to == person.email;
    const auto ticket = reader.ticket(mail.ticket);
    return ticket && sees_brand(person, ticket->brand);
}

std::optional<OutboxItem> visible_mail(Reader& reader, std::string_view id, const Person& person) {
    auto mail = reader.outbox_item(id);
    if (!mail || !(is_mail(*mail) || is_webhook(*mail)) || !sees_mail(reader, *mail, person)) return std::nullopt;
    return mail;
}

struct MailPage {
    std::vector<OutboxItem> mails = {};
    std::string next = {};
    UnsentItems unsent = {};
};

std::string part_of(const OutboxItem& mail, std::string_view part) {
    const auto payload = parse_json(mail.payload);
    return payload ? payload->root()[part].text_or("") : std::string();
}

void write_mail_members(JsonWriter& out, const OutboxItem& mail) {
    out.member("id", mail.id);
    out.member("kind", mail.kind);
    out.member("to", mail.to);
    out.member("subject", part_of(mail, "subject"));
    out.member("state", to_string(mail.state));
    out.member("created_at", mail.created_at);
    out.member("sent_at", mail.state == OutboxState::sent ? mail.finished_at : std::nullopt);
    out.member("attempts", mail.attempts);
    out.text_or_null("last_error", mail.last_error);
    out.text_or_null("ticket", mail.ticket);
}

Task<std::optional<OutboxItem>> find_mail(Site& site, const Request& request) {
    const auto id = request.args[0];
    const auto person = request.person();
    auto mail = co_await site.database.read([&](Reader& reader) { return visible_mail(reader, id, person); });
    co_return mail;
}

}  // namespace

Response mail_page(std::string html) {
    Response response;
    response.type = "text/html; charset=utf-8";
    response.body = std::move(html);
    response.csp = kMailPolicy;
    return response;
}

Task<Response> get_mails(Site& site, const Request& request) {
    const auto limit = limit_of(request);
    if (!limit) co_return problem(400, "bad_request", "`limit` is 1 to 200");
    const std::string after(request.parameter("after"));
    const auto person = request.person();
    const auto wanted = *limit;
    const auto page = co_await site.database.read([&](Reader& reader) {
        MailPage found{.unsent = reader.unsent()};
        auto mails = reader.mails(after, wanted);
        if (mails.size() == static_cast<std::size_t>(wanted)) found.next = mails.back().id;
        for (auto& mail : mails) {
            if (sees_mail(reader, mail, person)) found.mails.push_back(std::move(mail));
        }
        return found;
    });
    JsonWriter out;
    out.object([&] {
        out.key("mails");
        out.array([&] {
            for (const auto& mail : page.mails) out.object([&] { write_mail_members(out, mail); });
        });
        out.text_or_null("next", page.next);
        out.key("unsent");
        out.object([&] {
            out.member("count", page.unsent.count);
            out.member("oldest", page.unsent.oldest);
        });
    });
    co_return json_response(std::move(out).take());
}

Task<Response> get_mail(Site& site, const Request& request) {
    const auto mail = co_await find_mail(site, request);
    if (!mail) co_return not_found();
    JsonWriter out;
    out.object([&] {
        write_mail_members(out, *mail);
        out.member("text", part_of(*mail, "text"));
        out.member("html", part_of(*mail, "html"));
    });
    co_return json_response(std::move(out).take());
}

Task<Response> get_mail_html(Site& site, const Request& request) {
    const auto mail = co_await find_mail(site, request);
    if (!mail) co_return not_found();
    co_return mail_page(part_of(*mail, "html"));
}

Task<Response> retry_mail(Site& site, const Request& request) {
    const auto id = request.args[0];
    const auto person = request.person();
    const auto now = site.clock.now();
    const auto retried = co_await site.database.write([&](Store& store) -> std::optional<OutboxItem> {
        auto mail = visible_mail(store, id, person);
        if (!mail || mail->state != OutboxState::dead) return mail;
        mail->state = OutboxState::waiting;
        mail->attempts = 0;
        mail->not_before = now;
        mail->finished_at.reset();
        store.update_outbox(*mail);
        return mail;
    });
    if (!retried) co_return not_found();
    if (retried->state != OutboxState::waiting || retried->not_before != now) {
        co_return problem(409, "not_possible", "only a dead letter can be put back");
    }
    site.events.mail(*retried);
    if (site.hooks.outbox_changed) site.hooks.outbox_changed();
    site.audit(request, "mail_retried", id, "ok");
    JsonWriter out;
    out.object([&] { write_mail_members(out, *retried); });
    co_return json_response(std::move(out).take());
}

}  // namespace rasid::handlers
