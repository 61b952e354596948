#pragma once

#include <optional>
#include <string_view>

namespace rasid {

/// Judges the head of an HTTP/1.x request (request line and fields, up to and with the empty line) before anything
/// interprets it.
///
/// Whatever two parsers could read in two ways is refused: bare LF or CR, folded fields, space before a colon,
/// Content-Length together with Transfer-Encoding or twice, codings other than one "chunked", no or several Hosts,
/// control bytes. The status to refuse with; nullopt: the head is sound.
std::optional<int> refuse_head(std::string_view head);

/// For a head that is still arriving: true as soon as it holds a bare LF, so that nobody waits for an end that never
/// comes.
bool has_bare_newline(std::string_view partial_head);

/// The value of a field, or one entry of its list, without the spaces and tabs around it.
std::string_view without_padding(std::string_view value);

}  // namespace rasid
