#pragma once

#include "core/search.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace rasid {

/// What the search index keeps of a text: the words that rules see, each with its readings without particles, and the
/// parts of hashtags.
SearchText search_text(std::string_view text);

/// The words of what a person typed into a search field. "…", «…» and “…” keep words side by side as written, - before
/// a word or phrase excludes it, * behind three letters or more is any ending; الكتاب is asked for as كتاب, which every
/// article stands before. Nothing else has a meaning, and nothing is an error.
std::vector<SearchTerm> search_terms(std::string_view typed);

/// Bytes of a text, on character boundaries.
struct TextRange {
    std::size_t start = 0;
    std::size_t end = 0;

    bool operator==(const TextRange&) const = default;
};

/// Where a text says what the terms ask for, in order and without overlaps; at most `most` of them.
std::vector<TextRange> search_hits(std::string_view text, const std::vector<SearchTerm>& terms, std::size_t most);

}  // namespace rasid
