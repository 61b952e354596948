#pragma once

#include "core/limits.hpp"

#include <string>
#include <string_view>

namespace rasid {

/// The text that a reader of an HTML fragment sees: paragraphs, line breaks and list items on lines of their own, links
/// by their text, entities decoded, white space folded, nothing hidden, no script or style. An address that Mastodon
/// shortens with invisible spans comes out whole.
///
/// Takes any bytes; the result is valid UTF-8 of at most `max` bytes.
std::string html_to_text(std::string_view html, std::size_t max = limits::kMentionText);

}  // namespace rasid
