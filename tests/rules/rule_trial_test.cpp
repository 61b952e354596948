#include "rules/rule_trial.hpp"

#include "tests/rules/rule_scene.hpp"

namespace rasid {
namespace {

Rule off(std::string query) {
    auto rule = rule_of("r", std::move(query));
    rule.enabled = false;
    return rule;
}

TEST(RuleTrial, marks_the_words_that_made_it_hit_even_of_a_rule_that_is_off) {
    const RuleTrial trial(off("قهوة OR coffee"));
    const auto hits = trial.hits(mention_of("cold coffee, بالقهوة"), {}, {});
    ASSERT_TRUE(hits);
    ASSERT_EQ(hits->size(), 2U);
    EXPECT_EQ((*hits)[0].text, "coffee");
    EXPECT_EQ((*hits)[1].text, "بالقهوة");
    EXPECT_FALSE(trial.hits(mention_of("tea"), {}, {}));
}

TEST(RuleTrial, believes_the_verdict_that_the_mention_has) {
    const RuleTrial trial(off("sentiment:negative lang:fr"));
    Verdict verdict;
    verdict.language = "fr";
    verdict.sentiment.label = Polarity::negative;
    EXPECT_TRUE(trial.hits(mention_of("what a lovely day"), {}, verdict)) << "as somebody corrected it";
    verdict.sentiment.label = Polarity::positive;
    EXPECT_FALSE(trial.hits(mention_of("what a lovely day"), {}, verdict));
}

TEST(RuleTrial, says_whether_it_must_know_the_customer) {
    EXPECT_TRUE(RuleTrial(off("coffee tier:gold")).asks_for_customer());
    EXPECT_TRUE(RuleTrial(off("coffee -customer:none")).asks_for_customer());
    EXPECT_FALSE(RuleTrial(off("coffee lang:ar")).asks_for_customer());
    Context context;
    context.customer = {"c1", "gold", ""};
    EXPECT_TRUE(RuleTrial(off("coffee tier:gold")).hits(mention_of("coffee"), context, {}));
}

TEST(RuleTrial, of_a_query_that_cannot_be_read_has_errors_and_hits_nothing) {
    const RuleTrial trial(off("(coffee"));
    EXPECT_EQ(trial.errors().size(), 1U);
    EXPECT_FALSE(trial.hits(mention_of("coffee"), {}, {}));
}

TEST(CheckQuery, finds_errors_of_words_and_of_patterns) {
    EXPECT_FALSE(check_query("coffee /order \\d+/"));
    const auto pattern = check_query("late /order (?=#)/");
    ASSERT_TRUE(pattern);
    EXPECT_EQ(pattern->column, 13);
    EXPECT_TRUE(check_query("langg:ar"));
}

}  // namespace
}  // namespace rasid
