#pragma once

#include "core/failure.hpp"

#include <boost/asio/ip/address.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rasid {

/// One opening in the guard: "127.0.0.1/32:8081", "[::1]/128" (any port), "10.0.0.0/8:443".
struct Allowance {
    boost::asio::ip::address network = {};
    int prefix = 0;
    std::optional<std::uint16_t> port = {};
};
std::optional<Allowance> parse_allowance(std::string_view text);

/// Decides which addresses the daemon may connect to. Judged at connect time on the actual address, so neither names,
/// redirects, unusual spellings of an address nor a changing DNS answer get around it.
class AddressGuard {
public:
    AddressGuard() = default;
    explicit AddressGuard(std::vector<Allowance> allowances) : allowances_(std::move(allowances)) {}

    /// Public addresses on ports 80 and 443 are free; everything else needs an allowance.
    bool allows(const boost::asio::ip::address& address, std::uint16_t port) const;

private:
    std::vector<Allowance> allowances_;
};

/// Loopback, private, link-local, documentation, multicast, translation and other special ranges of IPv4 and IPv6.
bool is_special_address(const boost::asio::ip::address& address);

}  // namespace rasid
