#include "rules/sentiment/train/training.hpp"

#include "core/text/word_hash.hpp"
#include "rules/sentiment.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace rasid::training {
namespace {

/// A made-up language of three kinds of words, in two sources.
std::string invented_lines() {
    std::string out;
    for (int i = 0; i < 60; ++i) {
        const auto number = std::to_string(i);
        const auto* source = i % 2 ? "left" : "right";
        out += std::string("1\ten\t") + source + "\tblorp zimble glad" + number + "\n";
        out += std::string("-1\ten\t") + source + "\tgrumf wexle mad" + number + "\n";
        out += std::string("0\ten\t") + source + "\ttibble norque plain" + number + "\n";
    }
    return out;
}

Corpus invented_corpus() {
    std::istringstream lines(invented_lines());
    std::istringstream valences("# a comment\nsplendiferous\t3.1\nabysmo\t-2\n");
    return {.samples = *read_samples(lines, "invented"), .valences = *read_valences(valences, "lexicon")};
}

std::array<double, 3> judge(const SentimentWeights& weights, std::string_view text) {
    const auto words = tokenize(text);
    const auto cues = find_cues(text, words, &weights);
    const auto features = sentiment_features(text, words, cues, weights.kinds());
    SentimentPull pull = weights.constant();
    for (const auto& gram : features.grams) {
        pull.lean += weights.gram(gram.hash).lean * weights.scale() * features.gram_value;
        pull.neutral += weights.gram(gram.hash).neutral * weights.scale() * features.gram_value;
    }
    return probabilities(pull);
}

TEST(SentimentTrainer, makes_the_same_bytes_of_the_same_lines) {
    const auto first = make_weights(invented_corpus(), settings_for("en"));
    const auto second = make_weights(invented_corpus(), settings_for("en"));
    EXPECT_EQ(first.bytes, second.bytes);
    auto other = settings_for("en");
    other.seed = 2;
    EXPECT_NE(make_weights(invented_corpus(), other).bytes, first.bytes);
}

TEST(SentimentTrainer, learns_words_that_no_lexicon_knows) {
    const auto trained = make_weights(invented_corpus(), settings_for("en"));
    const auto weights = SentimentWeights::read(trained.bytes);
    ASSERT_TRUE(weights);
    const auto good = judge(*weights, "blorp zimble");
    const auto bad = judge(*weights, "grumf wexle");
    EXPECT_GT(good[2], good[0]);
    EXPECT_GT(bad[0], bad[2]);
    EXPECT_GT(judge(*weights, "tibble norque")[1], good[1]);
    ASSERT_EQ(trained.left_out.size(), 2u);
    EXPECT_GT(trained.left_out[0].macro_f1, 0.9);
}

TEST(SentimentTrainer, folds_lexicons_into_the_weights) {
    const auto trained = make_weights(invented_corpus(), settings_for("en"));
    const auto weights = SentimentWeights::read(trained.bytes);
    ASSERT_TRUE(weights);
    EXPECT_NEAR(weights->valence(hash_word("splendiferous")), 3.1, 0.05);
    EXPECT_NEAR(weights->valence(hash_word("abysmo")), -2, 0.05);
    EXPECT_EQ(weights->valence(hash_word("blorp")), 0);
}

TEST(SentimentTrainer, takes_distant_labels_for_their_side_alone_and_without_the_faces_that_gave_them) {
    EXPECT_EQ(without_faces("fine day 😀 :) yes"), "fine day     yes");
    EXPECT_EQ(without_faces("nothing here"), "nothing here");
    auto corpus = invented_corpus();
    std::istringstream lines("1\ten\tfar\tquizzle 😀\n-1\ten\tfar\tdrumble 😡\n");
    const auto rows = *read_samples(lines, "far");
    for (int i = 0; i < 60; ++i) corpus.distant.insert(corpus.distant.end(), rows.begin(), rows.end());
    const auto trained = make_weights(corpus, settings_for("en"));
    const auto weights = SentimentWeights::read(trained.bytes);
    ASSERT_TRUE(weights);
    const auto quizzle = judge(*weights, "quizzle");
    EXPECT_GT(quizzle[2], quizzle[0]);
}

TEST(SentimentTrainer, refuses_lines_that_it_cannot_read_and_says_which) {
    std::istringstream label("1\ten\ts\tfine\n2\ten\ts\toops\n");
    const auto wrong_label = read_samples(label, "a.tsv");
    ASSERT_FALSE(wrong_label);
    EXPECT_TRUE(wrong_label.error().what.starts_with("a.tsv:2:")) << wrong_label.error().what;
    std::istringstream columns("1\ten\ttext\n");
    EXPECT_FALSE(read_samples(columns, "a.tsv"));
    std::istringstream valence("fine\t9\n");
    EXPECT_FALSE(read_valences(valence, "b.tsv"));
}

TEST(SentimentWeights, refuse_bytes_that_are_no_weights) {
    const auto bytes = make_weights(invented_corpus(), settings_for("en")).bytes;
    EXPECT_TRUE(SentimentWeights::read(bytes));
    EXPECT_FALSE(SentimentWeights::read(""));
    EXPECT_FALSE(SentimentWeights::read(std::string_view(bytes).substr(0, bytes.size() - 1)));
    EXPECT_FALSE(SentimentWeights::read("RSW0" + bytes.substr(4)));
    auto huge = bytes;
    huge[4] = 60;
    EXPECT_FALSE(SentimentWeights::read(huge));
}

// Weights know words by their hashes alone. If the folding, the tokens or the hash change, the committed ones have to
// be trained again: docs/model-card.md tells how.
TEST(SentimentWeights, that_are_built_in_still_know_their_words_and_stay_small) {
    const auto* english = sentiment_weights_for("en", "", tokenize(""));
    const auto* arabic = sentiment_weights_for("ar", "", tokenize(""));
    ASSERT_TRUE(english && arabic);
    EXPECT_LT(english->valence(hash_word("terrible")), -1);
    EXPECT_GT(english->valence(hash_word("excellent")), 1);
    const auto lean = [](const SentimentWeights& weights, std::string_view word) {
        const auto words = tokenize(word);
        const std::vector<bool> none(words.tokens().size());
        const auto features = sentiment_features(word, words, {.negated = none, .in_phrase = none}, weights.kinds());
        double sum = 0;
        for (const auto& gram : features.grams) sum += weights.gram(gram.hash).lean;
        return sum;
    };
    EXPECT_LT(lean(*english, "hate"), lean(*english, "love"));
    EXPECT_LT(lean(*english, "worst"), lean(*english, "thanks"));
    EXPECT_LT(lean(*arabic, "للاسف"), lean(*arabic, "مبروك"));
}

}  // namespace
}  // namespace rasid::training
