#include "web/framing.hpp"

#include "core/limits.hpp"
#include "core/text/lower_ascii.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace rasid {
namespace {

constexpr std::size_t kFields = 64;

bool is_token_char(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

bool is_token(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), is_token_char); }

bool is_field_char(char c) { return c == '\t' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f); }

std::optional<int> refuse_request_line(std::string_view line) {
    const auto first = line.find(' ');
    if (first == std::string_view::npos) return 400;
    const auto second = line.find(' ', first + 1);
    if (second == std::string_view::npos || line.find(' ', second + 1) != std::string_view::npos) return 400;
    const auto target = line.substr(first + 1, second - first - 1);
    const auto version = line.substr(second + 1);
    if (!is_token(line.substr(0, first))) return 400;
    if (!target.starts_with('/')) return 400;
    if (!std::all_of(target.begin(), target.end(), [](char c) { return c > 0x20 && c < 0x7f; })) return 400;
    if (version == "HTTP/1.1" || version == "HTTP/1.0") return std::nullopt;
    return version.starts_with("HTTP/") ? 505 : 400;
}

/// Fields that decide about framing, identity or preconditions: a second one would let two readers pick differently.
constexpr std::array<std::string_view, 11> kSingle = {
    "content-length", "transfer-encoding", "host",           "content-type",
    "origin",         "x-csrf-token",      "if-match",       "expect",
    "cookie",         "authorization",     "idempotency-key"};

}  // namespace

std::string_view without_padding(std::string_view value) {
    while (!value.empty() && (value.front() == ' ' || value.front() == '\t')) value.remove_prefix(1);
    while (!value.empty() && (value.back() == ' ' || value.back() == '\t')) value.remove_suffix(1);
    return value;
}

bool has_bare_newline(std::string_view partial_head) {
    for (auto at = partial_head.find('\n'); at != std::string_view::npos; at = partial_head.find('\n', at + 1)) {
        if (at == 0 || partial_head[at - 1] != '\r') return true;
    }
    return false;
}

std::optional<int> refuse_head(std::string_view head) {
    if (head.size() > limits::kRequestHeader) return 431;
    if (!head.ends_with("\r\n\r\n")) return 400;
    head.remove_suffix(2);

    std::array<int, kSingle.size()> seen{};
    std::string transfer_encoding;
    std::string expect;
    std::size_t fields = 0;
    bool first_line = true;
    bool old_version = false;
    while (!head.empty()) {
        const auto end = head.find("\r\n");
        const auto line = head.substr(0, end);
        head.remove_prefix(end + 2);
        if (!std::all_of(line.begin(), line.end(), is_field_char)) return 400;
        if (first_line) {
            if (const auto refused = refuse_request_line(line)) return refused;
            old_version = line.ends_with("HTTP/1.0");
            first_line = false;
            continue;
        }
        if (++fields > kFields) return 431;
        const auto colon = line.find(':');
        if (colon == std::string_view::npos || !is_token(line.substr(0, colon))) return 400;
        const auto name = lower_ascii(line.substr(0, colon));
        const auto value = without_padding(line.substr(colon + 1));
        const auto single = std::find(kSingle.begin(), kSingle.end(), name);
        if (single != kSingle.end() && ++seen[static_cast<std::size_t>(single - kSingle.begin())] > 1) return 400;
        if (name == "content-length") {
            const bool digits = std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; });
            if (value.empty() || value.size() > 15 || !digits) return 400;
        }
        if (name == "transfer-encoding") transfer_encoding = lower_ascii(value);
        if (name == "expect") expect = lower_ascii(value);
    }
    if (first_line) return 400;
    const bool has_length = seen[0] > 0;
    const bool has_coding = seen[1] > 0;
    const bool has_host = seen[2] > 0;
    if (has_coding && (has_length || old_version)) return 400;
    if (has_coding && transfer_encoding != "chunked")
        return transfer_encoding.find("chunked") == std::string::npos ? 501 : 400;
    if (!has_host && !old_version) return 400;
    if (!expect.empty() && expect != "100-continue") return 417;
    return std::nullopt;
}

}  // namespace rasid
