#include "daemon/address_guard.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/ip/network_v4.hpp>
#include <boost/asio/ip/network_v6.hpp>
#include <charconv>

namespace rasid {
namespace {

namespace ip = boost::asio::ip;

bool within(const ip::address& address, const ip::address& network, int prefix) {
    if (address.is_v4() != network.is_v4()) return false;
    const auto bits = [&](const auto& left, const auto& right) {
        for (int bit = 0; bit < prefix; ++bit) {
            const auto byte = static_cast<std::size_t>(bit / 8);
            const int mask = 0x80 >> (bit % 8);
            if ((left[byte] & mask) != (right[byte] & mask)) return false;
        }
        return true;
    };
    return address.is_v4() ? bits(address.to_v4().to_bytes(), network.to_v4().to_bytes())
                           : bits(address.to_v6().to_bytes(), network.to_v6().to_bytes());
}

struct Range {
    std::string_view network;
    int prefix;
};

// RFC 6890 and its successors.
constexpr std::array<Range, 15> kSpecialV4 = {{{"0.0.0.0", 8},
                                               {"10.0.0.0", 8},
                                               {"100.64.0.0", 10},
                                               {"127.0.0.0", 8},
                                               {"169.254.0.0", 16},
                                               {"172.16.0.0", 12},
                                               {"192.0.0.0", 24},
                                               {"192.0.2.0", 24},
                                               {"192.88.99.0", 24},
                                               {"192.168.0.0", 16},
                                               {"198.18.0.0", 15},
                                               {"198.51.100.0", 24},
                                               {"203.0.113.0", 24},
                                               {"224.0.0.0", 4},
                                               {"240.0.0.0", 4}}};
constexpr std::array<Range, 13> kSpecialV6 = {{{"::", 96},
                                               {"64:ff9b::", 96},
                                               {"64:ff9b:1::", 48},
                                               {"100::", 64},
                                               {"2001::", 23},
                                               {"2001:db8::", 32},
                                               {"2002::", 16},
                                               {"3fff::", 20},
                                               {"5f00::", 16},
                                               {"fc00::", 7},
                                               {"fe80::", 10},
                                               {"fec0::", 10},
                                               {"ff00::", 8}}};

template <std::size_t N>
bool in_any(const ip::address& address, const std::array<Range, N>& ranges) {
    return std::any_of(ranges.begin(), ranges.end(), [&](const Range& range) {
        return within(address, ip::make_address(std::string(range.network)), range.prefix);
    });
}

ip::address unmapped(const ip::address& address) {
    if (address.is_v6() && address.to_v6().is_v4_mapped()) return ip::make_address_v4(ip::v4_mapped, address.to_v6());
    return address;
}

}  // namespace

std::optional<Allowance> parse_allowance(std::string_view text) {
    Allowance allowance;
    const auto slash = text.find('/');
    if (slash == std::string_view::npos) return std::nullopt;
    auto address = text.substr(0, slash);
    if (address.starts_with('[') && address.ends_with(']')) address = address.substr(1, address.size() - 2);
    boost::system::error_code error;
    allowance.network = ip::make_address(std::string(address), error);
    if (error) return std::nullopt;

    auto rest = text.substr(slash + 1);
    const auto colon = rest.find(':');
    const auto number = [](std::string_view digits, int most) -> std::optional<int> {
        int value = 0;
        const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), value);
        if (digits.empty() || parsed.ec != std::errc() || parsed.ptr != digits.data() + digits.size() || value < 0 ||
            value > most) {
            return std::nullopt;
        }
        return value;
    };
    const auto prefix = number(rest.substr(0, colon), allowance.network.is_v4() ? 32 : 128);
    if (!prefix) return std::nullopt;
    allowance.prefix = *prefix;
    if (colon != std::string_view::npos) {
        const auto port = number(rest.substr(colon + 1), 65535);
        if (!port || *port == 0) return std::nullopt;
        allowance.port = static_cast<std::uint16_t>(*port);
    }
    return allowance;
}

bool is_special_address(const ip::address& address) {
    const auto judged = unmapped(address);
    return judged.is_v4() ? in_any(judged, kSpecialV4) : in_any(judged, kSpecialV6);
}

bool AddressGuard::allows(const ip::address& address, std::uint16_t port) const {
    const auto judged = unmapped(address);
    const bool opened = std::any_of(allowances_.begin(), allowances_.end(), [&](const Allowance& allowance) {
        return (!allowance.port || *allowance.port == port) && within(judged, allowance.network, allowance.prefix);
    });
    return opened || (!is_special_address(judged) && (port == 443 || port == 80));
}

}  // namespace rasid
