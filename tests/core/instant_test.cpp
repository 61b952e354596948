#include "core/instant.hpp"
#include "tests/support/instant_at.hpp"

#include <gtest/gtest.h>

namespace rasid {
namespace {

using namespace std::chrono_literals;

TEST(InstantTest, reads_every_form_of_rfc_3339) {
    const auto same = at("2026-03-01T10:00:00Z");
    for (const char* text :
         {"2026-03-01T10:00:00.000Z", "2026-03-01t10:00:00z", "2026-03-01 10:00:00+00:00", "2026-03-01T13:00:00+03:00",
          "2026-03-01T05:30:00-04:30", "2026-03-01T13:00:00+0300", "2026-03-01T10:00:00.0000000000000Z"}) {
        EXPECT_EQ(at(text), same) << text;
    }
    EXPECT_EQ(at("2026-03-01T10:00:00.123456789Z"), same + 123456us);
    EXPECT_EQ(at("2016-12-31T23:59:60Z"), at("2017-01-01T00:00:00Z"));
}

TEST(InstantTest, refuses_what_is_no_instant) {
    for (const char* text :
         {"", "2026", "2026-03-01", "2026-13-01T00:00:00Z", "2026-02-29T00:00:00Z", "2026-03-01T24:00:00Z",
          "2026-03-01T10:60:00Z", "2026-03-01T10:00:00", "2026-03-01T10:00:00.Z", "2026-03-01T10:00:00Zx",
          "0000-01-01T00:00:00Z", "2026-03-01T10:00:00+3", "20a6-03-01T10:00:00Z", "2026-03-01T10:00:00+24:00"}) {
        EXPECT_FALSE(parse_rfc3339(text)) << text;
    }
}

TEST(InstantTest, writes_utc_with_milliseconds_and_reads_it_back) {
    EXPECT_EQ(to_rfc3339(at("2024-02-29T23:59:59.9999Z")), "2024-02-29T23:59:59.999Z");
    EXPECT_EQ(to_rfc3339(at("1969-12-31T23:59:59.5Z")), "1969-12-31T23:59:59.500Z");
    for (std::int64_t micros = -4'000'000'000'000'000; micros < 4'000'000'000'000'000; micros += 77'777'777'777'000) {
        EXPECT_EQ(parse_rfc3339(to_rfc3339(from_micros(micros))), from_micros(micros));
    }
}

TEST(InstantTest, durations_are_sums_of_units_in_falling_order) {
    EXPECT_EQ(parse_duration("15m"), Duration(15min));
    EXPECT_EQ(parse_duration("1h30m"), Duration(90min));
    EXPECT_EQ(parse_duration("2d"), Duration(48h));
    EXPECT_EQ(parse_duration("0s"), Duration(0));
    for (const char* text : {"", "15", "m", "-5m", "30m1h", "5m5m", "1.5h", "5 m", "5ms", "99999999999h"})
        EXPECT_FALSE(parse_duration(text)) << text;
    for (const auto duration : {0s, 1s, 59s, 60s, 3661s, 86400s, 90061s}) {
        EXPECT_EQ(parse_duration(to_duration_text(duration)), Duration(duration));
    }
}

}  // namespace
}  // namespace rasid
