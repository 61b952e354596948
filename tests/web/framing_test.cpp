#include "web/framing.hpp"

#include <gtest/gtest.h>

#include <string>

namespace rasid {
namespace {

struct Head {
    const char* name;
    std::string text;
    int refused;  ///< 0: sound
};

std::string with_field(const std::string& field) { return "GET / HTTP/1.1\r\nHost: a\r\n" + field + "\r\n\r\n"; }

class FramingTest : public testing::TestWithParam<Head> {};

TEST_P(FramingTest, judges_the_head_as_one_reader_only_could) {
    EXPECT_EQ(refuse_head(GetParam().text).value_or(0), GetParam().refused);
}

INSTANTIATE_TEST_SUITE_P(
    Heads, FramingTest,
    testing::Values(
        Head{"plain", "GET / HTTP/1.1\r\nHost: a\r\n\r\n", 0}, Head{"old_without_host", "GET / HTTP/1.0\r\n\r\n", 0},
        Head{"with_length", with_field("Content-Length: 5"), 0},
        Head{"with_chunks", with_field("Transfer-Encoding: chunked"), 0},
        Head{"chunks_in_capitals", with_field("Transfer-Encoding: CHUNKED"), 0},
        Head{"tab_in_value", with_field("X: a\tb"), 0}, Head{"empty_value", with_field("X:"), 0},
        Head{"expects_continue", with_field("Expect: 100-continue"), 0},
        Head{"length_and_chunks", with_field("Content-Length: 5\r\nTransfer-Encoding: chunked"), 400},
        Head{"chunks_and_length", with_field("Transfer-Encoding: chunked\r\nContent-Length: 5"), 400},
        Head{"two_lengths", with_field("Content-Length: 5\r\nContent-Length: 6"), 400},
        Head{"two_equal_lengths", with_field("Content-Length: 5\r\ncontent-length: 5"), 400},
        Head{"length_list", with_field("Content-Length: 5, 5"), 400},
        Head{"negative_length", with_field("Content-Length: -5"), 400},
        Head{"signed_length", with_field("Content-Length: +5"), 400},
        Head{"hex_length", with_field("Content-Length: 0x5"), 400},
        Head{"empty_length", with_field("Content-Length:"), 400},
        Head{"huge_length", with_field("Content-Length: 18446744073709551621"), 400},
        Head{"two_codings", with_field("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked"), 400},
        Head{"chunked_twice", with_field("Transfer-Encoding: chunked, chunked"), 400},
        Head{"chunked_not_last", with_field("Transfer-Encoding: chunked, gzip"), 400},
        Head{"chunked_hidden", with_field("Transfer-Encoding: xchunked"), 400},
        Head{"quoted_chunked", with_field("Transfer-Encoding: \"chunked\""), 400},
        Head{"unknown_coding", with_field("Transfer-Encoding: gzip"), 501},
        Head{"identity_coding", with_field("Transfer-Encoding: identity"), 501},
        Head{"space_before_colon", with_field("Transfer-Encoding : chunked"), 400},
        Head{"space_before_length_colon", with_field("Content-Length : 5"), 400},
        Head{"folded_field", with_field("X: a\r\n b"), 400}, Head{"folded_by_tab", with_field("X: a\r\n\tb"), 400},
        Head{"first_field_folded", "GET / HTTP/1.1\r\n Host: a\r\n\r\n", 400},
        Head{"bare_newline", "GET / HTTP/1.1\nHost: a\r\n\r\n", 400},
        Head{"bare_newline_in_field", with_field("X: a\nY: b"), 400},
        Head{"bare_return", with_field("X: a\rY: b"), 400}, Head{"nul", with_field(std::string("X: a\0b", 6)), 400},
        Head{"delete_byte", with_field("X: a\x7f"), 400}, Head{"no_colon", with_field("X"), 400},
        Head{"empty_name", with_field(": a"), 400}, Head{"name_with_space", with_field("X Y: a"), 400},
        Head{"no_host", "GET / HTTP/1.1\r\n\r\n", 400}, Head{"two_hosts", with_field("Host: b"), 400},
        Head{"absolute_target", "GET http://evil/ HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        Head{"authority_target", "CONNECT evil:443 HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        Head{"asterisk_target", "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        Head{"two_spaces", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        Head{"space_in_target", "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        Head{"raw_utf8_target", "GET /\xc3\xa9 HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        Head{"leading_empty_line", "\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        Head{"version_2", "GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505},
        Head{"no_version", "GET /\r\nHost: a\r\n\r\n", 400},
        Head{"lower_case_version", "GET / http/1.1\r\nHost: a\r\n\r\n", 400},
        Head{"coding_in_old_version", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
        Head{"two_cookies", with_field("Cookie: a=1\r\nCookie: a=2"), 400},
        Head{"two_tokens", with_field("X-CSRF-Token: a\r\nX-CSRF-Token: b"), 400},
        Head{"unknown_expectation", with_field("Expect: tea"), 417}, Head{"cut", "GET / HTTP/1.1\r\nHost: a\r\n", 400}),
    [](const auto& head) { return std::string(head.param.name); });

TEST(Framing, allows_sixty_four_fields_and_no_more) {
    std::string fields = "GET / HTTP/1.1\r\nHost: a\r\n";
    for (int i = 0; i < 63; ++i) fields += "X" + std::to_string(i) + ": 1\r\n";
    EXPECT_EQ(refuse_head(fields + "\r\n"), std::nullopt);
    EXPECT_EQ(refuse_head(fields + "Y: 1\r\n\r\n"), 431);
}

TEST(Framing, sees_a_bare_newline_before_the_head_is_complete) {
    EXPECT_FALSE(has_bare_newline("GET / HTTP/1.1\r\nHost: a\r"));
    EXPECT_TRUE(has_bare_newline("GET / HTTP/1.1\nHost"));
    EXPECT_TRUE(has_bare_newline("\n"));
}

}  // namespace
}  // namespace rasid
