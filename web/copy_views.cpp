#include "web/copy_views.hpp"

#include "core/text/first_characters.hpp"
#include "web/request.hpp"
#include "web/ticket_views.hpp"

#include <set>

namespace rasid {

Copies copies_of(Reader& reader, const StoredMention& mention, const Person& person, int limit) {
    Copies found;
    for (auto& copy : reader.copies(mention, limit + 1)) {
        if (found.list.size() == static_cast<std::size_t>(limit)) {
            found.more = true;
            break;
        }
        if (!sees_brand(person, copy.verdict.brand)) continue;
        const auto ticket = copy.ticket.empty() ? std::nullopt : reader.ticket(copy.ticket);
        const bool shown = ticket && sees_brand(person, ticket->brand);
        found.list.push_back({std::move(copy), shown ? ticket->number : 0});
    }
    return found;
}

void write_author_name(JsonWriter& out, const Author& author) {
    out.object([&] {
        out.member("name", author.name.empty() ? author.handle : author.name);
        out.member("handle", author.handle);
    });
}

void write_mention_line(JsonWriter& out, const StoredMention& stored, std::int64_t ticket_number) {
    const auto& mention = stored.mention;
    out.member("id", stored.id);
    out.member("platform", mention.key.platform);
    out.member("source", mention.source);
    out.key("author");
    write_author_name(out, mention.author);
    out.member("text", first_characters(mention.text, kSnippet));
    out.member("language", stored.verdict.language);
    out.key("url");
    if (mention.url.empty())
        out.null();
    else
        out.value(mention.url);
    out.member("created_at", mention.created_at);
    out.key("ticket");
    if (ticket_number == 0) return out.null();
    out.object([&] {
        out.member("id", stored.ticket);
        out.member("number", ticket_number);
    });
}

void write_copies(JsonWriter& out, const Copies& copies) {
    std::set<std::string_view> platforms;
    for (const auto& copy : copies.list) platforms.insert(copy.stored.mention.key.platform);
    out.object([&] {
        out.member("count", copies.list.size());
        out.member("platforms", platforms.size());
        out.member("more", copies.more);
        out.key("mentions");
        out.array([&] {
            for (const auto& copy : copies.list)
                out.object([&] { write_mention_line(out, copy.stored, copy.ticket_number); });
        });
    });
}

}  // namespace rasid
