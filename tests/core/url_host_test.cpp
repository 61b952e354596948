#include "core/url_host.hpp"

#include <gtest/gtest.h>

namespace {

using rasid::url_host;

TEST(UrlHost, stands_between_scheme_and_port_path_or_query) {
    EXPECT_EQ(url_host("https://rasid.example/t/1"), "rasid.example");
    EXPECT_EQ(url_host("https://rasid.example:8443?x=a@b"), "rasid.example");
    EXPECT_EQ(url_host("https://sara:secret@rasid.example/"), "rasid.example");
    EXPECT_EQ(url_host("rasid.example/t"), "rasid.example");
    EXPECT_EQ(url_host(""), "");
}

TEST(UrlHost, of_an_ipv6_address_keeps_its_brackets) {
    EXPECT_EQ(url_host("http://[::1]:8420/x"), "[::1]");
    EXPECT_EQ(url_host("http://[::1"), "[");
}

}  // namespace
