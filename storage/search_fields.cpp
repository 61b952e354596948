#include "storage/search_fields.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <tuple>

namespace rasid {
namespace {

/// "ar" of "ar-Latn".
std::string_view primary(std::string_view language) { return language.substr(0, language.find('-')); }

std::string_view platform_of(const FoundText& text) {
    if (text.mention) return text.mention->mention.key.platform;
    return text.ticket ? std::string_view(text.ticket->platform) : std::string_view();
}

std::string_view source_of(const FoundText& text) {
    if (text.mention) return text.mention->mention.source;
    return text.ticket ? std::string_view(text.ticket->source) : std::string_view();
}

/// What rules said, and people.
std::vector<std::string> tags_of(const FoundText& text) {
    std::vector<std::string> tags;
    if (text.mention)
        tags = text.mention->verdict.tags;
    else if (text.ticket)
        tags = text.ticket->tags;
    if (text.ticket) tags.insert(tags.end(), text.ticket->labels.begin(), text.ticket->labels.end());
    return tags;
}

std::vector<std::string> rules_of(const FoundText& text) {
    if (text.mention) return text.mention->verdict.rules;
    if (text.ticket && !text.ticket->rule.empty()) return {text.ticket->rule};
    return {};
}

bool holds(const std::vector<std::string>& list, const std::string& value) {
    return value.empty() || std::ranges::find(list, value) != list.end();
}

}  // namespace

std::string search_word(SearchField field, std::string_view value) {
    // FNV-1a: what is stored must not change with a hash that is made for speed.
    std::uint64_t hash = 0xcbf29ce484222325;
    for (const char c : value) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    std::string word(1, static_cast<char>(field));
    for (int digit = 0; digit < 12; ++digit) word += "0123456789abcdef"[hash >> (60 - 4 * digit) & 15];
    return word;
}

std::string_view brand_of(const FoundText& text) {
    if (text.ticket) return text.ticket->brand;
    return text.mention ? std::string_view(text.mention->verdict.brand) : std::string_view();
}

Instant time_of(const FoundText& text) { return text.mention ? text.mention->mention.created_at : text.event->at; }

std::string field_words(const FoundText& text) {
    std::string words;
    const auto add = [&](SearchField field, std::string_view value) {
        if (value.empty()) return;
        if (!words.empty()) words += ' ';
        words += search_word(field, value);
    };
    add(SearchField::platform, platform_of(text));
    add(SearchField::source, source_of(text));
    add(SearchField::brand, brand_of(text));
    for (const auto& tag : tags_of(text)) add(SearchField::tag, tag);
    for (const auto& rule : rules_of(text)) add(SearchField::rule, rule);
    if (text.ticket) add(SearchField::state, to_string(text.ticket->state));
    if (!text.mention) return words;
    const auto& verdict = text.mention->verdict;
    add(SearchField::language, verdict.language);
    if (primary(verdict.language) != verdict.language) add(SearchField::language, primary(verdict.language));
    add(SearchField::sentiment, to_string(verdict.sentiment.label));
    return words;
}

std::vector<std::string> wanted_words(const SearchFields& fields) {
    std::vector<std::string> words;
    const auto want = [&](SearchField field, std::string_view value) {
        if (!value.empty()) words.push_back(search_word(field, value));
    };
    want(SearchField::platform, fields.platform);
    want(SearchField::source, fields.source);
    want(SearchField::brand, fields.brand);
    want(SearchField::tag, fields.tag);
    want(SearchField::rule, fields.rule);
    want(SearchField::language, fields.language);
    if (fields.sentiment) want(SearchField::sentiment, to_string(*fields.sentiment));
    if (fields.state) want(SearchField::state, to_string(*fields.state));
    return words;
}

bool searched_differently(const StoredMention& before, const StoredMention& after) {
    const auto said = [](const Mention& mention) {
        return std::tie(mention.text, mention.title, mention.author.handle, mention.author.name, mention.source,
                        mention.created_at, mention.deleted);
    };
    const auto understood = [](const Verdict& verdict) {
        return std::tie(verdict.language, verdict.sentiment.label, verdict.brand, verdict.tags, verdict.rules);
    };
    const bool moved = !after.ticket.empty() && before.ticket != after.ticket;  // it never leaves one for none
    return moved || said(before.mention) != said(after.mention) ||
           understood(before.verdict) != understood(after.verdict);
}

bool is_written(const TicketEvent& event) {
    switch (event.kind) {
    case TicketEventKind::noted:
    case TicketEventKind::replied:
    case TicketEventKind::answered_elsewhere:
    case TicketEventKind::call_held:
        return !event.text.empty() && event.mention.empty();
    default:
        return false;
    }
}

bool fits(const FoundText& text, const SearchQuery& query) {
    const auto& fields = query.fields;
    const auto is = [](const std::string& wanted, std::string_view value) { return wanted.empty() || wanted == value; };
    const auto brand = brand_of(text);
    if (!query.brands.empty() && std::ranges::find(query.brands, brand) == query.brands.end()) return false;
    if (query.since && time_of(text) < *query.since) return false;
    if (query.until && time_of(text) >= *query.until) return false;
    if (fields.state && (!text.ticket || text.ticket->state != *fields.state)) return false;
    if (!is(fields.platform, platform_of(text)) || !is(fields.source, source_of(text)) || !is(fields.brand, brand) ||
        !holds(tags_of(text), fields.tag) || !holds(rules_of(text), fields.rule))
        return false;
    if (!text.mention) return fields.language.empty() && !fields.sentiment && fields.author.empty();
    const auto& verdict = text.mention->verdict;
    if (fields.sentiment && verdict.sentiment.label != *fields.sentiment) return false;
    return is(fields.language, verdict.language) || is(fields.language, primary(verdict.language));
}

}  // namespace rasid
