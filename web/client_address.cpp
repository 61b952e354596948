#include "web/client_address.hpp"

#include "web/framing.hpp"

#include <boost/asio/ip/address.hpp>

#include <array>
#include <charconv>
#include <optional>

namespace rasid {
namespace {

using Address = boost::asio::ip::address;

struct Network {
    Address base;
    unsigned bits = 0;
};

std::optional<Address> parse_address(std::string_view text) {
    boost::system::error_code failure;
    const auto address = boost::asio::ip::make_address(std::string(text), failure);
    if (failure) return std::nullopt;
    if (address.is_v6() && address.to_v6().is_v4_mapped()) {
        return Address(boost::asio::ip::make_address_v4(boost::asio::ip::v4_mapped, address.to_v6()));
    }
    return address;
}

std::optional<Network> parse_network(std::string_view text) {
    const auto slash = text.find('/');
    const auto base = parse_address(text.substr(0, slash));
    if (!base) return std::nullopt;
    Network network{*base, base->is_v4() ? 32u : 128u};
    if (slash != std::string_view::npos) {
        unsigned bits = 0;
        const auto parsed = std::from_chars(text.data() + slash + 1, text.data() + text.size(), bits);
        if (parsed.ec != std::errc() || parsed.ptr != text.data() + text.size() || bits > network.bits)
            return std::nullopt;
        network.bits = bits;
    }
    return network;
}

template <std::size_t N>
bool same_prefix(const std::array<unsigned char, N>& left, const std::array<unsigned char, N>& right, unsigned bits) {
    for (std::size_t i = 0; i < N && bits > 0; ++i) {
        const unsigned take = bits < 8 ? bits : 8;
        const auto mask = static_cast<unsigned char>(0xff << (8 - take));
        if ((left[i] & mask) != (right[i] & mask)) return false;
        bits -= take;
    }
    return true;
}

bool contains(const Network& network, const Address& address) {
    if (network.base.is_v4() != address.is_v4()) return false;
    if (address.is_v4()) return same_prefix(network.base.to_v4().to_bytes(), address.to_v4().to_bytes(), network.bits);
    return same_prefix(network.base.to_v6().to_bytes(), address.to_v6().to_bytes(), network.bits);
}

}  // namespace

bool is_listed(std::string_view address, const std::vector<std::string>& list) {
    const auto wanted = parse_address(address);
    for (const auto& entry : list) {
        if (entry == address) return true;
        const auto network = parse_network(entry);
        if (wanted && network && contains(*network, *wanted)) return true;
    }
    return false;
}

std::string client_address(std::string_view peer, std::string_view forwarded_for,
                           const std::vector<std::string>& trusted) {
    std::string current(peer);
    while (!forwarded_for.empty() && is_listed(current, trusted)) {
        const auto comma = forwarded_for.rfind(',');
        const auto hop = parse_address(
            without_padding(comma == std::string_view::npos ? forwarded_for : forwarded_for.substr(comma + 1)));
        if (!hop) break;
        current = hop->to_string();
        forwarded_for = comma == std::string_view::npos ? std::string_view() : forwarded_for.substr(0, comma);
    }
    return current;
}

const std::string* unreadable_entry(const std::vector<std::string>& list) {
    for (const auto& entry : list) {
        if (entry != "unix" && !parse_network(entry)) return &entry;
    }
    return nullptr;
}

}  // namespace rasid
