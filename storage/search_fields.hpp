#pragma once

#include "storage/reader.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace rasid {

/// The kinds of fields that are words of the search index.
enum class SearchField : char {
    platform = 'p',
    source = 's',
    language = 'l',
    brand = 'b',
    tag = 't',
    rule = 'r',
    sentiment = 'n',
    state = 'e',
};

/// A field's value as one word, of letters and digits whatever it holds. Part of what is stored.
std::string search_word(SearchField field, std::string_view value);

/// The brand by which people may see a text: of its ticket, or else of its verdict.
std::string_view brand_of(const FoundText& text);

/// When it was said: the mention's own time, or the event's.
Instant time_of(const FoundText& text);

/// All that holds of a text, as words.
std::string field_words(const FoundText& text);

/// What is asked for, as words that must all be there.
std::vector<std::string> wanted_words(const SearchFields& fields);

/// Whether a mention must be indexed anew.
bool searched_differently(const StoredMention& before, const StoredMention& after);

/// Whether an event's text is what a person wrote and may search for.
bool is_written(const TicketEvent& event);

/// Whether the text itself, which may have changed since it was indexed, is what is asked for; says nothing of words
/// and authors.
bool fits(const FoundText& text, const SearchQuery& query);

}  // namespace rasid
