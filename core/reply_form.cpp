#include "core/reply_form.hpp"

#include "core/limits.hpp"

#include <algorithm>

namespace rasid {

std::string_view to_string(LengthUnit unit) {
    switch (unit) {
    case LengthUnit::graphemes:
        return "graphemes";
    case LengthUnit::utf16:
        return "utf16";
    case LengthUnit::bytes:
        return "bytes";
    case LengthUnit::weighted:
        return "weighted";
    }
    return "graphemes";
}

ReplyForm unknown_reply_form() { return {.limit = static_cast<int>(limits::kReplyText), .unit = LengthUnit::bytes}; }

Visibility narrower(Visibility one, Visibility other) { return std::max(one, other); }

}  // namespace rasid
