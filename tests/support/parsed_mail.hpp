#pragma once

#include "daemon/mime.hpp"

#include <gmime/gmime.h>

#include <cassert>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace rasid {

/// A mail as a reader sees it: parsed and decoded by gmime.
struct ParsedMail {
    struct Part {
        std::string type;  ///< "text/plain; charset=utf-8; quoted-printable"
        std::string text;
    };
    std::vector<std::pair<std::string, std::string>> headers = {};  ///< of the message itself, decoded, in order
    std::vector<std::string> recipients = {};                       ///< addresses of To, Cc and Bcc
    std::string to_name = {};
    std::string from = {};
    std::string from_name = {};
    std::string body_type = {};
    std::vector<Part> parts = {};

    std::string header(std::string_view name) const {
        for (const auto& [key, value] : headers) {
            if (key == name) return value;
        }
        return {};
    }
    std::vector<std::string> names() const {
        std::vector<std::string> all;
        for (const auto& [key, value] : headers) all.push_back(key);
        return all;
    }
};

/// The same headers with neighbouring encoded words as one. RFC 2047 decodes each by itself; gmime joins their base64
/// first, which ends at the padding of the one before.
inline std::string with_joined_words(std::string bytes) {
    const std::string begin = "=?UTF-8?b?";
    // gmime writes a small b in names and a large one in other headers.
    for (std::size_t at = 0; (at = bytes.find("=?UTF-8?B?", at)) != std::string::npos;)
        bytes.replace(at, begin.size(), begin);
    const auto base64_of = [&](std::size_t word, std::size_t end) {
        gsize size = 0;
        guchar* const data = g_base64_decode(bytes.substr(word, end - word).c_str(), &size);
        std::string out(reinterpret_cast<const char*>(data), size);
        g_free(data);
        return out;
    };
    std::size_t word = bytes.find(begin);
    while (word != std::string::npos) {
        const auto first = word + begin.size();
        const auto seam = bytes.find("?=", first);
        const auto next = bytes.find_first_not_of(" \t\r\n", seam + 2);
        if (seam == std::string::npos || next == std::string::npos || bytes.compare(next, begin.size(), begin) != 0) {
            word = bytes.find(begin, first);
            continue;
        }
        const auto end = bytes.find("?=", next + begin.size());
        const auto whole = base64_of(first, seam) + base64_of(next + begin.size(), end);
        gchar* const joined = g_base64_encode(reinterpret_cast<const guchar*>(whole.data()), whole.size());
        bytes.replace(first, end - first, joined);
        g_free(joined);
    }
    return bytes;
}

inline ParsedMail parse_mail(const std::string& sent) {
    const auto bytes = with_joined_words(sent);
    struct Unref {
        void operator()(void* object) const { g_object_unref(object); }
    };
    [[maybe_unused]] static const bool started = (g_mime_init(), true);
    assert(started);
    const std::unique_ptr<GMimeStream, Unref> stream(g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size()));
    const std::unique_ptr<GMimeParser, Unref> parser(g_mime_parser_new_with_stream(stream.get()));
    const std::unique_ptr<GMimeMessage, Unref> message(g_mime_parser_construct_message(parser.get(), nullptr));
    ParsedMail mail;
    if (!message) return mail;

    const auto text_of = [](const char* text) { return std::string(text ? text : ""); };
    const auto without_folds = [](const std::string& raw) {
        std::string line;
        for (const char c : raw)
            if (c != '\r' && c != '\n' && !(line.empty() && c == ' ')) line += c == '\t' ? ' ' : c;
        return line;
    };
    GMimeHeaderList* const list = g_mime_object_get_header_list(GMIME_OBJECT(message.get()));
    for (int at = 0; at < g_mime_header_list_get_count(list); ++at) {
        GMimeHeader* const header = g_mime_header_list_get_header_at(list, at);
        const auto unfolded = without_folds(text_of(g_mime_header_get_raw_value(header)));
        char* const decoded = g_mime_utils_header_decode_text(nullptr, unfolded.c_str());
        mail.headers.emplace_back(g_mime_header_get_name(header), text_of(decoded));
        g_free(decoded);
    }
    const auto each = [](InternetAddressList* addresses, const auto& use) {
        for (int at = 0; at < internet_address_list_length(addresses); ++at) {
            InternetAddress* const address = internet_address_list_get_address(addresses, at);
            use(address, INTERNET_ADDRESS_IS_MAILBOX(address) ? INTERNET_ADDRESS_MAILBOX(address) : nullptr);
        }
    };
    InternetAddressList* const everybody = g_mime_message_get_all_recipients(message.get());
    if (everybody) {
        each(everybody, [&](InternetAddress* address, InternetAddressMailbox* mailbox) {
            mail.recipients.push_back(mailbox ? text_of(internet_address_mailbox_get_addr(mailbox)) : "a group");
            mail.to_name = without_folds(text_of(internet_address_get_name(address)));
        });
        g_object_unref(everybody);
    }
    each(g_mime_message_get_from(message.get()), [&](InternetAddress* address, InternetAddressMailbox* mailbox) {
        mail.from += mailbox ? text_of(internet_address_mailbox_get_addr(mailbox)) : "a group";
        mail.from_name += text_of(internet_address_get_name(address));
    });
    GMimeObject* const body = g_mime_message_get_mime_part(message.get());
    GMimeContentType* const type = g_mime_object_get_content_type(body);
    mail.body_type =
        text_of(g_mime_content_type_get_media_type(type)) + "/" + text_of(g_mime_content_type_get_media_subtype(type));
    if (!GMIME_IS_MULTIPART(body)) return mail;
    for (int at = 0; at < g_mime_multipart_get_count(GMIME_MULTIPART(body)); ++at) {
        GMimeObject* const part = g_mime_multipart_get_part(GMIME_MULTIPART(body), at);
        if (!GMIME_IS_PART(part)) {
            mail.parts.push_back({"no leaf", ""});
            continue;
        }
        GMimeContentType* const kind = g_mime_object_get_content_type(part);
        const std::unique_ptr<GMimeStream, Unref> out(g_mime_stream_mem_new());
        g_mime_data_wrapper_write_to_stream(g_mime_part_get_content(GMIME_PART(part)), out.get());
        const GByteArray* const content = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(out.get()));
        mail.parts.push_back(
            {text_of(g_mime_content_type_get_media_type(kind)) + "/" +
                 text_of(g_mime_content_type_get_media_subtype(kind)) +
                 "; charset=" + text_of(g_mime_content_type_get_parameter(kind, "charset")) + "; " +
                 text_of(g_mime_content_encoding_to_string(g_mime_part_get_content_encoding(GMIME_PART(part)))),
             std::string(reinterpret_cast<const char*>(content->data), content->len)});
    }
    return mail;
}

/// What a reader of `bytes` sees that `mail` did not intend; empty when there is nothing.
inline std::string unintended_in(const MailMessage& mail, const std::string& bytes) {
    const auto parsed = parse_mail(bytes);
    const std::set<std::string> always = {
        "From",    "To",          "Subject", "Date", "Message-Id", "Auto-Submitted", "X-Auto-Response-Suppress",
        "List-Id", "MIME-Version"};
    std::set<std::string> intended = always;
    const auto when = [&intended](const std::string& value, const char* name) {
        if (!value.empty()) intended.insert(name);
    };
    if (!mail.references.empty()) intended.insert({"In-Reply-To", "References"});
    if (mail.bulk) intended.insert("Precedence");
    when(mail.language, "Content-Language");
    when(mail.reason, "X-Rasid-Reason");
    when(mail.priority, "X-Rasid-Priority");
    when(mail.ticket, "X-Rasid-Ticket");
    when(mail.intent, "Rasid-Intent");
    std::set<std::string> seen;
    for (const auto& name : parsed.names()) {
        if (!intended.contains(name)) return "the header " + name;
        if (!seen.insert(name).second) return "two headers " + name;
    }
    for (const auto& name : always) {
        if (!seen.contains(name)) return "no header " + name;
    }
    if (parsed.recipients != std::vector<std::string>{mail.to}) {
        std::string all;
        for (const auto& recipient : parsed.recipients) all += recipient + " ";
        return "recipients: " + all;
    }
    if (parsed.from != mail.from) return "the sender " + parsed.from;
    if (parsed.header("Subject") != header_text(mail.subject)) return "the subject " + parsed.header("Subject");
    if (parsed.header("X-Rasid-Reason") != header_text(mail.reason))
        return "the reason " + parsed.header("X-Rasid-Reason");
    if (parsed.to_name != header_text(mail.to_name)) return "the name " + parsed.to_name;
    if (parsed.body_type != "multipart/alternative") return "a body of type " + parsed.body_type;
    if (parsed.parts.size() != 2) return std::to_string(parsed.parts.size()) + " parts";
    if (parsed.parts[0].type != "text/plain; charset=utf-8; quoted-printable")
        return "a first part " + parsed.parts[0].type;
    if (parsed.parts[1].type != "text/html; charset=utf-8; quoted-printable")
        return "a second part " + parsed.parts[1].type;
    for (std::size_t at = 0, line = 0; at < bytes.size(); ++at, ++line) {
        const bool cr = bytes[at] == '\r';
        if (cr != (at + 1 < bytes.size() && bytes[at + 1] == '\n'))
            return "a lone line break at byte " + std::to_string(at);
        if (bytes[at] == '\0' || static_cast<unsigned char>(bytes[at]) >= 0x80) return "a byte outside ASCII";
        if (bytes[at] == '\n') line = 0;
        if (line > 998) return "a line over 998 bytes";
    }
    return {};
}

}  // namespace rasid
