#pragma once

#include "core/instant.hpp"

#include <optional>
#include <string>
#include <vector>

namespace rasid {

/// By which a program acts for a person: what he may do, within these scopes (web/token_scopes.hpp). The token itself
/// is kept nowhere, only its SHA-256.
struct ApiToken {
    std::string id = {};
    std::string person = {};
    std::string name = {};  ///< what it is for, in its owner's words
    std::vector<std::string> scopes = {};
    std::string hash = {};
    Instant created_at = {};
    Instant expires_at = {};
    std::optional<Instant> last_used_at = {};  ///< to the minute
    std::optional<Instant> revoked_at = {};

    bool good_at(Instant now) const { return !revoked_at && now < expires_at; }
    bool operator==(const ApiToken&) const = default;
};

}  // namespace rasid
