#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rasid {

/// The address that counts for limits: the peer's, or, when the peer is a trusted proxy, the right-most hop of
/// X-Forwarded-For that is not one. An unreadable hop ends the walk: the last readable one counts.
std::string client_address(std::string_view peer, std::string_view forwarded_for,
                           const std::vector<std::string>& trusted);

/// Whether an address is in one of "10.0.0.5", "10.0.0.0/8", "::1", "unix" (peers on a Unix socket).
bool is_listed(std::string_view address, const std::vector<std::string>& list);

/// nullptr when every entry can be read; else the first that cannot.
const std::string* unreadable_entry(const std::vector<std::string>& list);

}  // namespace rasid
