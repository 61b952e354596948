#pragma once

#include "core/mention.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace rasid {

/// By what a platform counts the length of a post.
enum class LengthUnit {
    graphemes,  ///< what a reader takes for one character (UAX #29)
    utf16,      ///< UTF-16 code units
    bytes,      ///< of UTF-8
    weighted,   ///< as X does: most scripts 1, others and emoji 2
};
std::string_view to_string(LengthUnit unit);

/// What a reply on a platform may look like.
struct ReplyForm {
    int limit = 0;  ///< in `unit`; 0: no limit is known
    LengthUnit unit = LengthUnit::graphemes;
    int url_length = 0;                         ///< what every link counts as; 0: as it is written
    bool counts_remote_handles = true;          ///< false: of @name@server only @name counts
    std::vector<Visibility> visibilities = {};  ///< that may be chosen, the widest first; empty: the platform has none

    bool operator==(const ReplyForm&) const = default;
};

/// What every reply has at least: the bound that Rasid itself sets.
ReplyForm unknown_reply_form();

/// The narrower of the two: an answer never reaches further than what it answers.
Visibility narrower(Visibility one, Visibility other);

}  // namespace rasid
