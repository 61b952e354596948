#pragma once

#include "core/reply_form.hpp"

#include <cstddef>
#include <string_view>

namespace rasid {

/// How long a reply is by the platform's own counting. The page counts the same while one writes
/// (web/app/src/lib/reply_length.js; tests/core/reply_lengths.json holds both to one table).
std::size_t reply_length(std::string_view text, const ReplyForm& form);

/// Where there is a limit, whether a reply keeps to it.
bool fits(std::string_view text, const ReplyForm& form);

}  // namespace rasid
