#include "web/client_address.hpp"

#include <gtest/gtest.h>

namespace rasid {
namespace {

const std::vector<std::string> kTrusted = {"10.0.0.0/8", "2001:db8::1", "unix"};

struct Hop {
    const char* peer;
    const char* forwarded;
    const char* client;
};

TEST(ClientAddress, is_the_right_most_hop_that_no_trusted_proxy_vouches_against) {
    const Hop hops[] = {
        {"198.51.100.7", "", "198.51.100.7"},
        {"198.51.100.7", "203.0.113.9", "198.51.100.7"},  // not a proxy of ours: what it says is hearsay
        {"10.0.0.2", "203.0.113.9", "203.0.113.9"},
        {"10.0.0.2", "6.6.6.6, 203.0.113.9", "203.0.113.9"},  // the client wrote the first one himself
        {"10.0.0.2", "203.0.113.9, 10.1.2.3", "203.0.113.9"},
        {"10.0.0.2", "203.0.113.9,10.1.2.3 , 10.0.0.9", "203.0.113.9"},
        {"10.0.0.2", "10.9.9.9", "10.9.9.9"},
        {"10.0.0.2", "garbage", "10.0.0.2"},
        {"10.0.0.2", "203.0.113.9, garbage", "10.0.0.2"},
        {"10.0.0.2", "", "10.0.0.2"},
        {"2001:db8::1", "2001:db8::99", "2001:db8::99"},
        {"unix", "203.0.113.9", "203.0.113.9"},
        {"::ffff:10.0.0.2", "203.0.113.9", "203.0.113.9"},
    };
    for (const auto& hop : hops)
        EXPECT_EQ(client_address(hop.peer, hop.forwarded, kTrusted), hop.client) << hop.peer << " " << hop.forwarded;
}

TEST(ClientAddress, knows_networks_by_their_prefix) {
    EXPECT_TRUE(is_listed("10.255.0.1", {"10.0.0.0/8"}));
    EXPECT_FALSE(is_listed("11.0.0.1", {"10.0.0.0/8"}));
    EXPECT_TRUE(is_listed("192.168.1.129", {"192.168.1.128/25"}));
    EXPECT_FALSE(is_listed("192.168.1.127", {"192.168.1.128/25"}));
    EXPECT_TRUE(is_listed("fd00::5", {"fd00::/8"}));
    EXPECT_FALSE(is_listed("10.0.0.1", {"fd00::/8"}));
}

TEST(ClientAddress, names_the_entry_that_it_cannot_read) {
    const std::vector<std::string> bad = {"10.0.0.1", "10.0.0.0/33"};
    ASSERT_NE(unreadable_entry(bad), nullptr);
    EXPECT_EQ(*unreadable_entry(bad), "10.0.0.0/33");
    EXPECT_EQ(unreadable_entry(kTrusted), nullptr);
}

}  // namespace
}  // namespace rasid
