#include "rules/search_text.hpp"

#include <gtest/gtest.h>

namespace rasid {
namespace {

/// Whether what was typed, folded, is a word or reading of the text, folded: what the index compares.
bool finds(std::string_view typed, std::string_view text) {
    const auto kept = search_text(text);
    const auto terms = search_terms(typed);
    if (terms.empty()) return false;
    const auto has = [](const std::string& list, const std::string& words, bool prefix) {
        return (" " + list + " ").find(" " + words + (prefix ? "" : " ")) != std::string::npos;
    };
    for (const auto& term : terms) {
        std::string words;
        for (const auto& word : term.words) words += (words.empty() ? "" : " ") + word;
        const bool there =
            has(kept.words, words, term.prefix) || (!term.exact && has(kept.readings, words, term.prefix));
        if (there == term.excluded) return false;
    }
    return true;
}

struct SearchPair {
    const char* typed;
    const char* text;
    bool found;
};

const SearchPair kPairs[] = {
    // Spelling variants of one letter, both ways.
    {"احمد", "قال أحمد كذا", true},
    {"أحمد", "قال احمد كذا", true},
    {"إحسان", "احسان", true},
    {"مدرسه", "في المدرسة", true},
    {"مدرسة", "مدرسه قريبة", true},
    {"علي", "على الطريق", true},
    {"على", "علي وصل", true},
    {"مسؤول", "مسوول", true},
    // Vowel signs and tatweel.
    {"كتاب", "كِتَابٌ جديد", true},
    {"كِتَاب", "كتاب", true},
    {"رائع", "را\u0640\u0640\u0640ئع", true},
    {"را\u0640ئع", "رائع", true},
    {"رائع", "راااائع", true},
    // Particles that are written attached.
    {"كتاب", "والكتاب", true},
    {"كتاب", "بالكتاب", true},
    {"كتاب", "للكتاب", true},
    {"كتاب", "فكتاب", true},
    {"كتاب", "وبالكتاب", true},
    {"الكتاب", "كتاب", true},
    {"الكتاب", "والكتاب", true},
    {"بطاقة", "البطاقة", true},
    {"والكتاب", "كتاب", false},
    {"كتاب", "كتابة", false},
    {"كتب", "كتاب", false},
    // Quotes take words as they stand.
    {"\"خدمة العملاء\"", "شكرا خدمه العملاء", true},
    {"\"خدمة العملاء\"", "خدمة بطيئة العملاء", false},
    {"\"كتاب\"", "والكتاب", false},
    {"«خدمة العملاء»", "خدمة العملاء", true},
    {"“late order”", "my late order", true},
    // The beginning of a word, from three letters on.
    {"deliv*", "delivery", true},
    {"توص*", "والتوصيل", true},
    {"de*", "delivery", false},
    {"de*", "de", true},
    // Not this.
    {"order -late", "my order", true},
    {"order -late", "my late order", false},
    {"order -\"so late\"", "order is late", true},
    // Latin, digits, tags, handles, emoji.
    {"COFFEE", "coffee", true},
    {"caf\u00e9", "cafe\u0301", true},
    {"1234", "\u0661\u0662\u0663\u0664", true},
    {"#القهوة_الباردة", "#القهوة_الباردة", true},
    {"الباردة", "#القهوة_الباردة", true},
    {"@hind", "ask @hind", true},
    {"\U0001F621", "so \U0001F621", true},
    {"example.org", "see https://example.org/x", false},  // the index cuts addresses further
};

TEST(SearchText, finds_what_people_mean) {
    for (const auto& [typed, text, found] : kPairs) EXPECT_EQ(finds(typed, text), found) << typed << " in " << text;
}

TEST(SearchText, asks_for_nothing_where_nothing_was_typed) {
    for (const auto* nothing : {"", "   ", "\"", "\"\"", "-", "*", "***", "- -", "( )", "!?"})
        EXPECT_TRUE(search_terms(nothing).empty()) << nothing;
}

TEST(SearchText, has_no_operators_but_its_own) {
    EXPECT_EQ(search_terms("NEAR(a b) OR words:c"),
              (std::vector<SearchTerm>{{.words = {"near", "a"}, .exact = true},
                                       {.words = {"b"}},
                                       {.words = {"or"}},
                                       {.words = {"words", "c"}, .exact = true}}));
    EXPECT_EQ(search_terms("a\"b"), (std::vector<SearchTerm>{{.words = {"a", "b"}, .exact = true}}));
    EXPECT_EQ(search_terms("\"never closed"), (std::vector<SearchTerm>{{.words = {"never", "closed"}, .exact = true}}));
    EXPECT_EQ(search_terms("-\"not this\"*"),
              (std::vector<SearchTerm>{{.words = {"not", "this"}, .exact = true, .prefix = true, .excluded = true}}));
}

TEST(SearchText, keeps_what_was_typed_within_bounds_and_once) {
    EXPECT_EQ(search_terms("late late LATE").size(), 1u);
    std::string many;
    for (int i = 0; i < 100; ++i) many += "word" + std::to_string(i) + " ";
    EXPECT_EQ(search_terms(many).size(), 16u);
    EXPECT_EQ(search_terms("\"" + many + "\"")[0].words.size(), 16u);
}

std::vector<std::string> marked(std::string_view text, std::string_view typed, std::size_t most = 9) {
    std::vector<std::string> parts;
    for (const auto& range : search_hits(text, search_terms(typed), most))
        parts.emplace_back(text.substr(range.start, range.end - range.start));
    return parts;
}

using Strings = std::vector<std::string>;

TEST(SearchHits, are_the_words_as_they_stand_in_the_text) {
    EXPECT_EQ(marked("قرأت وَالكِتابَ ثم كتابا وكتاب", "كتاب"), (Strings{"وَالكِتابَ", "وكتاب"}));
    EXPECT_EQ(marked("Late, so late! Later.", "late"), (Strings{"Late", "late"}));
    EXPECT_EQ(marked("Late, so late! Later.", "lat*"), (Strings{"Late", "late", "Later"}));
    EXPECT_EQ(marked("خدمة العملاء، ثم العملاء", "\"خدمة العملاء\""), (Strings{"خدمة العملاء"}));
    EXPECT_EQ(marked("so #Late_Order again", "late"), (Strings{"Late"}));
    EXPECT_EQ(marked("nice #coffee here", "\"nice coffee here\""), (Strings{"nice #coffee here"}));
}

TEST(SearchHits, do_not_overlap_and_are_bounded) {
    EXPECT_EQ(marked("late order late order", "late \"late order\""), (Strings{"late order", "late order"}));
    EXPECT_EQ(marked("a1 a1 a1 a1", "a1", 2).size(), 2u);
    EXPECT_TRUE(marked("late", "-late").empty());
    EXPECT_TRUE(marked("", "late").empty());
}

}  // namespace
}  // namespace rasid
