#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace rasid {

/// A stranger's text made safe to stand inside a line of ours: its own embeddings, overrides and isolates are removed
/// and the whole is wrapped in FSI … PDI, so that it takes its own direction and disturbs nothing around it.
std::string isolate(std::string_view text);

/// The longest beginning of at most `max_bytes` that does not end inside a character or before a mark that belongs to
/// it.
std::string_view cut_at_character(std::string_view text, std::size_t max_bytes);

}  // namespace rasid
