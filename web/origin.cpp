#include "web/origin.hpp"

#include "core/text/lower_ascii.hpp"

#include <array>

namespace rasid {
namespace {

bool is_loopback_name(std::string_view host) {
    static constexpr std::array<std::string_view, 3> kNames = {"127.0.0.1", "localhost", "[::1]"};
    for (const auto name : kNames) {
        if (host == name || (host.starts_with(name) && host.substr(name.size()).starts_with(':'))) return true;
    }
    return false;
}

}  // namespace

std::string authority_of(std::string_view url) {
    for (const std::string_view scheme : {"https://", "http://"}) {
        if (url.starts_with(scheme)) {
            url.remove_prefix(scheme.size());
            return lower_ascii(url.substr(0, url.find('/')));
        }
    }
    return {};
}

OriginRules::OriginRules(std::string_view public_url, bool loopback)
    : public_authority_(authority_of(public_url)), loopback_(loopback) {}

bool OriginRules::knows_host(std::string_view host) const {
    const auto name = lower_ascii(host);
    if (loopback_ && is_loopback_name(name)) return true;
    return public_authority_.empty() ? !loopback_ : name == public_authority_;
}

bool OriginRules::from_this_site(const Request& request) const {
    const auto site = request.header("Sec-Fetch-Site");
    const auto origin = request.header("Origin");
    if (!site.empty() && site != "same-origin") return false;
    if (!origin.empty()) {
        const auto authority = authority_of(origin);
        return !authority.empty() && authority == lower_ascii(request.header("Host")) && knows_host(authority);
    }
    return site == "same-origin";
}

}  // namespace rasid
