#pragma once

#include "core/reply_form.hpp"

#include <string_view>

namespace rasid {

/// What a platform of this name takes as a reply; unknown_reply_form() of one that is not known.
ReplyForm reply_form_of_platform(std::string_view platform);

}  // namespace rasid
