#include "core/http.hpp"

#include <algorithm>
#include <array>
#include <boost/algorithm/string/predicate.hpp>
#include <charconv>
#include <date/date.h>
#include <sstream>

namespace rasid {
namespace {

constexpr std::chrono::seconds kLongestWait = std::chrono::hours(24);

std::optional<std::chrono::sys_seconds> parse_http_date(std::string_view value) {
    for (const char* format : {"%a, %d %b %Y %H:%M:%S GMT", "%A, %d-%b-%y %H:%M:%S GMT", "%a %b %d %H:%M:%S %Y"}) {
        std::istringstream in{std::string(value)};
        std::chrono::sys_seconds at;
        in >> date::parse(format, at);
        if (in) return at;
    }
    return std::nullopt;
}

}  // namespace

std::string_view HttpResponse::header(std::string_view name) const {
    const auto found = std::find_if(headers.rbegin(), headers.rend(), [&](const HttpHeader& header) {
        return boost::algorithm::iequals(header.name, name);
    });
    return found == headers.rend() ? std::string_view() : std::string_view(found->value);
}

std::optional<std::chrono::seconds> parse_retry_after(std::string_view value, std::chrono::sys_seconds now) {
    while (!value.empty() && value.front() == ' ') value.remove_prefix(1);
    while (!value.empty() && value.back() == ' ') value.remove_suffix(1);
    if (value.empty()) return std::nullopt;
    std::int64_t count = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), count);
    if (end == value.data() + value.size()) {
        if (error == std::errc::result_out_of_range)
            return value.front() == '-' ? std::chrono::seconds(0) : kLongestWait;
        if (error == std::errc()) return std::clamp(std::chrono::seconds(count), std::chrono::seconds(0), kLongestWait);
    }
    if (const auto at = parse_http_date(value)) return std::clamp(*at - now, std::chrono::seconds(0), kLongestWait);
    return std::nullopt;
}

Failure failure_of(const HttpResponse& response, std::chrono::sys_seconds now) {
    const auto kind = [&] {
        switch (response.status) {
        case 401:
        case 403:
            return Failure::Kind::unauthorized;
        case 404:
        case 410:
            return Failure::Kind::not_found;
        case 408:
            return Failure::Kind::unreachable;
        case 429:
            return Failure::Kind::rate_limited;
        default:
            return response.status >= 500 ? Failure::Kind::unreachable : Failure::Kind::refused;
        }
    }();
    return {kind, "the server answered " + std::to_string(response.status),
            parse_retry_after(response.header("Retry-After"), now)};
}

std::string url_encode(std::string_view text) {
    static constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string encoded;
    encoded.reserve(text.size());
    for (const char c : text) {
        const bool unreserved = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                                c == '-' || c == '.' || c == '_' || c == '~';
        if (unreserved) {
            encoded += c;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            encoded += {'%', kHex[byte >> 4], kHex[byte & 15]};
        }
    }
    return encoded;
}

}  // namespace rasid
