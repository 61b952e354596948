#pragma once

#include "core/instant.hpp"
#include "core/random.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace rasid {

/// What the holder of a mail may do without signing in.
struct AckClaim {
    std::string ticket = {};
    std::string person = {};
    std::string action = {};  ///< "acknowledge"
    Instant expires_at = {};
};

/// Makes and reads the tokens of mail buttons: base64url(claim ‖ nonce ‖ HMAC-SHA-512-256). They carry their own proof;
/// that each is used once is the store's part.
class AckTokens {
public:
    static constexpr std::chrono::hours kLifetime{48};

    /// Any secret of 32 bytes or more; a key is derived from it.
    explicit AckTokens(std::string_view secret);

    std::string make(std::string_view ticket, std::string_view person, std::string_view action, Instant now,
                     Random& random) const;

    /// nullopt: forged, cut or changed. An expired claim is returned: the page says so.
    std::optional<AckClaim> read(std::string_view token) const;

private:
    std::string key_;
};

}  // namespace rasid
