#include "rules/explain.hpp"

#include "tests/rules/rule_scene.hpp"

namespace rasid {
namespace {

TEST(ExplainRule, shows_actions_tree_and_an_example) {
    auto rule = rule_of("complaints", "(قهوة OR coffee) sentiment:negative");
    rule.queue = "care";
    rule.priority = Priority::high;
    rule.tags = {"complaint"};
    EXPECT_EQ(explain_rule(rule), "rule complaints\n"
                                  "does: queue care, priority high\n"
                                  "tags: complaint\n"
                                  "query: (قهوة OR coffee) AND sentiment:negative\n"
                                  "tree:\n"
                                  "  AND\n"
                                  "    OR\n"
                                  "      قهوة\n"
                                  "      coffee\n"
                                  "    sentiment:negative\n"
                                  "example that matches:\n"
                                  "  text: قهوة terrible\n");
}

class ExampleTable : public testing::TestWithParam<const char*> {};

TEST_P(ExampleTable, has_an_example_that_the_rule_matches) {
    const auto rule = rule_of("r", GetParam());
    const auto example = example_for(rule);
    ASSERT_TRUE(example) << GetParam();
    EXPECT_TRUE(matches(rule.query, example->mention, example->context));
}

INSTANTIATE_TEST_SUITE_P(queries, ExampleTable,
                         testing::Values("coffee", "\"cold coffee\" -tea", "rasid* OR x", "#tag @handle $CASH",
                                         "a1 NEAR/3 (b1 OR c1)", "\"very slow\"~4", "lang:ar", "lang:en", "lang:fr",
                                         "-lang:ar", "sentiment:positive", "sentiment:neutral platform:x",
                                         "followers>1000 stars<3", "stars>4.5", "is:reply has:link", "customer:none",
                                         "-customer:none", "tier:gold plan:\"a b\"",
                                         "url:shop domain:example.org conversation:7 name:Sara author:@sara source:s",
                                         "/order #\\d+/ late", "(tea -tea) OR coffee",
                                         "has:hashtag has:mention is:verified"));

TEST(ExplainRule, says_so_when_nothing_can_match_or_the_query_is_wrong) {
    EXPECT_FALSE(example_for(rule_of("r", "tea -tea")));
    EXPECT_NE(explain_rule(rule_of("r", "tea -tea")).find("none was found"), std::string::npos);
    EXPECT_NE(explain_rule(rule_of("r", "(tea")).find("line 1, column 1"), std::string::npos);
}

}  // namespace
}  // namespace rasid
