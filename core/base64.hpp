#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace rasid {

/// Base64 with the letters that URLs take, without padding (RFC 4648, section 5).
std::string url_base64(std::string_view bytes);

/// What `text` stands for; nullopt: it is no such base64.
std::optional<std::string> from_url_base64(std::string_view text);

}  // namespace rasid
