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

/// What a lasting token is good for. Each is of one purpose: none opens what another does.
enum class LinkPurpose { survey, unsubscribe, calendar, rota, digest };

/// Makes and reads the tokens of links that work without signing in: base64url(claim ‖ nonce ‖ HMAC-SHA-512-256). They
/// carry their own proof; that one is used once is the store's part.
class AckTokens {
public:
    static constexpr std::chrono::hours kLifetime{48};

    /// Any secret of 32 bytes or more; a key is derived from it.
    explicit AckTokens(std::string_view secret);

    std::string make(std::string_view ticket, std::string_view person, std::string_view action, Instant now,
                     Random& random) const;

    /// nullopt: forged, cut or changed. An expired claim is returned: the page says so.
    std::optional<AckClaim> read(std::string_view token) const;

    /// Of a thing or person that decides itself how long it may be asked for: a survey, a customer's letters, a
    /// person's calendar. The same arguments give the same token.
    std::string make_lasting(LinkPurpose purpose, std::string_view subject) const;

    /// The subject; nullopt: forged, cut, changed, or made for something else.
    std::optional<std::string> read_lasting(LinkPurpose purpose, std::string_view token) const;

private:
    std::string signed_token(const std::string& claim) const;
    std::optional<std::string> claim_of(std::string_view token) const;

    std::string key_;
};

}  // namespace rasid
