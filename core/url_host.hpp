#pragma once

#include <string_view>

namespace rasid {

/// The host of a URL as it is written there, without user and port. What has no scheme begins with its host.
std::string_view url_host(std::string_view url);

}  // namespace rasid
