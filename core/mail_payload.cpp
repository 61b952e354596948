#include "core/mail_payload.hpp"

#include "core/json.hpp"

namespace rasid {

std::string print_mail_payload(const MailPayload& payload) {
    JsonWriter out;
    out.object([&] {
        out.member("to_name", payload.to_name);
        out.member("subject", payload.subject);
        out.member("text", payload.text);
        out.member("html", payload.html);
        out.member("language", payload.language);
        out.member("reason", payload.reason);
        out.member("list", payload.list);
        out.member("ticket_number", payload.ticket_number);
        if (!payload.about.empty()) out.member("about", payload.about);
        out.strings("references", payload.references);
        if (!payload.calendar.empty()) out.member("calendar", payload.calendar);
        if (!payload.unsubscribe_url.empty()) out.member("unsubscribe_url", payload.unsubscribe_url);
    });
    return std::move(out).take();
}

Result<MailPayload> parse_mail_payload(std::string_view json) {
    auto document = parse_json(json);
    if (!document) return document.error();
    const auto root = document->root();
    MailPayload payload;
    payload.to_name = root["to_name"].text_or("");
    payload.subject = root["subject"].text_or("");
    payload.text = root["text"].text_or("");
    payload.html = root["html"].text_or("");
    payload.language = root["language"].text_or("");
    payload.reason = root["reason"].text_or("");
    payload.list = root["list"].text_or("");
    payload.ticket_number = root["ticket_number"].integer().value_or(0);
    payload.about = root["about"].text_or("");
    for (const auto& id : root["references"].items()) payload.references.push_back(id.text_or(""));
    payload.calendar = root["calendar"].text_or("");
    payload.unsubscribe_url = root["unsubscribe_url"].text_or("");
    return payload;
}

}  // namespace rasid
