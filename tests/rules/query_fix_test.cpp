#include "rules/query_fix.hpp"

#include <gtest/gtest.h>

namespace rasid {
namespace {

std::optional<QueryFix> fix_of(const std::string& query) {
    const auto parsed = parse_query(query);
    const auto* error = std::get_if<QueryError>(&parsed);
    if (!error) {
        ADD_FAILURE() << query << " has no error";
        return std::nullopt;
    }
    return likely_fix(query, *error);
}

struct Fixed {
    const char* query;
    const char* replaces;
    const char* with;
    const char* fixed;
};

class Fixes : public testing::TestWithParam<Fixed> {};

TEST_P(Fixes, take_the_error_away) {
    const auto fix = fix_of(GetParam().query);
    ASSERT_TRUE(fix) << GetParam().query;
    EXPECT_EQ(*fix, (QueryFix{GetParam().replaces, GetParam().with, GetParam().fixed}));
}

INSTANTIATE_TEST_SUITE_P(
    QueryFix, Fixes,
    testing::Values(Fixed{"قهوة langg:ar", "langg", "lang", "قهوة lang:ar"},
                    Fixed{"langg langg:ar", "langg", "lang", "langg lang:ar"},
                    Fixed{"😡 sentiment:negativ x", "negativ", "negative", "😡 sentiment:negative x"},
                    Fixed{"(قهوة OR coffee", "", ")", "(قهوة OR coffee)"},
                    Fixed{"((قهوة OR (coffee", "", ")))", "((قهوة OR (coffee)))"},
                    Fixed{"coffee) tea", ")", "", "coffee tea"}, Fixed{"\"too cold", "", "\"", "\"too cold\""},
                    Fixed{"/order \\d+", "", "/", "/order \\d+/"},
                    Fixed{"coffee && tea", "&&", "AND", "coffee AND tea"},
                    Fixed{"followers:>10k", "followers:>", "followers>", "followers>10k"},
                    Fixed{"lang:ar،en", "،", ",", "lang:ar,en"}, Fixed{"“قهوة”", "“", "\"", "\"قهوة\""},
                    Fixed{"coffee OR ", "OR", "", "coffee"}, Fixed{"coffee - tea", " ", "", "coffee -tea"},
                    Fixed{"line\n langg:ar", "langg", "lang", "line\n lang:ar"}),
    [](const testing::TestParamInfo<Fixed>& each) { return std::to_string(each.index); });

TEST(QueryFix, is_not_offered_where_nobody_knows_what_was_meant) {
    for (const auto* query : {"", "NOT", "quux:x", "/(?=a)/", "a NEAR b", "sentiment:maybe"}) {
        const auto parsed = parse_query(query);
        const auto* error = std::get_if<QueryError>(&parsed);
        if (!error) continue;
        EXPECT_FALSE(likely_fix(query, *error)) << query;
    }
}

TEST(QueryFix, of_the_first_of_two_errors_leaves_the_second_to_be_fixed_next) {
    const auto first = fix_of("langg:ar sorce:x");
    ASSERT_TRUE(first);
    const auto second = fix_of(first->query);
    ASSERT_TRUE(second);
    EXPECT_EQ(second->query, "lang:ar source:x");
}

}  // namespace
}  // namespace rasid
