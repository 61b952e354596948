#include "core/json.hpp"
#include "rules/corrected_verdict.hpp"
#include "rules/correction_lines.hpp"
#include "rules/evaluation.hpp"
#include "rules/sentiment_layers.hpp"
#include "tests/rules/rule_scene.hpp"
#include "tests/support/test_day.hpp"

namespace rasid {
namespace {

constexpr std::string_view kText = "the coffee";

Correction said(std::string right, int minute, CorrectionKind what = CorrectionKind::sentiment) {
    Correction made;
    made.id = std::to_string(minute);
    made.text = kText;
    made.language = "en";
    made.what = what;
    made.right = std::move(right);
    made.was = what == CorrectionKind::sentiment ? "negative" : "en";
    made.person = "p" + std::to_string(minute);
    made.at = kMidnight + std::chrono::minutes(minute);
    return made;
}

Verdict machine_made() {
    Verdict verdict;
    verdict.language = "en";
    verdict.sentiment = {Polarity::negative, -0.6, {{"awful", -0.6}}};
    verdict.rules = {"complaints"};
    verdict.reasons = {already_said("language en: Latin script")};
    return verdict;
}

Verdict corrected(Verdict verdict, const std::vector<Correction>& corrections) {
    apply_corrections(verdict, kText, corrections, [](std::string_view id) { return "name of " + std::string(id); });
    return verdict;
}

TEST(CorrectedVerdict, carries_the_newest_word_that_was_not_undone) {
    auto undone = said("neutral", 3);
    undone.undone_at = kMidnight;
    const auto verdict = corrected(
        machine_made(), {said("neutral", 1), said("positive", 2), undone, said("ar", 4, CorrectionKind::language)});
    EXPECT_EQ(verdict.sentiment.label, Polarity::positive);
    EXPECT_EQ(verdict.language, "ar");
    EXPECT_EQ(verdict.corrected_by, "p4");
    EXPECT_EQ(in_words(verdict.reasons, Texts("en")),
              (std::vector<std::string>{"language en: Latin script",
                                        "sentiment corrected from negative to positive by name of p2",
                                        "language corrected from en to ar by name of p4"}));
    EXPECT_EQ(verdict.sentiment.score, -0.6);
}

TEST(CorrectedVerdict, is_the_machines_again_once_all_was_undone) {
    std::vector<Correction> all = {said("neutral", 1), said("positive", 2), said("ar", 3, CorrectionKind::language)};
    const auto once = corrected(machine_made(), all);
    EXPECT_EQ(corrected(once, all), once) << "doing it again changes nothing";
    for (auto& one : all) one.undone_at = kMidnight;
    EXPECT_EQ(corrected(once, all), machine_made());
}

TEST(CorrectedVerdict, is_touched_by_no_word_about_another_text_or_about_a_rule) {
    auto elsewhere = said("positive", 1);
    elsewhere.text = "before the edit";
    auto rule = said("miss", 2, CorrectionKind::rule);
    rule.rule = "complaints";
    EXPECT_EQ(corrected(machine_made(), {elsewhere, rule}), machine_made());
}

TEST(CorrectedVerdict, remembers_what_the_machine_had_said) {
    const std::vector<Correction> all = {said("neutral", 1), said("positive", 2)};
    const auto verdict = corrected(machine_made(), all);
    EXPECT_EQ(machine_word(verdict, kText, all, CorrectionKind::sentiment, {}), "negative");
    EXPECT_EQ(machine_word(verdict, kText, {}, CorrectionKind::sentiment, {}), "positive");
    EXPECT_EQ(machine_word(verdict, kText, all, CorrectionKind::language, {}), "en");
    EXPECT_EQ(machine_word(verdict, kText, all, CorrectionKind::rule, "complaints"), "hit");
    EXPECT_EQ(machine_word(verdict, kText, all, CorrectionKind::rule, "praise"), "miss");
}

TEST(CorrectionLines, are_read_back_as_they_were_written_without_who_said_it) {
    auto one = said("neutral", 1);
    one.text = "قهوة\tباردة\n\"جدًا\" \\";
    one.brand = "nasma";
    const auto line = correction_line(one);
    EXPECT_EQ(line.find('\n'), std::string::npos);
    EXPECT_EQ(line.find("p1"), std::string::npos);
    auto expected = one;
    expected.id = expected.person = "";
    const auto read = parse_correction_line(line);
    ASSERT_TRUE(read) << read.error().what;
    EXPECT_EQ(*read, expected);
    auto rule = said("miss", 2, CorrectionKind::rule);
    rule.rule = "complaints";
    EXPECT_EQ(parse_correction_line(correction_line(rule))->rule, "complaints");
}

TEST(CorrectionLines, that_say_nothing_are_refused) {
    for (const auto* line :
         {"", "[]", "{}", R"({"what":"mood","text":"x","right":"y"})", R"({"what":"sentiment","right":"neutral"})",
          R"({"what":"sentiment","text":"x","right":"angry"})", R"({"what":"language","text":"x"})",
          R"({"what":"sentiment","text":"x","right":"neutral","at":"soon"})"})
        EXPECT_FALSE(parse_correction_line(line)) << line;
}

TEST(CorrectionLines, of_other_things_than_sentiment_teach_and_count_nothing) {
    const std::vector<Correction> all = {said("neutral", 1), said("ar", 2, CorrectionKind::language)};
    ASSERT_EQ(sentiment_corrections(all).size(), 1u);
    EXPECT_EQ(sentiment_corrections(all)[0].right, Polarity::neutral);
    Evaluation evaluation;
    for (const auto& one : all) EXPECT_TRUE(evaluation.add(RuleSet(), correction_line(one)));
    EXPECT_FALSE(evaluation.add(RuleSet(), R"({"what":"sentiment"})"));
    EXPECT_EQ(evaluation.scores("").texts, 1u);
    EXPECT_EQ(evaluation.scores("corrections").texts, 1u);
}

/// A word that the built-in weights know nothing about, said to be bad or good.
std::vector<SentimentCorrection> lessons(const std::string& word, const std::string& brand, Polarity right) {
    std::vector<SentimentCorrection> all;
    for (const std::string around : {"the {} in the branch again", "my order has a {} today",
                                     "found one {} at the counter", "is that a {} on the table"}) {
        auto text = around;
        text.replace(text.find("{}"), 2, word);
        all.push_back({.text = text, .language = "en", .right = right, .brand = brand, .at = kMidnight});
    }
    return all;
}

TEST(SentimentLayers, teach_each_brand_its_own_and_sources_of_none_all) {
    auto all = lessons("blorp", "nasma", Polarity::negative);
    for (auto& one : lessons("zindle", "saba", Polarity::positive)) all.push_back(one);
    const auto layers = learn_layers(all, kMidnight);
    ASSERT_EQ(layers.size(), 3u);
    EXPECT_LT(layers.at("nasma")->shift("blorp"), 0);
    EXPECT_EQ(layers.at("nasma")->shift("zindle"), 0);
    EXPECT_GT(layers.at("saba")->shift("zindle"), 0);
    EXPECT_LT(layers.at("")->shift("blorp"), 0);
    EXPECT_GT(layers.at("")->shift("zindle"), 0);
    EXPECT_TRUE(learn_layers({}, kMidnight).empty());
}

TEST(SentimentLayers, keep_the_labels_of_daily_sentences_whatever_they_are_told) {
    ASSERT_GE(kept_examples().size(), 30u);
    std::vector<SentimentCorrection> spite;
    for (const std::string word : {"شكرا", "رائعة", "excellent", "love", "terrible", "سيئة"})
        for (auto& one :
             lessons(word, "nasma", word == "terrible" || word == "سيئة" ? Polarity::positive : Polarity::negative))
            spite.push_back(one);
    const auto layers = learn_layers(spite, kMidnight);
    const auto taught = RuleSet().with({.layer = layers.at("nasma")});
    std::size_t right = 0;
    for (const auto& example : kept_examples()) {
        auto mention = mention_of(example.text);
        mention.language = example.language;
        const auto before = assess(RuleSet(), mention, {}).sentiment.label;
        if (before != example.right) continue;
        ++right;
        EXPECT_EQ(assess(taught, mention, {}).sentiment.label, before) << example.text;
    }
    EXPECT_GE(right, kept_examples().size() * 3 / 4) << "examples that are wrong anyway protect nothing";
}

TEST(SentimentLayers, keep_corrected_texts_that_were_right_already) {
    auto all = lessons("blorp", "", Polarity::negative);
    all.push_back({.text = "I love this blorp", .language = "en", .right = Polarity::positive, .at = kMidnight});
    const auto layers = learn_layers(all, kMidnight);
    const auto regression = check_corrections(all, *layers.at(""));
    EXPECT_TRUE(regression.broken.empty());
}

TEST(ExternalSentiment, stands_in_place_of_the_built_in_and_says_so) {
    Context context;
    context.sentiment = Sentiment{Polarity::negative, -0.8, {{"great", -0.5}}};
    const auto rules = rules_of({rule_of("bad", "sentiment:negative")});
    const auto verdict = assess(rules, mention_of("great coffee"), context);
    EXPECT_EQ(verdict.sentiment, *context.sentiment);
    EXPECT_EQ(verdict.rules, std::vector<std::string>{"bad"}) << "rules see it too";
    EXPECT_EQ(in_words(verdict.reasons[1], Texts("en")),
              "sentiment negative −0.80, by the external model: “great” −0.50");
    const auto built_in = assess(rules, mention_of("great coffee"), {});
    EXPECT_EQ(in_words(built_in.reasons[1], Texts("en")).find("external"), std::string::npos);
    context.sentiment->words.clear();
    EXPECT_EQ(in_words(assess(rules, mention_of("great coffee"), context).reasons[1], Texts("en")),
              "sentiment negative −0.80, by the external model");
}

}  // namespace
}  // namespace rasid
