#include "connectors/plain_text.hpp"

#include "core/text/lower_ascii.hpp"
#include "core/url_host.hpp"

#include <boost/url/parse.hpp>
#include <sodium.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <cstdint>

namespace rasid {

std::string clean_text(std::string_view text, std::size_t max) {
    constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
    std::string out;
    out.reserve(std::min(text.size(), max));
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    const auto length = static_cast<std::int64_t>(text.size());
    for (std::int64_t at = 0; at < length;) {
        const auto start = at;
        UChar32 point = 0;
        U8_NEXT(bytes, at, length, point);
        if (point == '\r' && at < length && text[static_cast<std::size_t>(at)] == '\n') continue;
        if (point == '\r') point = '\n';
        if ((point >= 0 && point < 0x20 && point != '\n' && point != '\t') || point == 0x7F) continue;
        auto piece = point < 0 ? kReplacement
                     : point == '\n'
                         ? std::string_view("\n")
                         : text.substr(static_cast<std::size_t>(start), static_cast<std::size_t>(at - start));
        if (out.size() + piece.size() > max) break;
        out += piece;
    }
    return out;
}

std::string clean_line(std::string_view text, std::size_t max) {
    std::string out;
    for (char c : clean_text(text, max * 4)) {
        const bool space = c == ' ' || c == '\n' || c == '\t';
        if (!space)
            out += c;
        else if (!out.empty() && out.back() != ' ')
            out += ' ';
    }
    if (out.ends_with(' ')) out.pop_back();
    return out.size() > max ? clean_text(out, max) : out;
}

std::string web_url(std::string_view url) {
    constexpr std::size_t kLongest = 2048;
    auto blank = [](char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; };
    while (!url.empty() && blank(url.front())) url.remove_prefix(1);
    while (!url.empty() && blank(url.back())) url.remove_suffix(1);
    if (url.size() > kLongest) return {};
    const auto scheme = lower_ascii(url.substr(0, 8));
    const std::size_t skip = scheme.starts_with("https://") ? 8 : scheme.starts_with("http://") ? 7 : 0;
    if (skip == 0 || url.size() == skip) return {};
    const bool odd = std::any_of(url.begin(), url.end(), [](unsigned char c) {
        return c <= 0x20 || c == 0x7F || c == '<' || c == '>' || c == '"' || c == '\\';
    });
    return odd ? std::string() : clean_text(url);
}

std::string host_of(std::string_view url) {
    std::string host;
    if (const auto parsed = boost::urls::parse_uri(url)) {
        host = parsed->host();
    } else if (url.find("://") != std::string_view::npos) {
        // Addresses with letters outside ASCII in their path are no URIs, yet feeds are full of them.
        host = url_host(url);
    }
    host = lower_ascii(host);
    if (host.starts_with("www.")) host.erase(0, 4);
    return host;
}

std::string short_hash(std::initializer_list<std::string_view> parts) {
    crypto_generichash_state state;
    crypto_generichash_init(&state, nullptr, 0, crypto_generichash_BYTES_MIN);
    for (auto part : parts) {
        std::array<unsigned char, 8> length{};
        for (std::size_t i = 0; i < length.size(); ++i)
            length[i] = static_cast<unsigned char>(static_cast<std::uint64_t>(part.size()) >> (8 * i));
        crypto_generichash_update(&state, length.data(), length.size());
        crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(part.data()), part.size());
    }
    std::array<unsigned char, crypto_generichash_BYTES_MIN> digest{};
    crypto_generichash_final(&state, digest.data(), digest.size());
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string out;
    for (std::size_t i = 0; i < 8; ++i) {
        out += kDigits[digest[i] >> 4];
        out += kDigits[digest[i] & 15];
    }
    return out;
}

}  // namespace rasid
