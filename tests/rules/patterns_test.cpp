#include "rules/patterns.hpp"

#include "rules/literal_search.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace rasid {
namespace {

using Numbers = std::vector<int>;

TEST(LiteralSearch, finds_each_literal_once_wherever_it_stands_and_in_any_case) {
    const LiteralSearch search({"order", "orde", "rder #", "قهوة", "straße", "ordeal"});
    EXPECT_EQ(search.find("my ORDER #1, order #2"), (Numbers{0, 1, 2}));
    EXPECT_EQ(search.find("قهوة و STRAßE"), (Numbers{3, 4}));
    EXPECT_EQ(search.find("ord"), Numbers{});
    EXPECT_EQ(search.find(""), Numbers{});
    EXPECT_EQ(LiteralSearch().find("order"), Numbers{});
    EXPECT_EQ(LiteralSearch({"kst"}).find("\u212A\u017Ft"), Numbers{0});
}

TEST(LiteralSearch, may_only_err_by_finding_a_literal_whose_beginning_is_there) {
    const std::string longest(LiteralSearch::kLongest, 'a');
    EXPECT_EQ(LiteralSearch({longest + "b"}).find(longest), Numbers{0});
    EXPECT_EQ(LiteralSearch({longest + "b"}).find(longest.substr(1)), Numbers{});
}

TEST(LiteralSearch, agrees_with_looking_for_each_literal_alone) {
    std::mt19937 random(11);
    const auto word = [&](std::size_t least, std::size_t more) {
        std::string out;
        for (auto size = least + random() % more; size > 0; --size) out += static_cast<char>('a' + random() % 3);
        return out;
    };
    for (int round = 0; round < 200; ++round) {
        std::vector<std::string> literals;
        for (int i = 0; i < 30; ++i) literals.push_back(word(3, 5));
        const auto text = word(0, 60);
        Numbers expected;
        for (std::size_t i = 0; i < literals.size(); ++i)
            if (text.find(literals[i]) != std::string::npos) expected.push_back(static_cast<int>(i));
        ASSERT_EQ(LiteralSearch(literals).find(text), expected) << text;
    }
}

std::uint32_t number_of(Patterns& patterns, const std::string& pattern) {
    const auto added = patterns.add(pattern);
    if (!std::holds_alternative<std::uint32_t>(added)) {
        ADD_FAILURE() << pattern << ": " << describe(std::get<Patterns::Refusal>(added).problem, "en");
        return 0;
    }
    return std::get<std::uint32_t>(added);
}

TEST(Patterns, try_only_those_whose_literals_are_there) {
    Patterns patterns;
    const auto order = number_of(patterns, "order\\s+#\\d+");
    const auto either = number_of(patterns, "refund|استرجاع");
    const auto anything = number_of(patterns, "\\d{3}");
    EXPECT_EQ(number_of(patterns, "order\\s+#\\d+"), order);
    patterns.prepare();
    using Worth = std::vector<std::uint32_t>;
    EXPECT_EQ(patterns.worth_trying("hello"), (Worth{anything}));
    EXPECT_EQ(patterns.worth_trying("my ORDER"), (Worth{order, anything}));
    EXPECT_EQ(patterns.worth_trying("أريد استرجاع"), (Worth{either, anything}));
    EXPECT_EQ(Patterns().worth_trying("order"), Worth{});
}

TEST(Patterns, that_match_are_always_tried) {
    const std::vector<std::string> written = {
        "order",   "(?-i)Order", "o.der",   "[oO]rder #\\d", "k+st",   "straße|strasse", "^a", "b$", "(ab|cd)e",
        "colou?r", "\\bkast\\b", "قهو[ةه]", "abc.*xyz",      "(?i)ÀB", "x{3}y",          "",   "a|"};
    const std::vector<std::string> pieces = {
        "order", "Order", "#1",     " ",    "kst",  "\u212A\u017FT", "straße", "STRASSE", "a",  "b",  "abe",
        "cde",   "color", "colour", "kast", "قهوة", "قهوه",          "abc",    "xyz",     "àb", "ÀB", "xxxy"};
    Patterns patterns;
    for (const auto& pattern : written) number_of(patterns, pattern);
    patterns.prepare();
    std::mt19937 random(5);
    for (int round = 0; round < 2000; ++round) {
        std::string text;
        for (auto count = random() % 5; count > 0; --count) text += pieces[random() % pieces.size()];
        const auto tried = patterns.worth_trying(text);
        for (std::uint32_t number = 0; number < patterns.size(); ++number) {
            if (!RE2::PartialMatch(text, patterns[number])) continue;
            ASSERT_TRUE(std::binary_search(tried.begin(), tried.end(), number)) << written[number] << " | " << text;
        }
    }
}

TEST(Patterns, that_need_too_much_are_refused_with_the_reason) {
    for (const char* pattern : {"\\pL{300}", "((a{100}){100}){100}", "(\\pL{20}){20}"}) {
        const auto added = Patterns().add(pattern);
        EXPECT_TRUE(std::holds_alternative<Patterns::Refusal>(added)) << pattern;
    }
}

}  // namespace
}  // namespace rasid
