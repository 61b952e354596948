#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace rasid {

/// A mention as far as topics need it. The views must outlive what is asked about it.
struct TopicMention {
    std::string_view language = {};
    std::string_view author = {};  ///< anything that tells authors apart; a word counts once for each
    std::string_view text = {};
};

/// How many authors wrote each word, in one language. Words are folded and without the Arabic article.
struct WordCounts {
    std::int64_t authors = 0;
    std::unordered_map<std::string, std::int64_t> words = {};

    void add(const WordCounts& other);
};

using WordsByLanguage = std::map<std::string, WordCounts, std::less<>>;

/// Words that are never a topic, as `topic_words` writes them.
using IgnoredWords = std::set<std::string, std::less<>>;

/// The words of a text that could be a topic: folded, each once; no common words of the language, no numbers, links or
/// handles, nothing of fewer than three letters (Arabic: two).
std::vector<std::string> topic_words(std::string_view text, std::string_view language);

/// Counts the mentions of one day.
WordsByLanguage count_words(std::span<const TopicMention> mentions);

/// A word that is written far more often than before, with those that come with it.
struct RisingTopic {
    std::string word = {};               ///< as most mentions spell it
    std::vector<std::string> with = {};  ///< further risen words of the same mentions, most surprising first
    double score = 0;                    ///< standard deviations above what the weeks before let expect
    std::optional<double> times = {};    ///< today's share of authors over that of before; absent: never seen before
    std::int64_t authors = 0;            ///< who wrote it today
    std::vector<std::size_t> mentions = {};  ///< with this word, in the order given
};

struct TopicBounds {
    std::int64_t fewest_authors = 3;
    std::int64_t fewest_before = 20;  ///< authors before; with fewer nothing can be said to rise
    double least_score = 2.0;
    std::size_t most = 15;
};

/// What rises among today's mentions of one language, the most surprising first: the log-odds ratio of each word's
/// share of authors today against that of the weeks before, with a Dirichlet prior of both together, in standard
/// deviations. Words that nearly the same mentions have are one topic.
std::vector<RisingTopic> rising_topics(std::span<const TopicMention> today, std::string_view language,
                                       const WordCounts& before, const IgnoredWords& ignored,
                                       const TopicBounds& bounds);

}  // namespace rasid
