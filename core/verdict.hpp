#pragma once

#include "core/reason.hpp"
#include "core/text_sketch.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rasid {

/// Which way a text, a mention or a touch leans.
enum class Polarity { negative = -1, neutral = 0, positive = 1 };
std::string_view to_string(Polarity polarity);
std::optional<Polarity> parse_polarity(std::string_view word);

enum class Priority { low, normal, high, critical };
std::string_view to_string(Priority priority);
std::optional<Priority> parse_priority(std::string_view word);

/// Words of a mention that made a rule match. Offsets are UTF-8 bytes of the mention's text.
struct Hit {
    std::string rule;
    std::string text;
    std::size_t start = 0;
    std::size_t end = 0;

    bool operator==(const Hit&) const = default;
};

struct SentimentWord {
    std::string text;
    double weight = 0;  ///< its share in the score; the sign is its polarity

    bool operator==(const SentimentWord&) const = default;
};

struct Sentiment {
    Polarity label = Polarity::neutral;
    double score = 0;  ///< -1 … 1
    std::vector<SentimentWord> words = {};
    bool unsure = false;  ///< the label is not to be relied on
    bool mixed = false;   ///< words of both polarities decided

    bool operator==(const Sentiment&) const = default;
};

/// One of the numbers that an influence is the sum of.
struct InfluencePart {
    std::string name = {};  ///< reach | verified | engagement | history
    int points = 0;

    bool operator==(const InfluencePart&) const = default;
};

/// How far a mention can carry, 0 … 100, with the reasons.
struct Influence {
    int score = 0;
    std::vector<Reason> reasons = {};       ///< in the order of the parts
    std::vector<InfluencePart> parts = {};  ///< their points add up to the score

    bool operator==(const Influence&) const = default;
};

/// Everything understood about one mention, each part with its reasons.
struct Verdict {
    std::string language = "und";  ///< BCP 47
    Sentiment sentiment = {};
    Influence influence = {};
    std::vector<std::string> rules = {};  ///< names of the rules that hit, in setup order
    std::vector<Hit> hits = {};
    std::vector<std::string> tags = {};
    std::optional<std::string> queue = {};  ///< of the hit rule of highest priority
    Priority priority = Priority::normal;
    std::string brand = {};  ///< of that rule
    bool ignore = false;     ///< a rule that ignores hit: stored, never routed
    std::vector<Reason> reasons = {};
    std::string routed_by = {};     ///< name of the rule that gave the queue; empty: not known
    TextSketch sketch = {};         ///< by which copies of the text are recognised
    std::string corrected_by = {};  ///< id of the person whose correction of label or language stands; empty: nobody's

    bool operator==(const Verdict&) const = default;
};

}  // namespace rasid
