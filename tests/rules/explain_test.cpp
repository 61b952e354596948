#include "rules/explain.hpp"

#include "tests/rules/rule_scene.hpp"

#include <algorithm>
#include <random>

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
                                  "  text: قهوة terrible, awful, I hate it\n");
}

class ExampleTable : public testing::TestWithParam<const char*> {};

TEST_P(ExampleTable, has_an_example_that_the_rule_matches) {
    const auto rule = rule_of("r", GetParam());
    const auto example = example_for(rule);
    ASSERT_TRUE(example) << GetParam();
    EXPECT_TRUE(matches(rule.query, example->mention, example->context));
}

INSTANTIATE_TEST_SUITE_P(
    queries, ExampleTable,
    testing::Values("coffee", "\"cold coffee\" -tea", "rasid* OR x", "#tag @handle $CASH", "a1 NEAR/3 (b1 OR c1)",
                    "\"very slow\"~4", "lang:ar", "lang:en", "lang:fr", "-lang:ar", "sentiment:positive",
                    "sentiment:neutral platform:x", "followers>1000 stars<3", "stars>4.5", "is:reply has:link",
                    "customer:none", "-customer:none", "tier:gold plan:\"a b\"",
                    "url:shop domain:example.org conversation:7 name:Sara author:@sara source:s", "/order #\\d+/ late",
                    "(rasid OR رصيد*) NOT (job OR وظيفة) lang:ar platform:x,mastodon followers>1000 "
                    "sentiment:negative -author:@bot /order\\s+#\\d+/ \"very slow\"~4",
                    "app~s", "\"mobile app\"~s", "=رصيد", "😡 🇸🇦", "-sentiment:negative great",
                    "-(followers>10 OR stars<2) coffee", "lang:ar \"cold coffee\"", "(tea -tea) OR coffee",
                    "has:hashtag has:mention is:verified"));

class PatternTable : public testing::TestWithParam<const char*> {};

TEST_P(PatternTable, has_an_example_that_the_pattern_matches) {
    EXPECT_TRUE(example_for(rule_of("r", std::string("/") + GetParam() + "/"))) << GetParam();
}

INSTANTIATE_TEST_SUITE_P(patterns, PatternTable,
                         testing::Values("order\\s+#\\d+", "^late", "late$", "\\bslow\\b", "a{3}", "a{2,}b{0,1}",
                                         "(ab|cd)+e", "(?:x|y)z", "(?P<name>n)m", "(?-i)Order", "(?i:o)k", "[^a-z ]x",
                                         "[]a]b", "[[:digit:]]{4}", "\\pN\\p{Arabic}", "\\P{L}", "\\x{1F621}\\x41",
                                         "\\Q1+1\\E=2", "a.c", "\\$\\d+\\.\\d\\d", "colou?r", "\\101", "قهو[ةه]",
                                         "(a|b|)c*?d", "\\S+@\\S+", "[\\d.,]+ ?ريال", "a\\/b"));

/// A random query that something can match: words that all differ, fields that are each asked for once.
class PossibleQuery {
public:
    explicit PossibleQuery(unsigned seed) : random_(seed) { std::shuffle(fields_.begin(), fields_.end(), random_); }

    std::string make(int depth) {
        switch (depth == 0 ? pick(8) : pick(13)) {
        case 0:
            return word();
        case 1:
            return '=' + word();
        case 2:
            return word() + "*";
        case 3:
            return word() + "~s";
        case 4:
            return pick(2) == 0 ? '#' + word() : '@' + word();
        case 5:
            return '"' + word() + ' ' + word() + "\"~3";
        case 6:
            return "/" + word() + "\\d{2}(x|y)/";
        case 7:
            return field();
        case 8:
            return '(' + make(depth - 1) + " AND " + make(depth - 1) + ')';
        case 9:
            return '(' + make(depth - 1) + " OR " + make(depth - 1) + " OR " + make(depth - 1) + ')';
        case 10:
            return "-\"" + word() + ' ' + word() + '"';
        case 11:
            return "NOT (" + word() + " OR " + field() + ')';
        default:
            return '(' + word() + " OR " + word() + ") NEAR/2 \"" + word() + ' ' + word() + '"';
        }
    }

private:
    int pick(int below) { return std::uniform_int_distribution<int>(0, below - 1)(random_); }

    std::string word() {
        std::string out = "w";
        for (auto n = ++words_; n > 0; n /= 10) out += static_cast<char>('a' + n % 10) + std::string("q");
        return out + "w";
    }

    std::string field() {
        if (fields_.empty()) return word();
        auto field = fields_.back();
        fields_.pop_back();
        return field;
    }

    std::mt19937 random_;
    int words_ = 0;
    std::vector<std::string> fields_ = {"author:sara",
                                        "name:\"Sara Ali\"",
                                        "platform:x,bluesky",
                                        "source:brand",
                                        "followers>=10k",
                                        "stars<3",
                                        "is:reply",
                                        "is:verified",
                                        "has:link",
                                        "has:hashtag",
                                        "has:mention",
                                        "url:shop/1",
                                        "domain:a.example",
                                        "conversation:c7",
                                        "customer:any",
                                        "tier:gold",
                                        "plan:\"clients for life\""};
};

TEST(ExampleMention, is_found_for_every_query_that_something_can_match) {
    for (unsigned seed = 0; seed < 400; ++seed) {
        const auto query = PossibleQuery(seed).make(3);
        const auto example = example_for(rule_of("r", query));
        ASSERT_TRUE(example) << query;
        EXPECT_TRUE(matches(query, example->mention, example->context)) << query;
    }
}

TEST(ExplainRule, says_so_when_nothing_can_match_or_the_query_is_wrong) {
    EXPECT_FALSE(example_for(rule_of("r", "tea -tea")));
    EXPECT_NE(explain_rule(rule_of("r", "tea -tea")).find("none was found"), std::string::npos);
    EXPECT_NE(explain_rule(rule_of("r", "(tea")).find("line 1, column 1"), std::string::npos);
}

}  // namespace
}  // namespace rasid
