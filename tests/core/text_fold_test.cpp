#include "core/text/bidi.hpp"
#include "core/text/fold.hpp"
#include "core/text/tokens.hpp"
#include "core/text/word_hash.hpp"

#include <gtest/gtest.h>

#include <random>
#include <unordered_set>

namespace rasid {
namespace {

struct Folded {
    const char* text;
    const char* folded;
};

class FoldTable : public testing::TestWithParam<Folded> {};

TEST_P(FoldTable, folds_as_listed) { EXPECT_EQ(fold_text(GetParam().text), GetParam().folded); }

const Folded kFolded[] = {
    {"", ""},
    {"Hello", "hello"},
    {"أ إ آ ٱ", "ا ا ا ا"},
    {"ىي", "يي"},
    {"ةه", "هه"},
    {"کك", "كك"},
    {"ؤئ", "وي"},
    {"مُحَمَّدٌ", "محمد"},
    {"قـــهوة", "قهوه"},
    {"١٢٣ ۴۵۶ ७", "123 456 7"},
    {"a\u200bb\u200fc\ufeffd", "abcd"},
    {"\u202eabc\u202c", "abc"},
    {"ﻗﻬﻮﺓ", "قهوه"},
    {"ﷲ", "الله"},
    {"ｒａｓｉｄ", "rasid"},
    {"ﬁne", "fine"},
    {"cafe\u0301", "café"},
    {"STRASSE Straße", "strasse strasse"},
    {"İI", "ii"},
    {"soooo", "so"},
    {"see", "see"},
    {"1000", "1000"},
    {"!!!!", "!!!!"},
    {"راااائع", "رايع"},
    {"☕️👍🏽", "☕👍"},
    {"it’s", "it's"},
    {"\xff\xfe", "\ufffd\ufffd"},
};
INSTANTIATE_TEST_SUITE_P(texts, FoldTable, testing::ValuesIn(kFolded));

TEST(Fold, keeps_the_bytes_of_the_original) {
    const std::string text = "قَهـوة";
    const auto characters = fold_characters(text);
    ASSERT_EQ(characters.size(), 4u);
    EXPECT_EQ(text.substr(characters[0].start, characters[0].end - characters[0].start), "قَ");
    EXPECT_EQ(text.substr(characters[1].start, characters[1].end - characters[1].start), "هـ");
    EXPECT_EQ(characters[3].end, text.size());
}

TEST(Fold, marks_elongation_and_capitals) {
    const auto characters = fold_characters("Coooool");
    ASSERT_EQ(characters.size(), 3u);
    EXPECT_TRUE(characters[0].upper);
    EXPECT_TRUE(characters[1].elongated);
    EXPECT_EQ(characters[1].start, 1u);
    EXPECT_EQ(characters[1].end, 6u);
    EXPECT_FALSE(characters[2].elongated);
}

TEST(Fold, of_random_bytes_keeps_offsets_in_order_and_on_characters) {
    std::mt19937 random(3);
    for (int i = 0; i < 2000; ++i) {
        std::string text;
        for (int j = 0; j < 40; ++j)
            text += static_cast<char>(random() % 3 == 0 ? random() % 256 : 0xD8 + random() % 8);
        std::vector<bool> boundary(text.size() + 1);
        for (std::size_t at = 0; at < text.size(); next_character(text, at)) boundary[at] = true;
        boundary[text.size()] = true;
        std::size_t last = 0;
        for (const auto& character : fold_characters(text)) {
            ASSERT_LE(last, character.start);
            ASSERT_LE(character.start, character.end);
            ASSERT_TRUE(boundary[character.start] && boundary[character.end]);
            last = character.start;
        }
        const auto words = tokenize(text);
        for (const auto& token : words.tokens())
            ASSERT_TRUE(token.start < token.end && boundary[token.start] && boundary[token.end]);
    }
}

std::vector<std::string> words_of(std::string_view text) {
    static const char* const kSigns[] = {"", "", "#", "$", "@", "<"};
    std::vector<std::string> out;
    const auto words = tokenize(text);
    for (const auto& token : words.tokens())
        out.push_back(kSigns[static_cast<int>(token.kind)] + std::string(words.text_of(token)));
    return out;
}

using Words = std::vector<std::string>;

TEST(Tokens, are_words_of_one_script) {
    EXPECT_EQ(words_of("Hello, World!"), (Words{"hello", "world"}));
    EXPECT_EQ(words_of("بالiPhone15 آيفون١٥"), (Words{"بال", "iphone15", "ايفون", "15"}));
    EXPECT_EQ(words_of("don't Rasid's 'quoted'"), (Words{"don't", "rasid", "'s", "quoted"}));
    EXPECT_EQ(words_of("wi-fi v2.0"), (Words{"wi", "fi", "v2.0"}));
    EXPECT_EQ(words_of("1,000.50 12:30 ١٬٠٠٠"), (Words{"1,000.50", "12", "30", "1٬000"}));
    EXPECT_EQ(words_of("snake_case _it_ قهوة_نسمة"), (Words{"snake_case", "it", "قهوه", "نسمه"}));
    EXPECT_EQ(words_of("late.Never note:x col·lecció"), (Words{"late", "never", "note", "x", "col·lecció"}));
    EXPECT_EQ(words_of("🇸🇦🇦🇪🇸"), (Words{"🇸🇦", "🇦🇪", "🇸"}));
    EXPECT_EQ(words_of("我喜欢"), (Words{"我", "喜", "欢"}));
    EXPECT_EQ(words_of("late😡☕️"), (Words{"late", "😡", "☕"}));
    EXPECT_EQ(words_of(" \n\t.,"), (Words{}));
}

TEST(Tokens, split_hashtags_and_keep_them_whole) {
    EXPECT_EQ(words_of("#RasidApp"), (Words{"#rasidapp", "rasid", "app"}));
    EXPECT_EQ(words_of("#قهوة_نسمة"), (Words{"#قهوهنسمه", "قهوه", "نسمه"}));
    EXPECT_EQ(words_of("#NASMACoffee2026"), (Words{"#nasmacoffee2026", "nasma", "coffee", "2026"}));
    EXPECT_EQ(words_of("#iPhone"), (Words{"#iphone", "iphone"}));
    EXPECT_EQ(words_of("#12 # #_"), (Words{"12"}));
    EXPECT_EQ(words_of("#a#b"), (Words{"#a", "a", "#b", "b"}));
    const auto words = tokenize("x #RasidApp y");
    ASSERT_EQ(words.tokens().size(), 5u);
    EXPECT_EQ(words.tokens()[1].position, 1u);
    EXPECT_EQ(words.tokens()[1].last_position, 2u);
    EXPECT_EQ(words.tokens()[2].position, 1u);
    EXPECT_EQ(words.tokens()[4].position, 3u);
}

TEST(Tokens, of_camel_case_are_followed_by_their_parts) {
    EXPECT_EQ(words_of("RasidApp iPhone DVDs McDonald's"),
              (Words{"rasidapp", "rasid", "app", "iphone", "dvds", "mcdonald", "mc", "donald", "'s"}));
    const auto words = tokenize("x RasidApp y");
    ASSERT_EQ(words.tokens().size(), 5u);
    EXPECT_EQ(words.tokens()[1].last_position, 2u);
    EXPECT_TRUE(words.tokens()[3].in_tag);
    EXPECT_EQ(words.tokens()[4].position, 3u);
}

TEST(WordHash, differs_for_words_that_look_alike) {
    std::unordered_set<std::uint64_t> hashes;
    std::size_t words = 0;
    const auto add = [&](std::string_view word) {
        ++words;
        hashes.insert(hash_word(word));
    };
    for (int i = 0; i < 200000; ++i) add(std::to_string(i));
    for (int i = 0; i < 50000; ++i) add("قهوة" + std::to_string(i));
    for (std::size_t size = 0; size < 100; ++size) {
        add(std::string(size, 'a'));
        if (size > 0) add(std::string(size, '\0'));
    }
    EXPECT_EQ(hashes.size(), words);
    EXPECT_EQ(hash_word("rasid"), tokenize("Rasid").tokens()[0].hash);
}

TEST(Tokens, know_handles_cashtags_and_links) {
    EXPECT_EQ(words_of("@Rasid: hi @a_b@Example.org. $ARMC $5"),
              (Words{"@rasid", "hi", "@a_b@example.org", "$armc", "5"}));
    EXPECT_EQ(words_of("mail me@example.org"), (Words{"mail", "me", "example", "org"}));
    EXPECT_EQ(words_of("(https://Example.org/A_b?c=1)."), (Words{"<https://example.org/a_b?c=1"}));
    EXPECT_EQ(words_of("www.example.org ok"), (Words{"<www.example.org", "ok"}));
    EXPECT_EQ(words_of("https://t.co/abcمرحبا"), (Words{"<https://t.co/abc", "مرحبا"}));
    EXPECT_EQ(words_of("https://ar.example.org/wiki/قهوة و"), (Words{"<https://ar.example.org/wiki/قهوة", "و"}));
}

TEST(Tokens, read_elongated_words_both_ways) {
    const auto words = tokenize("coooool");
    ASSERT_EQ(words.tokens().size(), 1u);
    EXPECT_TRUE(words.tokens()[0].elongated);
    EXPECT_EQ(words.text_of(words.tokens()[0]), "col");
    EXPECT_EQ(words.doubled_of(words.tokens()[0]), "cool");
}

TEST(Isolate, lets_no_control_out_of_a_strangers_text) {
    EXPECT_EQ(isolate("abc"), "\u2068abc\u2069");
    EXPECT_EQ(isolate("a\u202eb\u2069\u2066c"), "\u2068abc\u2069");
    EXPECT_EQ(isolate(""), "\u2068\u2069");
}

TEST(CutAtCharacter, never_leaves_half_a_character) {
    EXPECT_EQ(cut_at_character("hello", 10), "hello");
    EXPECT_EQ(cut_at_character("hello", 3), "hel");
    EXPECT_EQ(cut_at_character("قهوة", 3), "ق");
    EXPECT_EQ(cut_at_character("قهوة", 0), "");
    EXPECT_EQ(cut_at_character("a👍🏽b", 5), "a");
    EXPECT_EQ(cut_at_character("ae\u0301", 2), "a");
    EXPECT_EQ(cut_at_character("\xbf\xbf\xbf\xbf\xbf", 3).size(), 3u);
    std::string marks = "a";
    for (int i = 0; i < 200; ++i) marks += "\u0301";
    EXPECT_LE(cut_at_character(marks, 301).size(), 301u);
    EXPECT_GT(cut_at_character(marks, 301).size(), 200u);
}

}  // namespace
}  // namespace rasid
