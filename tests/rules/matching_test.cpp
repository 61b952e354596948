#include "tests/rules/rule_scene.hpp"

#include "core/text/fold.hpp"

#include <algorithm>
#include <fstream>
#include <ostream>

namespace rasid {
namespace {

/// A line of data/matching_pairs.tsv.
struct MatchingPair {
    std::string shows;  ///< the rule of matching
    std::string query;
    std::string text;
    bool matches = false;
    int line = 0;
};

void PrintTo(const MatchingPair& pair, std::ostream* out) {
    *out << "line " << pair.line << ": " << pair.query << " | " << pair.text << " (" << pair.shows << ")";
}

std::string unescaped(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '\\') {
            out += text[at];
        } else if (text.substr(at + 1).starts_with('u')) {
            append_utf8(out, static_cast<char32_t>(std::stoul(std::string(text.substr(at + 2, 4)), nullptr, 16)));
            at += 5;
        } else {
            out += text[++at];
        }
    }
    return out;
}

std::vector<MatchingPair> read_pairs() {
    std::ifstream file(RASID_SOURCE_DIR "/tests/rules/data/matching_pairs.tsv");
    std::vector<MatchingPair> pairs;
    std::string shows;
    std::string line;
    for (int number = 1; std::getline(file, line); ++number) {
        if (line.starts_with("== ")) shows = line.substr(3);
        if (line.empty() || line.starts_with("# ") || line.starts_with("== ")) continue;
        const auto first = line.find('\t');
        const auto second = line.find('\t', first + 1);
        const auto answer = line.substr(second + 1);
        if (first == std::string::npos || second == std::string::npos || (answer != "yes" && answer != "no")) {
            ADD_FAILURE() << "line " << number << " is no pair";
            continue;
        }
        pairs.push_back({shows, unescaped(line.substr(0, first)), unescaped(line.substr(first + 1, second - first - 1)),
                         answer == "yes", number});
    }
    return pairs;
}

class MatchingTable : public testing::TestWithParam<MatchingPair> {};

TEST_P(MatchingTable, decides_each_pair_as_listed) {
    const auto& pair = GetParam();
    EXPECT_EQ(matches(pair.query, pair.text), pair.matches);
}

INSTANTIATE_TEST_SUITE_P(pairs, MatchingTable, testing::ValuesIn(read_pairs()));

TEST(MatchingPairs, show_every_rule_of_matching_right_and_wrong) {
    const auto pairs = read_pairs();
    EXPECT_GE(pairs.size(), 150u);
    EXPECT_GE(std::count_if(pairs.begin(), pairs.end(), [](const MatchingPair& pair) { return !pair.matches; }), 50);
}

/// All pairs' queries as one set of rules: sharing one trie and one set of patterns changes no answer.
TEST(MatchingPairs, are_decided_alike_when_all_queries_are_compiled_together) {
    const auto pairs = read_pairs();
    std::vector<Rule> rules;
    for (const auto& pair : pairs) rules.push_back(rule_of(std::to_string(pair.line), pair.query));
    const auto together = rules_of(rules);
    for (const auto& pair : pairs) {
        const auto verdict = assess(together, mention_of(pair.text), {});
        const auto& names = verdict.rules;
        EXPECT_EQ(std::find(names.begin(), names.end(), std::to_string(pair.line)) != names.end(), pair.matches)
            << pair.query << " | " << pair.text;
    }
}

struct FieldPair {
    const char* query;
    bool matches;
};

class FieldTable : public testing::TestWithParam<FieldPair> {};

TEST_P(FieldTable, decides_each_field_for_one_mention) {
    auto mention = mention_of("الخدمة سيئة جدا https://shop.example/Orders #خدمة @care");
    mention.source = "brand watch";
    mention.author = {.handle = "Noura_B", .name = "Noura Al-Bassam", .followers = 1500, .verified = true};
    mention.url = "https://www.blog.example.org/post/7";
    mention.conversation = "thread-9";
    mention.in_reply_to = "8";
    mention.stars = 1.5;
    Context context;
    context.customer = Context::KnownCustomer{.id = "c1", .tier = "Gold", .plan = "clients for life"};
    EXPECT_EQ(matches(GetParam().query, mention, context), GetParam().matches) << GetParam().query;
}

const FieldPair kFields[] = {
    {"author:noura_b", true},
    {"author:@NOURA_B", true},
    {"author:noura", false},
    {"name:noura", true},
    {"name:\"al bassam\"", true},
    {"name:bass", false},
    {"platform:x", true},
    {"platform:mastodon,x", true},
    {"platform:mastodon", false},
    {"source:\"brand watch\"", true},
    {"lang:ar", true},
    {"lang:ar-EG", true},
    {"lang:en,fr", false},
    {"sentiment:negative", true},
    {"sentiment:positive,neutral", false},
    {"followers>1000", true},
    {"followers>1500", false},
    {"followers>=1.5k", true},
    {"followers<2k", true},
    {"followers<=1499", false},
    {"followers:1500", true},
    {"is:reply", true},
    {"is:verified", true},
    {"has:link", true},
    {"has:hashtag", true},
    {"has:mention", true},
    {"url:shop.example/orders", true},
    {"url:/post/7", true},
    {"url:nowhere", false},
    {"domain:example.org", true},
    {"domain:blog.example.org", true},
    {"domain:ample.org", false},
    {"conversation:thread-9", true},
    {"customer:any", true},
    {"customer:none", false},
    {"customer:c1", true},
    {"tier:gold", true},
    {"tier:silver,gold", true},
    {"plan:\"Clients For Life\"", true},
    {"stars<3", true},
    {"stars>=3", false},
    {"-lang:ar", false},
    {"lang:ar followers>1k", true},
    {"lang:ar -followers>1k", false},
};

INSTANTIATE_TEST_SUITE_P(fields, FieldTable, testing::ValuesIn(kFields));

TEST(Fields, that_the_platform_does_not_tell_satisfy_no_comparison) {
    EXPECT_FALSE(matches("followers>0", "hello"));
    EXPECT_FALSE(matches("followers<10", "hello"));
    EXPECT_FALSE(matches("stars<5", "hello"));
    EXPECT_TRUE(matches("customer:none", "hello"));
}

TEST(Matching, finds_words_in_a_title_and_marks_only_the_text) {
    auto mention = mention_of("slow again");
    mention.title = "Rasid news";
    const auto verdict = assess(rules_of({rule_of("r", "rasid slow")}), mention, {});
    ASSERT_EQ(verdict.rules.size(), 1u);
    ASSERT_EQ(verdict.hits.size(), 1u);
    EXPECT_EQ(verdict.hits[0].text, "slow");
    mention.text = "app";
    mention.title = "Rasid";
    EXPECT_FALSE(matches("\"rasid app\"", mention));
}

}  // namespace
}  // namespace rasid
