#pragma once

#include "core/failure.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace rasid {

/// 12 to 128 characters of any kind, none of the usual ones, not built from `context` (name, e-mail) alone. Refused
/// says why.
Result<void> check_password(std::string_view password, const std::vector<std::string>& context);

/// argon2id, 64 MiB, two passes, as a PHC string. Takes about 150 ms: call it on a worker thread.
std::string hash_password(const std::string& password);

/// Costs as much as hashing.
bool password_matches(const std::string& hash, const std::string& password);

/// The hash was made with weaker parameters than hash_password uses.
bool needs_rehash(const std::string& hash);

/// SHA-256 as 64 hex digits: how tokens rest in the store.
std::string token_hash(std::string_view token);

/// Compares secrets without telling by time where they differ.
bool same_secret(std::string_view left, std::string_view right);

}  // namespace rasid
