#include "rules/topics.hpp"

#include "core/text/tokens.hpp"
#include "core/text/word_hash.hpp"
#include "rules/common_words.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_set>

namespace rasid {
namespace {

constexpr std::size_t kLongestTopicWord = 60;  // bytes; longer ones are no words
constexpr double kPriorAuthors = 100;          // how much the prior weighs at most, in authors
constexpr double kSameMentions = 0.8;          // share of a word's mentions that make it part of another's topic
constexpr std::size_t kMostWith = 4;

struct TopicWord {
    std::string key;
    std::string_view written;
};

bool is_arabic(std::string_view word) {
    const auto first = static_cast<unsigned char>(word.front());
    return first >= 0xD8 && first <= 0xDB;
}

/// Without the article and what is written together with it (والقهوه, بالقهوه, للقهوه): one topic with قهوه.
std::string_view without_article(std::string_view word) {
    static constexpr std::string_view kArticles[] = {"وال", "بال", "فال", "كال", "ال", "لل"};
    constexpr std::size_t kLeastLeft = 6;  // bytes: three letters
    for (const auto article : kArticles)
        if (word.starts_with(article) && word.size() >= article.size() + kLeastLeft) return word.substr(article.size());
    return word;
}

bool is_number(std::string_view word) {
    return std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; }) &&
           std::none_of(word.begin(), word.end(),
                        [](char c) { return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80; });
}

std::vector<TopicWord> words_of(std::string_view text, std::string_view language, const TokenizedText& tokens) {
    std::vector<TopicWord> out;
    std::uint32_t counted_to = 0;
    for (const auto& token : tokens.tokens()) {
        if (token.kind != TokenKind::word || token.start < counted_to) continue;
        counted_to = token.end;
        const auto folded = tokens.text_of(token);
        if (folded.size() > kLongestTopicWord || folded.size() < 3 || folded.front() == '\'' || is_number(folded))
            continue;
        if (is_common_word(language, token.hash)) continue;
        const auto key = is_arabic(folded) ? without_article(folded) : folded;
        if (key.size() != folded.size() && is_common_word(language, hash_word(key))) continue;
        const bool known = std::any_of(out.begin(), out.end(), [&](const TopicWord& one) { return one.key == key; });
        if (!known) out.push_back({std::string(key), text.substr(token.start, token.end - token.start)});
    }
    return out;
}

double log_odds(double count, double all) { return std::log(count / (all - count)); }

struct Surprise {
    double score = 0;
    std::optional<double> times = {};
};

Surprise surprise_of(std::int64_t today, std::int64_t all_today, std::int64_t before, std::int64_t all_before) {
    const auto y1 = static_cast<double>(today);
    const auto n1 = static_cast<double>(all_today);
    const auto y2 = static_cast<double>(before);
    const auto n2 = static_cast<double>(all_before);
    // Of little knowledge the prior must not be the larger part.
    const auto weight = std::min(kPriorAuthors, n2);
    const auto prior = weight * (y1 + y2) / (n1 + n2);
    const auto difference = log_odds(y1 + prior, n1 + weight + 1) - log_odds(y2 + prior, n2 + weight + 1);
    Surprise out;
    out.score = difference / std::sqrt(1 / (y1 + prior) + 1 / (y2 + prior));
    if (before > 0) out.times = (y1 / n1) / (y2 / n2);
    return out;
}

/// A word of today while topics are sought.
struct Candidate {
    std::unordered_set<std::string_view> authors = {};
    std::vector<std::size_t> mentions = {};
    std::map<std::string_view, int> spellings = {};
};

std::string_view usual_spelling(const Candidate& candidate) {
    return std::max_element(candidate.spellings.begin(), candidate.spellings.end(),
                            [](const auto& a, const auto& b) { return a.second < b.second; })
        ->first;
}

bool in_same_mentions(const std::vector<std::size_t>& word, const std::vector<std::size_t>& topic) {
    std::size_t common = 0;
    auto at = topic.begin();
    for (const auto mention : word) {
        at = std::lower_bound(at, topic.end(), mention);
        if (at == topic.end()) break;
        common += *at == mention;
    }
    return static_cast<double>(common) >= kSameMentions * static_cast<double>(word.size());
}

}  // namespace

void WordCounts::add(const WordCounts& other) {
    authors += other.authors;
    for (const auto& [word, count] : other.words) words[word] += count;
}

std::vector<std::string> topic_words(std::string_view text, std::string_view language) {
    const auto tokens = tokenize(text);
    std::vector<std::string> out;
    for (auto& word : words_of(text, language, tokens)) out.push_back(std::move(word.key));
    return out;
}

WordsByLanguage count_words(std::span<const TopicMention> mentions) {
    std::map<std::string_view, std::map<std::string_view, std::set<std::string>>> by_author;
    for (const auto& mention : mentions) {
        auto& words = by_author[mention.language][mention.author];
        for (auto& word : topic_words(mention.text, mention.language)) words.insert(std::move(word));
    }
    WordsByLanguage out;
    for (const auto& [language, authors] : by_author) {
        auto& counts = out[std::string(language)];
        counts.authors = static_cast<std::int64_t>(authors.size());
        for (const auto& [author, words] : authors)
            for (const auto& word : words) ++counts.words[word];
    }
    return out;
}

std::vector<RisingTopic> rising_topics(std::span<const TopicMention> today, std::string_view language,
                                       const WordCounts& before, const IgnoredWords& ignored,
                                       const TopicBounds& bounds) {
    if (before.authors < bounds.fewest_before) return {};
    std::unordered_set<std::string_view> authors;
    std::map<std::string, Candidate> candidates;
    for (std::size_t i = 0; i < today.size(); ++i) {
        if (today[i].language != language) continue;
        authors.insert(today[i].author);
        const auto tokens = tokenize(today[i].text);
        for (auto& word : words_of(today[i].text, language, tokens)) {
            if (ignored.contains(word.key)) continue;
            auto& candidate = candidates[std::move(word.key)];
            candidate.authors.insert(today[i].author);
            candidate.mentions.push_back(i);
            ++candidate.spellings[word.written];
        }
    }

    std::vector<RisingTopic> risen;
    for (const auto& [word, candidate] : candidates) {
        const auto count = static_cast<std::int64_t>(candidate.authors.size());
        if (count < bounds.fewest_authors) continue;
        const auto seen = before.words.find(word);
        const auto surprise = surprise_of(count, static_cast<std::int64_t>(authors.size()),
                                          seen == before.words.end() ? 0 : seen->second, before.authors);
        if (surprise.score < bounds.least_score) continue;
        risen.push_back(
            {std::string(usual_spelling(candidate)), {}, surprise.score, surprise.times, count, candidate.mentions});
    }
    std::stable_sort(risen.begin(), risen.end(),
                     [](const RisingTopic& a, const RisingTopic& b) { return a.score > b.score; });

    std::vector<RisingTopic> topics;
    for (auto& one : risen) {
        const auto same = std::find_if(topics.begin(), topics.end(), [&](const RisingTopic& topic) {
            return in_same_mentions(one.mentions, topic.mentions);
        });
        if (same == topics.end()) {
            if (topics.size() < bounds.most) topics.push_back(std::move(one));
        } else if (same->with.size() < kMostWith) {
            same->with.push_back(std::move(one.word));
        }
    }
    return topics;
}

}  // namespace rasid
