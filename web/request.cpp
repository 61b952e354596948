#include "web/request.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include <algorithm>
#include <charconv>

namespace rasid {
namespace {

bool same_name(std::string_view left, std::string_view right) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                      [&](char a, char b) { return lower(a) == lower(b); });
}

}  // namespace

std::string_view Request::header(std::string_view name) const {
    for (const auto& field : headers) {
        if (same_name(field.name, name)) return field.value;
    }
    return {};
}

std::string_view Request::cookie(std::string_view name) const {
    std::string_view rest = header("Cookie");
    while (!rest.empty()) {
        const auto end = rest.find(';');
        auto pair = rest.substr(0, end);
        while (pair.starts_with(' ')) pair.remove_prefix(1);
        if (pair.starts_with(name) && pair.substr(name.size()).starts_with('=')) return pair.substr(name.size() + 1);
        if (end == std::string_view::npos) break;
        rest.remove_prefix(end + 1);
    }
    return {};
}

std::string_view Request::parameter(std::string_view name) const {
    const auto found = query.find(name);
    return found == query.end() ? std::string_view() : std::string_view(found->second);
}

std::optional<int> decode_target(std::string_view target, Request& request) {
    const auto url = boost::urls::parse_origin_form(target);
    if (!url) return 400;
    for (const auto& segment : url->segments()) {
        if (segment == "." || segment == ".." || segment.find('\0') != std::string::npos) return 404;
        request.segments.push_back(segment);
    }
    if (request.segments.size() == 1 && request.segments.front().empty()) request.segments.clear();
    for (const auto& parameter : url->params()) {
        if (!request.query.emplace(parameter.key, parameter.value).second) return 400;
    }
    return std::nullopt;
}

std::optional<std::map<std::string, std::string, std::less<>>> decode_form(std::string_view text) {
    Request request;
    if (decode_target("/?" + std::string(text), request)) return std::nullopt;
    return std::move(request.query);
}

std::optional<int> limit_of(const Request& request, int fallback, int most) {
    const auto text = request.parameter("limit");
    if (text.empty()) return fallback;
    int value = 0;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
    if (parsed.ec != std::errc() || parsed.ptr != text.data() + text.size() || value < 1 || value > most)
        return std::nullopt;
    return value;
}

}  // namespace rasid
