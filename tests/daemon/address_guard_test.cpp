#include "daemon/address_guard.hpp"

#include <gtest/gtest.h>

namespace rasid {
namespace {

namespace ip = boost::asio::ip;

struct Row {
    const char* address;
    bool special;
};

// Both edges of every range, and what lies just outside.
constexpr Row kRows[] = {
    {"0.0.0.0", true},
    {"0.255.255.255", true},
    {"1.0.0.0", false},
    {"9.255.255.255", false},
    {"10.0.0.0", true},
    {"10.255.255.255", true},
    {"11.0.0.0", false},
    {"100.63.255.255", false},
    {"100.64.0.0", true},
    {"100.127.255.255", true},
    {"100.128.0.0", false},
    {"126.255.255.255", false},
    {"127.0.0.0", true},
    {"127.0.0.1", true},
    {"127.255.255.255", true},
    {"128.0.0.0", false},
    {"169.253.255.255", false},
    {"169.254.0.0", true},
    {"169.254.169.254", true},
    {"169.254.255.255", true},
    {"169.255.0.0", false},
    {"172.15.255.255", false},
    {"172.16.0.0", true},
    {"172.31.255.255", true},
    {"172.32.0.0", false},
    {"191.255.255.255", false},
    {"192.0.0.0", true},
    {"192.0.0.255", true},
    {"192.0.1.0", false},
    {"192.0.2.0", true},
    {"192.0.2.255", true},
    {"192.0.3.0", false},
    {"192.88.98.255", false},
    {"192.88.99.0", true},
    {"192.88.99.255", true},
    {"192.88.100.0", false},
    {"192.167.255.255", false},
    {"192.168.0.0", true},
    {"192.168.255.255", true},
    {"192.169.0.0", false},
    {"198.17.255.255", false},
    {"198.18.0.0", true},
    {"198.19.255.255", true},
    {"198.20.0.0", false},
    {"198.51.99.255", false},
    {"198.51.100.0", true},
    {"198.51.100.255", true},
    {"198.51.101.0", false},
    {"203.0.112.255", false},
    {"203.0.113.0", true},
    {"203.0.113.255", true},
    {"203.0.114.0", false},
    {"223.255.255.255", false},
    {"224.0.0.0", true},
    {"239.255.255.255", true},
    {"240.0.0.0", true},
    {"255.255.255.255", true},
    {"8.8.8.8", false},
    {"::", true},
    {"::1", true},
    {"::127.0.0.1", true},
    {"::8.8.8.8", true},
    {"::ffff:127.0.0.1", true},
    {"::ffff:10.1.2.3", true},
    {"::ffff:169.254.169.254", true},
    {"::ffff:8.8.8.8", false},
    {"64:ff9b::", true},
    {"64:ff9b::7f00:1", true},
    {"64:ff9b:1::", true},
    {"64:ff9b:1:ffff:ffff:ffff:ffff:ffff", true},
    {"100::1", true},
    {"100:0:0:1::", false},
    {"2001::1", true},
    {"2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff", true},
    {"2001:200::", false},
    {"2001:db7:ffff:ffff:ffff:ffff:ffff:ffff", false},
    {"2001:db8::1", true},
    {"2001:db9::", false},
    {"2001:4860:4860::8888", false},
    {"2002:7f00:1::", true},
    {"2003::", false},
    {"3fff::1", true},
    {"3fff:1000::", false},
    {"5f00::1", true},
    {"fbff:ffff::1", false},
    {"fc00::", true},
    {"fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", true},
    {"fe00::1", false},
    {"fe80::1", true},
    {"fe80::1%1", true},
    {"febf:ffff::1", true},
    {"fec0::1", true},
    {"feff::1", true},
    {"ff00::", true},
    {"ff02::1", true},
};

TEST(AddressGuardTest, knows_the_edges_of_every_special_range) {
    for (const auto& row : kRows)
        EXPECT_EQ(is_special_address(ip::make_address(row.address)), row.special) << row.address;
}

TEST(AddressGuardTest, opens_only_the_web_ports_of_public_addresses) {
    const AddressGuard guard;
    const auto address = ip::make_address("8.8.8.8");
    EXPECT_TRUE(guard.allows(address, 443));
    EXPECT_TRUE(guard.allows(address, 80));
    for (const std::uint16_t port : {0, 22, 25, 81, 442, 444, 6379, 8080, 65535})
        EXPECT_FALSE(guard.allows(address, port)) << port;
    EXPECT_FALSE(guard.allows(ip::make_address("127.0.0.1"), 443));
    EXPECT_FALSE(guard.allows(ip::make_address("::ffff:127.0.0.1"), 80));
}

TEST(AddressGuardTest, an_allowance_opens_its_network_and_port_and_nothing_else) {
    const AddressGuard guard(
        {*parse_allowance("127.0.0.1/32:8081"), *parse_allowance("[::1]/128"), *parse_allowance("10.1.0.0/16:443")});
    EXPECT_TRUE(guard.allows(ip::make_address("127.0.0.1"), 8081));
    EXPECT_TRUE(guard.allows(ip::make_address("::ffff:127.0.0.1"), 8081));
    EXPECT_FALSE(guard.allows(ip::make_address("127.0.0.1"), 8082));
    EXPECT_FALSE(guard.allows(ip::make_address("127.0.0.2"), 8081));
    EXPECT_TRUE(guard.allows(ip::make_address("::1"), 1));
    EXPECT_FALSE(guard.allows(ip::make_address("::2"), 1));
    EXPECT_TRUE(guard.allows(ip::make_address("10.1.255.255"), 443));
    EXPECT_FALSE(guard.allows(ip::make_address("10.2.0.0"), 443));
}

TEST(AddressGuardTest, a_zero_prefix_opens_one_family_only) {
    const AddressGuard guard({*parse_allowance("0.0.0.0/0")});
    EXPECT_TRUE(guard.allows(ip::make_address("192.168.1.1"), 5));
    EXPECT_FALSE(guard.allows(ip::make_address("::1"), 5));
}

TEST(AddressGuardTest, refuses_allowances_that_are_not_written_in_full) {
    for (const char* text :
         {"", "127.0.0.1", "127.1/32", "127.0.0.1/33", "127.0.0.1/-1", "127.0.0.1/", "127.0.0.1/8:", "127.0.0.1/8:0",
          "127.0.0.1/8:65536", "127.0.0.1/8:80x", "[::1]/129", "[::1/128", "::1]/128", "localhost/32", "0x7f000001/32",
          "127.0.0.1/32:80:81", "127.0.0.1 /32", "/32"}) {
        EXPECT_FALSE(parse_allowance(text)) << text;
    }
}

}  // namespace
}  // namespace rasid
