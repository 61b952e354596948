#pragma once

#include "core/context.hpp"
#include "core/json.hpp"
#include "core/mention.hpp"

#include <optional>
#include <string>

namespace rasid {

/// One line of `assess` input.
struct MentionLine {
    Mention mention = {};
    Context context = {};
};

/// Reads a mention as `assess` takes it and `source poll` prints it. `id` (a string or a whole number) and `text` are
/// required, the text of a tombstone excepted; null means absent, unknown members are ignored, a known one of a wrong
/// type is malformed and `Failure::what` names it. The text is taken whole, so that byte offsets into it stay true.
///
/// With `start`, `created_at` and `edited_at` may also be numbers: seconds after it.
Result<MentionLine> parse_mention_json(JsonView line, std::optional<Instant> start = std::nullopt);

/// One line, without the line end; parse_mention_json reads back an equal mention, its times to the millisecond.
std::string print_mention_json(const Mention& mention);

std::string_view to_string(Visibility visibility);
std::optional<Visibility> parse_visibility(std::string_view word);

}  // namespace rasid
