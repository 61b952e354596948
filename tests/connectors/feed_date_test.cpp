#include "connectors/sources/feed_date.hpp"

#include <gtest/gtest.h>

#include <array>

namespace rasid {
namespace {

TEST(FeedDate, reads_what_feeds_write) {
    struct Case {
        const char* written;
        const char* meant;
    };
    constexpr std::array kCases = {
        Case{"Sun, 01 Mar 2026 10:20:30 GMT", "2026-03-01T10:20:30.000Z"},
        Case{"Sun, 1 Mar 2026 10:20:30 +0300", "2026-03-01T07:20:30.000Z"},
        Case{"1 Mar 26 10:20 EST", "2026-03-01T15:20:00.000Z"},
        Case{"01-Mar-26 10:20:30 -0500", "2026-03-01T15:20:30.000Z"},
        Case{"Sunday, March 1, 2026 10:20 PM", "2026-03-01T22:20:00.000Z"},
        Case{"March 1st, 2026 12:05 am", "2026-03-01T00:05:00.000Z"},
        Case{"Sun Mar  1 10:20:30 2026", "2026-03-01T10:20:30.000Z"},
        Case{"Sun, 01 Mar 2026 10:20:30 GMT+3", "2026-03-01T07:20:30.000Z"},
        Case{"Sun, 01 Mar 2026 10:20:30+03:00", "2026-03-01T07:20:30.000Z"},
        Case{"Sun, 01 Mar 2026 10:20:30 (unknown)", "2026-03-01T10:20:30.000Z"},
        Case{"Fri, 31 Dec 99 23:59:60 UT", "1999-12-31T23:59:59.000Z"},
        Case{"Thu, 01 Jan 126 00:00:00 GMT", "2026-01-01T00:00:00.000Z"},
        Case{"2026-03-01T10:20:30.5+03:00", "2026-03-01T07:20:30.500Z"},
        Case{"2026-03-01T10:20:30+0300", "2026-03-01T07:20:30.000Z"},
        Case{"2026-03-01T10:20Z", "2026-03-01T10:20:00.000Z"},
        Case{"2026-03-01 10:20:30", "2026-03-01T10:20:30.000Z"},
        Case{"2026-03-01 10:20:30 +0300", "2026-03-01T07:20:30.000Z"},
        Case{"2026/03/01", "2026-03-01T00:00:00.000Z"},
        Case{"20260301", "2026-03-01T00:00:00.000Z"},
        Case{"2026-03", "2026-03-01T00:00:00.000Z"},
        Case{"2026", "2026-01-01T00:00:00.000Z"},
        Case{"  Sun, 01 Mar 2026 10:20:30 Z\n", "2026-03-01T10:20:30.000Z"},
    };
    for (const auto& one : kCases) {
        auto read = parse_feed_date(one.written);
        ASSERT_TRUE(read) << one.written;
        EXPECT_EQ(to_rfc3339(*read), one.meant) << one.written;
    }
}

TEST(FeedDate, invents_no_day) {
    for (const char* text : {"", "yesterday", "10:20", "Mar 2026", "31 Feb 2026", "2026-13-01", "2026-02-30",
                             "99999999999", "----", "+", "Sun, 00 Mar 2026 10:20:30 GMT", "0000-01-01", "20261399"}) {
        EXPECT_FALSE(parse_feed_date(text)) << text;
    }
    EXPECT_FALSE(parse_feed_date(std::string(1000, '1')));
}

}  // namespace
}  // namespace rasid
