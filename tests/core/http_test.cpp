#include "core/http.hpp"

#include <gtest/gtest.h>

namespace rasid {
namespace {

using namespace std::chrono_literals;

const std::chrono::sys_seconds kNow(std::chrono::sys_days(std::chrono::year(2026) / 3 / 1) + 10h);

TEST(HttpTest, retry_after_is_read_in_both_forms_and_clamped) {
    EXPECT_EQ(parse_retry_after("120", kNow), 120s);
    EXPECT_EQ(parse_retry_after(" 7 ", kNow), 7s);
    EXPECT_EQ(parse_retry_after("Sun, 01 Mar 2026 10:05:00 GMT", kNow), 300s);
    EXPECT_EQ(parse_retry_after("Sunday, 01-Mar-26 10:05:00 GMT", kNow), 300s);
    EXPECT_EQ(parse_retry_after("Sun Mar  1 10:05:00 2026", kNow), 300s);
    EXPECT_EQ(parse_retry_after("Sun, 01 Mar 2020 10:05:00 GMT", kNow), 0s) << "a moment that has passed";
    EXPECT_EQ(parse_retry_after("31536000", kNow), 24h) << "a year";
    EXPECT_EQ(parse_retry_after("999999999999999999999999", kNow), 24h);
    EXPECT_EQ(parse_retry_after("-5", kNow), 0s);
    EXPECT_FALSE(parse_retry_after("", kNow));
    EXPECT_FALSE(parse_retry_after("soon", kNow));
}

TEST(HttpTest, a_status_means_a_kind_of_failure) {
    const auto kind = [](int status) { return failure_of(HttpResponse{.status = status}, kNow).kind; };
    EXPECT_EQ(kind(401), Failure::Kind::unauthorized);
    EXPECT_EQ(kind(403), Failure::Kind::unauthorized);
    EXPECT_EQ(kind(410), Failure::Kind::not_found);
    EXPECT_EQ(kind(429), Failure::Kind::rate_limited);
    EXPECT_EQ(kind(422), Failure::Kind::refused);
    EXPECT_EQ(kind(503), Failure::Kind::unreachable);
    const auto limited = failure_of(HttpResponse{.status = 429, .headers = {{"retry-after", "60"}}}, kNow);
    EXPECT_EQ(limited.retry_after, 60s);
}

TEST(HttpTest, the_last_header_of_a_name_counts_whatever_its_case) {
    const HttpResponse response{.headers = {{"ETag", "a"}, {"etag", "b"}}};
    EXPECT_EQ(response.header("ETAG"), "b");
    EXPECT_EQ(response.header("nothing"), "");
}

TEST(HttpTest, url_encoding_leaves_only_unreserved_characters) {
    EXPECT_EQ(url_encode("a-Z_0.~"), "a-Z_0.~");
    EXPECT_EQ(url_encode("قهوة &+/"), "%D9%82%D9%87%D9%88%D8%A9%20%26%2B%2F");
}

}  // namespace
}  // namespace rasid
