#include "web/ack_tokens.hpp"

#include "core/base64.hpp"

#include <array>
#include <cassert>
#include <charconv>
#include <sodium.h>
#include <vector>

namespace rasid {
namespace {

constexpr std::size_t kLongestToken = 1024;
constexpr char kSeparator = '\n';

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

/// No claim of the other form begins like this.
std::string start_of_lasting(LinkPurpose purpose) {
    static constexpr std::array<std::string_view, 5> kWords = {"survey", "unsubscribe", "calendar", "rota", "digest"};
    return "2" + std::string(1, kSeparator) + std::string(kWords[static_cast<std::size_t>(purpose)]) + kSeparator;
}

}  // namespace

AckTokens::AckTokens(std::string_view secret) : key_(crypto_auth_KEYBYTES, '\0') {
    static constexpr std::string_view kPurpose = "rasid mail links";
    assert(secret.size() >= 32);
    crypto_generichash(reinterpret_cast<unsigned char*>(key_.data()), key_.size(), bytes_of(secret), secret.size(),
                       bytes_of(kPurpose), kPurpose.size());
}

std::string AckTokens::make(std::string_view ticket, std::string_view person, std::string_view action, Instant now,
                            Random& random) const {
    assert(ticket.find(kSeparator) == std::string_view::npos && person.find(kSeparator) == std::string_view::npos);
    std::string claim = "1";
    for (const auto part : {ticket, person, action}) (claim += kSeparator) += part;
    (claim += kSeparator) += std::to_string(to_micros(now + kLifetime));
    std::array<std::uint8_t, 9> nonce{};
    random.fill(nonce);
    (claim += kSeparator) += url_base64({reinterpret_cast<const char*>(nonce.data()), nonce.size()});
    return signed_token(claim);
}

std::string AckTokens::signed_token(const std::string& claim) const {
    std::string mac(crypto_auth_BYTES, '\0');
    crypto_auth(reinterpret_cast<unsigned char*>(mac.data()), bytes_of(claim), claim.size(), bytes_of(key_));
    return url_base64(claim + mac);
}

std::optional<std::string> AckTokens::claim_of(std::string_view token) const {
    if (token.size() > kLongestToken) return std::nullopt;
    const auto bytes = from_url_base64(token);
    if (!bytes || bytes->size() <= crypto_auth_BYTES) return std::nullopt;
    const auto claim = std::string_view(*bytes).substr(0, bytes->size() - crypto_auth_BYTES);
    const auto mac = std::string_view(*bytes).substr(claim.size());
    if (crypto_auth_verify(bytes_of(mac), bytes_of(claim), claim.size(), bytes_of(key_)) != 0) return std::nullopt;
    return std::string(claim);
}

std::string AckTokens::make_lasting(LinkPurpose purpose, std::string_view subject) const {
    return signed_token(start_of_lasting(purpose) + std::string(subject));
}

std::optional<std::string> AckTokens::read_lasting(LinkPurpose purpose, std::string_view token) const {
    auto claim = claim_of(token);
    const auto start = start_of_lasting(purpose);
    if (!claim || !claim->starts_with(start)) return std::nullopt;
    return claim->substr(start.size());
}

std::optional<AckClaim> AckTokens::read(std::string_view token) const {
    const auto claim = claim_of(token);
    if (!claim) return std::nullopt;
    std::vector<std::string> parts(1);
    for (const char c : *claim) {
        if (c == kSeparator)
            parts.emplace_back();
        else
            parts.back() += c;
    }
    std::int64_t expiry = 0;
    if (parts.size() != 6 || parts[0] != "1") return std::nullopt;
    const auto parsed = std::from_chars(parts[4].data(), parts[4].data() + parts[4].size(), expiry);
    if (parsed.ec != std::errc()) return std::nullopt;
    return AckClaim{parts[1], parts[2], parts[3], from_micros(expiry)};
}

}  // namespace rasid
