#include "core/url_host.hpp"

namespace rasid {

std::string_view url_host(std::string_view url) {
    if (const auto scheme = url.find("://"); scheme != std::string_view::npos) url.remove_prefix(scheme + 3);
    url = url.substr(0, url.find_first_of("/?#"));
    if (const auto user = url.rfind('@'); user != std::string_view::npos) url.remove_prefix(user + 1);
    if (const auto end = url.find(']'); url.starts_with('[') && end != std::string_view::npos)
        return url.substr(0, end + 1);
    return url.substr(0, url.find(':'));
}

}  // namespace rasid
