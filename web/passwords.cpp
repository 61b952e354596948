#include "web/passwords.hpp"

#include "core/text/lower_ascii.hpp"

#include <algorithm>
#include <array>
#include <new>
#include <set>
#include <sodium.h>

namespace rasid {
namespace {

constexpr unsigned long long kPasses = 2;
constexpr std::size_t kMemory = std::size_t{64} << 20;

/// What people type when a long password is demanded; shorter favourites are refused by length.
constexpr std::array<std::string_view, 24> kUsual = {
    "123456789012", "1234567890123", "12345678901234",   "123456789123", "111111111111", "000000000000",
    "password1234", "password12345", "passwordpassword", "password123!", "passw0rd1234", "p@ssw0rd1234",
    "qwertyuiop12", "qwertyuiop123", "qwertyuiopas",     "qwerty123456", "1q2w3e4r5t6y", "iloveyou1234",
    "abcdefghijkl", "abc123456789",  "administrator",    "changeme1234", "letmein12345", "welcome12345"};

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

/// The password with every word of the context and every digit taken out: what is left is the secret part.
std::string without_context(std::string password, const std::vector<std::string>& context) {
    for (const auto& text : context) {
        const auto word = lower_ascii(text);
        if (word.size() < 3) continue;
        for (auto at = password.find(word); at != std::string::npos; at = password.find(word))
            password.erase(at, word.size());
    }
    std::erase_if(password, [](char c) {
        return (c >= '0' && c <= '9') || c == '@' || c == '.' || c == '-' || c == '_' || c == '!';
    });
    return password;
}

}  // namespace

Result<void> check_password(std::string_view password, const std::vector<std::string>& context) {
    const auto refuse = [](const char* why) { return Failure{Failure::Kind::refused, why}; };
    const auto length = characters(password);
    if (length < 12) return refuse("the password needs at least 12 characters");
    if (length > 128 || password.size() > 512) return refuse("the password may have at most 128 characters");
    const auto lower = lower_ascii(password);
    if (std::find(kUsual.begin(), kUsual.end(), lower) != kUsual.end())
        return refuse("this password is among the first that are guessed");
    if (std::set<char>(lower.begin(), lower.end()).size() < 4) return refuse("the password repeats too few characters");
    std::vector<std::string> words = context;
    for (const auto& text : context) words.push_back(text.substr(0, text.find('@')));
    words.insert(words.end(), {"rasid", "password", "راصد"});
    if (without_context(lower, words).size() < 4)
        return refuse("the password is made of names that anybody here knows");
    return {};
}

std::string hash_password(const std::string& password) {
    std::array<char, crypto_pwhash_STRBYTES> hash{};
    if (crypto_pwhash_str_alg(hash.data(), password.data(), password.size(), kPasses, kMemory,
                              crypto_pwhash_ALG_ARGON2ID13) != 0) {
        throw std::bad_alloc();
    }
    return hash.data();
}

bool password_matches(const std::string& hash, const std::string& password) {
    return crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

bool needs_rehash(const std::string& hash) {
    return crypto_pwhash_str_needs_rehash(hash.c_str(), kPasses, kMemory) != 0;
}

std::string token_hash(std::string_view token) {
    std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
    crypto_hash_sha256(digest.data(), reinterpret_cast<const unsigned char*>(token.data()), token.size());
    std::array<char, crypto_hash_sha256_BYTES * 2 + 1> hex{};
    sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());
    return hex.data();
}

bool same_secret(std::string_view left, std::string_view right) {
    return left.size() == right.size() && !left.empty() && sodium_memcmp(left.data(), right.data(), left.size()) == 0;
}

}  // namespace rasid
