#pragma once

#include "core/instant.hpp"
#include "core/ticket.hpp"
#include "core/verdict.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rasid {

/// What searching compares of a text: folded words with single spaces between them.
struct SearchText {
    std::string words = {};     ///< all of them, in order
    std::string readings = {};  ///< what else a word may be: without the particles that are written attached to it

    bool operator==(const SearchText&) const = default;
};

/// Makes a text comparable; the same for what is indexed and for what is asked for.
using FoldSearchText = std::function<SearchText(std::string_view text)>;

/// One thing that a text must say.
struct SearchTerm {
    std::vector<std::string> words = {};  ///< folded, never empty; several: side by side in this order
    bool exact = false;                   ///< as written; else also behind attached particles
    bool prefix = false;                  ///< the last word is the beginning of one
    bool excluded = false;                ///< must not be there

    bool operator==(const SearchTerm&) const = default;
};

/// What a result must be, where given. Notes and replies are what their ticket is: they have neither language,
/// sentiment nor author.
struct SearchFields {
    std::string platform = {};
    std::string source = {};
    std::string language = {};  ///< "ar" is also "ar-Latn"
    std::string brand = {};
    std::string tag = {};
    std::string rule = {};
    std::optional<Polarity> sentiment = {};
    std::optional<TicketState> state = {};  ///< of its ticket
    std::string author = {};                ///< folded words of handle or name

    bool operator==(const SearchFields&) const = default;
};

struct SearchQuery {
    std::vector<SearchTerm> terms = {};
    SearchFields fields = {};
    std::vector<std::string> brands = {};  ///< of these only; empty: of every one
    std::optional<Instant> since = {};
    std::optional<Instant> until = {};  ///< before it
    int limit = 50;
    std::string after = {};  ///< `next` of the page before
};

}  // namespace rasid
