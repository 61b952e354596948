#include "tests/rules/rule_scene.hpp"

#include "core/limits.hpp"
#include "core/text/fold.hpp"

#include <algorithm>
#include <random>

namespace rasid {
namespace {

Rule routed(std::string name, std::string query, std::string queue, Priority priority,
            std::vector<std::string> tags = {}) {
    auto rule = rule_of(std::move(name), std::move(query));
    rule.queue = std::move(queue);
    rule.priority = priority;
    rule.tags = std::move(tags);
    rule.brand = rule.name + " brand";
    return rule;
}

Verdict verdict_of(const std::vector<Rule>& rules, const std::string& text) {
    return assess(rules_of(rules), mention_of(text), {});
}

bool has_reason(const Verdict& verdict, std::string_view part) {
    return std::any_of(verdict.reasons.begin(), verdict.reasons.end(), [&](const auto& reason) {
        return in_words(reason, Texts("en")).find(part) != std::string::npos;
    });
}

TEST(Verdict, without_a_hit_has_no_queue_and_normal_priority) {
    const auto verdict = verdict_of({routed("a", "tea", "care", Priority::high)}, "coffee");
    EXPECT_TRUE(verdict.rules.empty());
    EXPECT_EQ(verdict.queue, std::nullopt);
    EXPECT_EQ(verdict.priority, Priority::normal);
    EXPECT_EQ(verdict.brand, "");
}

TEST(Verdict, takes_queue_priority_and_brand_of_the_hit_rule_of_highest_priority) {
    const auto verdict =
        verdict_of({routed("low", "coffee", "praise", Priority::low), routed("high", "coffee", "care", Priority::high),
                    routed("normal", "coffee", "questions", Priority::normal),
                    routed("critical", "tea", "safety", Priority::critical)},
                   "coffee");
    EXPECT_EQ(verdict.rules, (std::vector<std::string>{"low", "high", "normal"}));
    EXPECT_EQ(verdict.queue, "care");
    EXPECT_EQ(verdict.priority, Priority::high);
    EXPECT_EQ(verdict.brand, "high brand");
    EXPECT_TRUE(has_reason(verdict, "queue “care”, priority high: rule “high”"));
}

TEST(Verdict, gives_its_reasons_in_the_language_of_whoever_reads) {
    const auto verdict = verdict_of({routed("taste", "coffee", "care", Priority::high)}, "القهوة coffee زفت");
    const auto reasons = in_words(verdict.reasons, Texts("ar"));
    ASSERT_EQ(reasons.size(), 4U);
    EXPECT_EQ(reasons[0], "اللغة \u2068ar\u2069: الخط العربي");
    EXPECT_TRUE(reasons[1].starts_with("النبرة ")) << reasons[1];
    EXPECT_EQ(reasons[2], "طابقت القاعدة «\u2068taste\u2069»: «\u2068coffee\u2069»");
    EXPECT_EQ(reasons[3], "قائمة الانتظار «\u2068care\u2069»، الأولوية عالية: القاعدة «\u2068taste\u2069»");
    EXPECT_EQ(in_words(verdict.reasons[0], Texts("en")), "language ar: Arabic script");
}

TEST(Verdict, lets_the_first_of_equal_rules_decide) {
    const auto verdict = verdict_of(
        {routed("a", "coffee", "one", Priority::high), routed("b", "coffee", "two", Priority::high)}, "coffee");
    EXPECT_EQ(verdict.queue, "one");
}

TEST(Verdict, of_a_deciding_rule_without_a_queue_has_none) {
    const auto verdict = verdict_of(
        {routed("a", "coffee", "", Priority::high), routed("b", "coffee", "two", Priority::normal)}, "coffee");
    EXPECT_EQ(verdict.queue, std::nullopt);
    EXPECT_EQ(verdict.priority, Priority::high);
}

TEST(Verdict, that_a_rule_ignores_is_never_routed) {
    auto spam = rule_of("spam", "coupon");
    spam.ignore = true;
    const auto verdict = verdict_of({routed("a", "coffee", "care", Priority::high), spam}, "coffee coupon");
    EXPECT_TRUE(verdict.ignore);
    EXPECT_EQ(verdict.queue, std::nullopt);
    EXPECT_EQ(verdict.rules, (std::vector<std::string>{"a", "spam"}));
    EXPECT_TRUE(has_reason(verdict, "ignored: rule “spam”"));
    EXPECT_FALSE(verdict_of({spam}, "coffee").ignore);
}

TEST(Verdict, joins_the_tags_of_all_hit_rules_in_setup_order) {
    const auto verdict =
        verdict_of({routed("a", "coffee", "", Priority::low, {"x", "y"}), routed("b", "tea", "", Priority::low, {"n"}),
                    routed("c", "coffee", "", Priority::high, {"y", "z"})},
                   "coffee");
    EXPECT_EQ(verdict.tags, (std::vector<std::string>{"x", "y", "z"}));
}

TEST(Verdict, leaves_out_rules_that_are_not_enabled) {
    auto off = rule_of("off", "coffee");
    off.enabled = false;
    EXPECT_TRUE(verdict_of({off}, "coffee").rules.empty());
    off.query = "(((";
    EXPECT_TRUE(compile({off}).errors.empty());
}

TEST(Verdict, finds_rules_of_only_fields_or_negations) {
    EXPECT_EQ(verdict_of({rule_of("a", "platform:x"), rule_of("b", "-tea"), rule_of("c", "tea OR platform:x"),
                          rule_of("d", "tea platform:x")},
                         "coffee")
                  .rules,
              (std::vector<std::string>{"a", "b", "c"}));
}

TEST(Hits, are_sorted_and_each_range_stands_once_for_each_rule) {
    const auto verdict = verdict_of({rule_of("b", "slow OR slow*"), rule_of("a", "coffee slow")}, "slow coffee slow");
    ASSERT_EQ(verdict.hits.size(), 5u);
    EXPECT_EQ(verdict.hits[0], (Hit{"b", "slow", 0, 4}));
    EXPECT_EQ(verdict.hits[1], (Hit{"a", "slow", 0, 4}));
    EXPECT_EQ(verdict.hits[2], (Hit{"a", "coffee", 5, 11}));
    EXPECT_EQ(verdict.hits[3], (Hit{"b", "slow", 12, 16}));
    EXPECT_EQ(verdict.hits[4], (Hit{"a", "slow", 12, 16}));
}

TEST(Hits, keep_byte_offsets_through_everything_that_folding_changes) {
    EXPECT_EQ(hit_words("قهوة", "😡😡 القَهْوَةُ سيئة"), (std::vector<std::string>{"القَهْوَةُ"}));
    EXPECT_EQ(hit_words("رائع", "👨‍👩‍👧 راااااائع!"), (std::vector<std::string>{"راااااائع"}));
    EXPECT_EQ(hit_words("آيفون", "\u202bوبالآيفون\u202c، نعم"), (std::vector<std::string>{"وبالآيفون"}));
    EXPECT_EQ(hit_words("app", "#RasidApp"), (std::vector<std::string>{"App"}));
    EXPECT_EQ(hit_words("#rasidapp", "x #Rasid_App"), (std::vector<std::string>{"#Rasid_App"}));
    EXPECT_EQ(hit_words("@rasid", "hi @Rasid@example.org!"), (std::vector<std::string>{"@Rasid@example.org"}));
    EXPECT_EQ(hit_words("\"very slow\"", "so very, slow"), (std::vector<std::string>{"very, slow"}));
    EXPECT_EQ(hit_words("rasid", "Rasid’s"), (std::vector<std::string>{"Rasid"}));
    EXPECT_EQ(hit_words("/#\\d+/", "طلب #١٢ و #34"), (std::vector<std::string>{"#34"}));
    EXPECT_EQ(hit_words("/\\C/", "é"), (std::vector<std::string>{"é"}));
}

TEST(Hits, are_words_asked_for_and_not_words_forbidden) {
    EXPECT_EQ(hit_words("a1 -b1", "a1 c1"), (std::vector<std::string>{"a1"}));
    EXPECT_EQ(hit_words("a1 OR (b1 c1)", "a1 b1"), (std::vector<std::string>{"a1"}));
    EXPECT_EQ(hit_words("NOT NOT a1", "a1"), (std::vector<std::string>{"a1"}));
    EXPECT_EQ(hit_words("lang:en", "what is this"), (std::vector<std::string>{}));
    EXPECT_EQ(hit_words("a1 NEAR/1 b1", "a1 x b1 y y y a1"), (std::vector<std::string>{"a1", "b1"}));
}

TEST(Compile, places_an_error_in_the_file) {
    auto rule = rule_of("broken", "coffee AND (tea");
    rule.query_origin = {"setup.toml", 12, 9};
    auto errors = compile({rule}).errors;
    ASSERT_EQ(errors.size(), 1u);
    EXPECT_EQ(errors[0].origin.line, 12);
    EXPECT_EQ(errors[0].origin.column, 9 + 12);
    EXPECT_NE(errors[0].what.find("broken"), std::string::npos);

    rule.query = "coffee\nAND /[/";
    errors = compile({rule}).errors;
    ASSERT_EQ(errors.size(), 1u);
    EXPECT_EQ(errors[0].origin.line, 14);
    EXPECT_EQ(errors[0].origin.column, 5);
}

TEST(Compile, refuses_a_pattern_that_cannot_be_bounded_and_keeps_the_other_rules) {
    const auto compiled =
        compile({rule_of("big", "/((a{100}){100}){100}/"), rule_of("good", "coffee"), rule_of("back", "/(a)\\1/")});
    EXPECT_EQ(compiled.errors.size(), 2u);
    EXPECT_EQ(assess(compiled.rules, mention_of("coffee"), {}).rules, (std::vector<std::string>{"good"}));
}

TEST(Assess, survives_invalid_utf8_and_keeps_offsets_on_characters) {
    const auto rules = rules_of({rule_of("r", "coffee OR /./ OR قهوة")});
    std::mt19937 random(11);
    for (int i = 0; i < 300; ++i) {
        std::string text = "قهوة coffee ";
        for (int j = 0; j < 60; ++j) text += static_cast<char>(random() % 256);
        const auto verdict = assess(rules, mention_of(text), {});
        EXPECT_EQ(verdict.rules.size(), 1u);
        for (const auto& hit : verdict.hits) {
            ASSERT_LE(hit.end, text.size());
            ASSERT_LT(hit.start, hit.end);
            for (const auto at : {hit.start, hit.end}) {
                std::size_t walked = 0;
                while (walked < at) next_character(text, walked);
                ASSERT_EQ(walked, at);
            }
        }
    }
}

TEST(Assess, is_bounded_for_the_longest_texts) {
    std::vector<Rule> rules;
    for (int i = 0; i < 200; ++i)
        rules.push_back(rule_of("r" + std::to_string(i), "aa1 OR \"aa1 aa1 aa1 aa1\" OR \"aa1 aa1 zz1\"~50 OR aa*"));
    const auto set = rules_of(rules);
    std::string words;
    while (words.size() + 4 < limits::kMentionText) words += "aa1 ";
    const auto verdict = assess(set, mention_of(words), {});
    EXPECT_EQ(verdict.rules.size(), 200u);
    EXPECT_LE(verdict.hits.size(), 200 * limits::kHitsPerRule);
    assess(set, mention_of(std::string(limits::kMentionText, 'a')), {});
    assess(set, mention_of(std::string(limits::kMentionText, '#')), {});
    std::string marks = "ا";
    while (marks.size() < limits::kMentionText) marks += "\u064e";
    EXPECT_TRUE(assess(set, mention_of(marks), {}).rules.empty());
}

}  // namespace
}  // namespace rasid
