#include "core/proportion.hpp"

#include <gtest/gtest.h>

namespace rasid {
namespace {

// Bounds as published for Wilson's interval at 95 %.
struct Case {
    int part;
    int all;
    double low;
    double high;
};

TEST(Proportion, has_the_known_bounds_of_wilson) {
    for (const auto& [part, all, low, high] : {Case{15, 148, 0.0624, 0.1605}, Case{0, 20, 0.0, 0.1611},
                                               Case{1, 29, 0.0061, 0.1718}, Case{81, 263, 0.2553, 0.3662}}) {
        const auto found = proportion_of(part, all);
        EXPECT_DOUBLE_EQ(found.share, static_cast<double>(part) / all);
        EXPECT_NEAR(found.low, low, 5e-5) << part << " of " << all;
        EXPECT_NEAR(found.high, high, 5e-5) << part << " of " << all;
    }
}

TEST(Proportion, of_none_and_of_all_stays_within_its_bounds) {
    EXPECT_DOUBLE_EQ(proportion_of(0, 1).low, 0);
    EXPECT_DOUBLE_EQ(proportion_of(1, 1).high, 1);
    EXPECT_LT(proportion_of(1, 1).low, 0.3) << "one case says little";
}

}  // namespace
}  // namespace rasid
