#include "web/search_views.hpp"

#include "core/text/first_characters.hpp"
#include "web/copy_views.hpp"

#include <algorithm>

namespace rasid {
namespace {

constexpr std::size_t kExcerpt = 280;   ///< characters
constexpr std::size_t kBeforeHit = 80;  ///< bytes of it before the first hit
constexpr std::size_t kMostHits = 50;

/// At most so many bytes before a place: where a word begins, or else a character.
std::size_t start_before(std::string_view text, std::size_t at) {
    if (at <= kBeforeHit) return 0;
    auto start = at - kBeforeHit;
    while (start < at && (static_cast<unsigned char>(text[start]) & 0xC0) == 0x80) ++start;
    const auto space = text.find_first_of(" \n\t", start);
    return space < at ? space + 1 : start;
}

void write_ranges(JsonWriter& out, std::string_view name, const std::vector<TextRange>& ranges) {
    out.objects(name, ranges, [&](const TextRange& range) {
        out.member("start", range.start);
        out.member("end", range.end);
    });
}

void write_ticket(JsonWriter& out, const std::optional<Ticket>& ticket) {
    out.key("ticket");
    if (!ticket) return out.null();
    out.object([&] {
        out.member("id", ticket->id);
        out.member("number", ticket->number);
        out.member("state", to_string(ticket->state));
    });
}

void write_mention(JsonWriter& out, const StoredMention& stored) {
    const auto& mention = stored.mention;
    out.member("kind", "mention");
    out.member("id", stored.id);
    out.member("direction", mention.own ? "out" : "in");
    out.member("platform", mention.key.platform);
    out.member("source", mention.source);
    out.key("author");
    write_author_name(out, mention.author);
    out.member("language", stored.verdict.language);
    out.member("sentiment", to_string(stored.verdict.sentiment.label));
    out.text_or_null("url", mention.url);
    out.member("created_at", mention.created_at);
}

void write_event(JsonWriter& out, const FoundText& found, const Workspace& workspace) {
    const auto& event = *found.event;
    const auto* person = workspace.person(event.actor);
    out.member("kind", event.kind == TicketEventKind::replied ? "reply" : "note");
    out.member("id", event.id);
    out.member("direction", "out");
    out.member("platform", found.ticket ? found.ticket->platform : std::string());
    out.member("source", found.ticket ? found.ticket->source : std::string());
    out.key("author");
    write_author_name(out, Author{.handle = {}, .name = person ? person->name : std::string("Rasid")});
    out.member("language", "und");
    out.key("sentiment");
    out.null();
    out.key("url");
    out.null();
    out.member("created_at", event.at);
}

/// What a reply's platform has shown back.
bool is_shown(const FoundText& reply, const std::vector<FoundText>& found) {
    if (!reply.event || reply.event->kind != TicketEventKind::replied) return false;
    return std::ranges::any_of(found, [&](const FoundText& other) {
        return other.mention && other.mention->mention.own && other.mention->ticket == reply.event->ticket &&
               other.mention->mention.text.find(reply.event->text) != std::string::npos;
    });
}

}  // namespace

Excerpt excerpt_of(std::string_view text, const std::vector<SearchTerm>& terms) {
    const auto hits = search_hits(text, terms, kMostHits);
    const auto start = hits.empty() ? 0 : start_before(text, hits.front().start);
    const auto part = first_characters(text.substr(start), kExcerpt);
    Excerpt excerpt{.text = std::string(part), .cut_before = start > 0, .cut_after = start + part.size() < text.size()};
    for (const auto& hit : hits) {
        if (hit.end <= start + part.size()) excerpt.hits.push_back({hit.start - start, hit.end - start});
    }
    return excerpt;
}

std::vector<SearchResult> results_of(std::vector<FoundText> found, const std::vector<SearchTerm>& terms) {
    std::vector<bool> twice;
    for (const auto& one : found) twice.push_back(is_shown(one, found));
    std::vector<SearchResult> results;
    for (std::size_t i = 0; i < found.size(); ++i) {
        if (twice[i]) continue;
        auto& one = found[i];
        SearchResult result;
        if (one.mention) result.title = excerpt_of(one.mention->mention.title, terms);
        result.text = excerpt_of(one.mention ? one.mention->mention.text : one.event->text, terms);
        result.found = std::move(one);
        results.push_back(std::move(result));
    }
    return results;
}

void write_result(JsonWriter& out, const SearchResult& result, const Workspace& workspace) {
    out.object([&] {
        if (result.found.mention)
            write_mention(out, *result.found.mention);
        else
            write_event(out, result.found, workspace);
        out.member("title", result.title.text);
        write_ranges(out, "title_hits", result.title.hits);
        out.member("text", result.text.text);
        write_ranges(out, "hits", result.text.hits);
        out.key("cut");
        out.object([&] {
            out.member("before", result.text.cut_before);
            out.member("after", result.text.cut_after);
        });
        write_ticket(out, result.found.ticket);
    });
}

}  // namespace rasid
