#pragma once

#include "core/text/fold.hpp"

#include <cmath>
#include <cstddef>
#include <random>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

namespace rasid {

/// Posts and keywords, the same on every machine: 45 % Arabic, 40 % English, 15 % both, 189 bytes in the mean. As in
/// any text of these languages little words that everybody uses are two of five words (English) or one of four (Arabic,
/// which joins many to the next word); all others are invented, some a hundred thousand times as frequent as others,
/// with particles before a quarter of the Arabic ones.
class InventedPosts {
public:
    static constexpr std::size_t kVocabulary = 100000;  ///< words of each script

    explicit InventedPosts(std::uint32_t seed) : random_(seed) {
        arabic_ = invent_words(kArabicSyllables);
        latin_ = invent_words(kLatinSyllables);
    }

    std::vector<std::string> posts(std::size_t count) {
        std::vector<std::string> out;
        for (std::size_t i = 0; i < count; ++i) out.push_back(post());
        return out;
    }

    /// Distinct words (seven of ten) and phrases of two. Half of them hold a word that no post has, as most keywords of
    /// a large set do.
    std::vector<std::string> terms(std::size_t count) {
        std::unordered_set<std::string> known;
        std::vector<std::string> out;
        while (out.size() < count) {
            const bool arabic = pick(2) == 0;
            auto term = pick(2) == 0 ? rare_word(arabic) : absent_word(arabic);
            if (pick(10) >= 7) term += ' ' + frequent_word(arabic);
            if (fold_text(term) == term && known.insert(term).second) out.push_back(std::move(term));
        }
        return out;
    }

private:
    using Syllables = std::vector<std::string>;
    inline static const Syllables kLatinSyllables = {"ba", "co", "di", "fen", "ga", "lor", "mi", "nu",
                                                     "ra", "so", "ti", "ven", "ek", "os",  "ha", "py"};
    inline static const Syllables kArabicSyllables = {"با", "سو", "دي", "فر", "قم", "لو", "مي", "نو",
                                                      "را", "شو", "تي", "ح",  "ج",  "ص",  "ن",  "يد"};
    inline static const Syllables kParticles = {"و", "ال", "بال", "وال", "لل", "ب", "ل", "ف", "كال", "هال"};

    inline static const Syllables kLittleEnglish = {
        "the",  "to",   "and",  "of",  "a",    "in",   "is",   "it",   "you",   "that", "for",
        "on",   "with", "this", "was", "i",    "be",   "are",  "have", "not",   "but",  "my",
        "they", "at",   "so",   "we",  "all",  "just", "what", "your", "if",    "can",  "no",
        "me",   "from", "get",  "had", "when", "more", "will", "been", "about", "or",   "there"};
    inline static const Syllables kLittleArabic = {"في", "من", "على", "ما", "هذا", "لا", "كل", "إلى", "مع",  "هذه",
                                                   "يا", "عن", "كان", "إن", "بعد", "هو", "بس", "لما", "أنا", "قبل"};

    std::size_t pick(std::size_t below) { return std::uniform_int_distribution<std::size_t>(0, below - 1)(random_); }

    /// Ranks fall off as frequencies of words do.
    std::size_t pick_rank() {
        const auto exponent = std::uniform_real_distribution<double>(0, 1)(random_);
        return static_cast<std::size_t>(std::pow(static_cast<double>(kVocabulary), exponent)) - 1;
    }

    std::string word_of(const Syllables& syllables) {
        std::string word;
        for (auto parts = 2 + pick(3); parts > 0; --parts) word += syllables[pick(syllables.size())];
        return word;
    }

    std::vector<std::string> invent_words(const Syllables& syllables) {
        std::unordered_set<std::string> known;
        std::vector<std::string> words;
        while (words.size() < kVocabulary) {
            auto word = word_of(syllables);
            // Frequent words are short.
            if (words.size() > 1000) word += syllables[pick(syllables.size())];
            // Three of one letter fold to one.
            if (fold_text(word) == word && known.insert(word).second) words.push_back(std::move(word));
        }
        return words;
    }

    const std::vector<std::string>& words(bool arabic) const { return arabic ? arabic_ : latin_; }
    /// Rarer than the two thousand words that half of all posts are made of.
    std::string rare_word(bool arabic) { return words(arabic)[2000 + pick(kVocabulary - 2000)]; }
    std::string frequent_word(bool arabic) { return words(arabic)[pick(200)]; }

    std::string absent_word(bool arabic) {
        // Letters that no syllable has.
        return rare_word(arabic) + (arabic ? "غ" : "x") + words(arabic)[pick(100)];
    }

    std::string post() {
        const auto kind = pick(100);
        const auto size = 120 + pick(139);
        std::string text;
        while (text.size() < size) {
            const bool arabic = kind < 45 || (kind >= 85 && pick(2) == 0);
            if (!text.empty()) text += pick(12) == 0 ? ", " : " ";
            const auto flavour = pick(60);
            if (flavour == 0) text += "https://example.org/" + latin_[pick(1000)] + ' ';
            if (flavour == 1) text += "☕ ";
            if (flavour == 2) text += '#';
            if (flavour == 3) text += '@';
            const auto& little = arabic ? kLittleArabic : kLittleEnglish;
            if (arabic && flavour > 3 && pick(4) == 0) text += kParticles[pick(kParticles.size())];
            if (flavour > 3 && pick(100) < (arabic ? 25U : 40U))
                text += little[pick(little.size())];
            else
                text += words(arabic)[pick_rank()];
        }
        return text + '.';
    }

    std::mt19937 random_;
    std::vector<std::string> arabic_;
    std::vector<std::string> latin_;
};

}  // namespace rasid
