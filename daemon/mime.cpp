#include "daemon/mime.hpp"

#include "core/text/fold.hpp"

#include <algorithm>
#include <cassert>
#include <gmime/gmime.h>
#include <memory>

namespace rasid {
namespace {

struct Unref {
    void operator()(void* object) const { g_object_unref(object); }
};
template <typename T>
using Object = std::unique_ptr<T, Unref>;

bool is_control(char32_t code) {
    return code < 0x20 || (code >= 0x7f && code < 0xa0) || code == 0x2028 || code == 0x2029;
}

/// Valid UTF-8 with single \n line ends and no control character but those and tabs.
std::string body_text(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const char32_t code = next_character(text, at);
        if (code == '\r') {
            if (at >= text.size() || text[at] != '\n') out += '\n';
        } else if (code == '\n' || code == '\t' || !is_control(code)) {
            append_utf8(out, code);
        }
    }
    return out;
}

/// What may stand inside <…> of an id.
std::string id_text(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const bool free = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
                          c == '.' || c == '_';
        if (free) out += c;
    }
    return out;
}

std::string host_of(std::string_view address) {
    const auto host = id_text(address.substr(address.rfind('@') + 1));
    return host.empty() ? "rasid.invalid" : host;
}

/// A brand as one label of a domain name; letters outside ASCII by their bytes, so that two brands never share a label.
std::string label_of(std::string_view brand) {
    constexpr std::string_view kHex = "0123456789abcdef";
    std::string label;
    for (const char c : brand) {
        const auto byte = static_cast<unsigned char>(c);
        if (c >= 'A' && c <= 'Z')
            label += static_cast<char>(c - 'A' + 'a');
        else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            label += c;
        else if (byte >= 0x80)
            label.append({kHex[byte >> 4], kHex[byte & 15]});
        else if (!label.empty() && label.back() != '-')
            label += '-';
    }
    label.resize(std::min<std::size_t>(label.size(), 63));
    while (label.ends_with('-')) label.pop_back();
    return label;
}

Object<GMimePart> part_of(const char* subtype, std::string_view content) {
    const auto text = body_text(content);
    Object<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(text.data(), text.size()));
    Object<GMimeDataWrapper> wrapper(g_mime_data_wrapper_new_with_stream(stream.get(), GMIME_CONTENT_ENCODING_DEFAULT));
    Object<GMimePart> part(g_mime_part_new_with_type("text", subtype));
    g_mime_object_set_content_type_parameter(GMIME_OBJECT(part.get()), "charset", "utf-8");
    g_mime_part_set_content_encoding(part.get(), GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
    g_mime_part_set_content(part.get(), wrapper.get());
    return part;
}

class Builder {
public:
    Builder() : message_(g_mime_message_new(TRUE)) {}

    // Without an explicit charset gmime would choose a legacy one that fits the name.
    void mailbox(InternetAddressList* list, const std::string& name, const std::string& address) {
        const auto shown = header_text(name);
        Object<InternetAddress> mailbox(
            internet_address_mailbox_new(shown.empty() ? nullptr : shown.c_str(), address.c_str()));
        internet_address_set_charset(mailbox.get(), "UTF-8");
        internet_address_list_add(list, mailbox.get());
    }
    void header(const char* name, std::string_view value) {
        const auto shown = header_text(value);
        if (!shown.empty()) g_mime_object_append_header(GMIME_OBJECT(message_.get()), name, shown.c_str(), "UTF-8");
    }
    void body(const MailMessage& mail, const std::string& boundary) {
        Object<GMimeMultipart> alternative(g_mime_multipart_new_with_subtype("alternative"));
        g_mime_multipart_set_boundary(alternative.get(), boundary.c_str());
        const auto text = part_of("plain", mail.text);
        const auto html = part_of("html", mail.html);
        g_mime_multipart_add(alternative.get(), GMIME_OBJECT(text.get()));
        g_mime_multipart_add(alternative.get(), GMIME_OBJECT(html.get()));
        if (!mail.calendar.empty()) {
            const auto calendar = part_of("calendar", mail.calendar);
            const bool withdrawn = mail.calendar.find("METHOD:CANCEL") != std::string::npos;
            g_mime_object_set_content_type_parameter(GMIME_OBJECT(calendar.get()), "method",
                                                     withdrawn ? "CANCEL" : "REQUEST");
            g_mime_multipart_add(alternative.get(), GMIME_OBJECT(calendar.get()));
        }
        g_mime_message_set_mime_part(message_.get(), GMIME_OBJECT(alternative.get()));
    }
    GMimeMessage* get() { return message_.get(); }

    std::string print() {
        const std::unique_ptr<GMimeFormatOptions, decltype(&g_mime_format_options_free)> options(
            g_mime_format_options_new(), &g_mime_format_options_free);
        g_mime_format_options_set_newline_format(options.get(), GMIME_NEWLINE_FORMAT_DOS);
        Object<GMimeStream> stream(g_mime_stream_mem_new());
        g_mime_object_write_to_stream(GMIME_OBJECT(message_.get()), options.get(), stream.get());
        const GByteArray* bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream.get()));
        return std::string(reinterpret_cast<const char*>(bytes->data), bytes->len);
    }

private:
    Object<GMimeMessage> message_;
};

void start_gmime() {
    [[maybe_unused]] static const bool started = [] {
        g_mime_init();
        return true;
    }();
    assert(started);
}

}  // namespace

void add_unsubscribe(MailMessage& message, const std::string& url) {
    message.bulk = true;
    message.extra.emplace_back("List-Unsubscribe", "<" + url + ">");
    message.extra.emplace_back("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
}

std::string header_text(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t code = next_character(text, at);
        if (is_control(code) || code == ' ') {
            if (!out.empty() && out.back() != ' ') out += ' ';
            continue;
        }
        // "=?" begins an encoded word: what a stranger wrote must not be decoded once more.
        if (code == '?' && out.ends_with('=')) out += ' ';
        append_utf8(out, code);
    }
    while (out.ends_with(' ')) out.pop_back();
    return out;
}

std::string message_id(std::string_view intent, std::string_view from) { return id_text(intent) + "@" + host_of(from); }

std::string build_mail(const MailMessage& mail) {
    start_gmime();
    Builder builder;
    builder.mailbox(g_mime_message_get_from(builder.get()), mail.from_name, mail.from);
    builder.mailbox(g_mime_message_get_to(builder.get()), mail.to_name, mail.to);
    g_mime_message_set_subject(builder.get(), header_text(mail.subject).c_str(), "UTF-8");
    const std::unique_ptr<GDateTime, decltype(&g_date_time_unref)> date(
        g_date_time_new_from_unix_utc(std::chrono::floor<std::chrono::seconds>(mail.date).time_since_epoch().count()),
        &g_date_time_unref);
    g_mime_message_set_date(builder.get(), date.get());
    const auto id = message_id(mail.intent, mail.from);
    g_mime_message_set_message_id(builder.get(), id.c_str());
    if (!mail.references.empty()) {
        std::string thread;
        for (const auto& reference : mail.references)
            thread += (thread.empty() ? "<" : " <") + message_id(reference, mail.from) + ">";
        builder.header("In-Reply-To", "<" + message_id(mail.references.front(), mail.from) + ">");
        builder.header("References", thread);
    }
    builder.header("Auto-Submitted", "auto-generated");
    builder.header("X-Auto-Response-Suppress", "All");
    if (mail.bulk) builder.header("Precedence", "bulk");
    const auto label = label_of(mail.list);
    builder.header("List-Id",
                   "<" + (label.empty() ? std::string() : label + ".") + "rasid." + host_of(mail.from) + ">");
    builder.header("Content-Language", id_text(mail.language));
    builder.header("X-Rasid-Reason", mail.reason);
    builder.header("X-Rasid-Priority", mail.priority);
    builder.header("X-Rasid-Ticket", mail.ticket);
    builder.header("Rasid-Intent", mail.intent);
    for (const auto& [name, value] : mail.extra) builder.header(name.c_str(), value);
    // Quoted-printable text never contains "=_", so no body can hold the boundary.
    builder.body(mail, "=_" + id_text(mail.intent));
    return builder.print();
}

}  // namespace rasid
