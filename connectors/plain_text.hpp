#pragma once

#include "core/limits.hpp"

#include <initializer_list>
#include <string>
#include <string_view>

namespace rasid {

/// `text` as a mention may carry it: valid UTF-8 (what is not becomes U+FFFD), no control characters but line feed and
/// tab, at most `max` bytes, cut at a character.
std::string clean_text(std::string_view text, std::size_t max = limits::kMentionText);

/// clean_text on one line: every run of white space is one space, none at the ends.
std::string clean_line(std::string_view text, std::size_t max = 1024);

/// The address when it is one a person may be sent to (http or https, no white space, at most 2048 bytes); else empty.
std::string web_url(std::string_view url);

/// The lower-case host of a URL, without user, port or a leading "www."; empty when there is none.
std::string host_of(std::string_view url);

/// 16 hexadecimal digits that stand for these parts; other parts, or another division of them, give others.
std::string short_hash(std::initializer_list<std::string_view> parts);

}  // namespace rasid
