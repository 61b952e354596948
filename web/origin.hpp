#pragma once

#include "web/request.hpp"

#include <string>
#include <string_view>

namespace rasid {

/// Which names this site answers to, and which pages may ask it to change something.
///
/// A name that is not ours would be somebody else's page pointing its own name at our address (DNS rebinding).
class OriginRules {
public:
    OriginRules() = default;
    /// `loopback`: the listener can only be reached from this machine, so its loopback names are ours as well, with any
    /// port.
    OriginRules(std::string_view public_url, bool loopback);

    bool knows_host(std::string_view host) const;

    /// The request was sent by a page of this site: Sec-Fetch-Site says same-origin, or Origin names the host that was
    /// asked. Both must agree when both are there; without either nobody vouches for it.
    bool from_this_site(const Request& request) const;

private:
    std::string public_authority_;  ///< "rasid.example.org"; empty: no public name is known, any is accepted
    bool loopback_ = false;
};

/// "https://host:8443/x" → "host:8443", lower case; empty when it is no http(s) URL.
std::string authority_of(std::string_view url);

}  // namespace rasid
