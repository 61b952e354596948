#pragma once

#include "core/json.hpp"
#include "rules/search_text.hpp"
#include "storage/reader.hpp"
#include "web/workspace.hpp"

#include <string>
#include <vector>

namespace rasid {

/// A bounded part of a text, around the first place that was searched for.
struct Excerpt {
    std::string text = {};
    std::vector<TextRange> hits = {};  ///< bytes of `text`
    bool cut_before = false;
    bool cut_after = false;
};
Excerpt excerpt_of(std::string_view text, const std::vector<SearchTerm>& terms);

struct SearchResult {
    FoundText found = {};
    Excerpt title = {};
    Excerpt text = {};
};

/// A reply that its platform has shown back to us is there once, as what stands on the platform.
std::vector<SearchResult> results_of(std::vector<FoundText> found, const std::vector<SearchTerm>& terms);

/// RESULT of docs/api.md.
void write_result(JsonWriter& out, const SearchResult& result, const Workspace& workspace);

}  // namespace rasid
