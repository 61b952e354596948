#pragma once

#include "core/failure.hpp"
#include "rules/rule_set.hpp"

#include <array>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>

namespace rasid {

/// Measures the sentiment of `assess --evaluate` against labelled lines.
class Evaluation {
public:
    /// Takes one line `label<TAB>lang<TAB>source<TAB>text`, label -1, 0 or 1, or a correction's line of
    /// rules/correction_lines.hpp, whose source is its brand; corrections of other things than sentiment count nothing.
    /// Malformed: the line was not counted.
    Result<void> add(const RuleSet& rules, std::string_view line);

    /// Counts one text whose right label and found sentiment are known.
    void count(std::string_view source, std::string_view language, Polarity right, const Sentiment& found);

    /// Macro-F1, recall and precision per source and of all together, then per language how often each label is right,
    /// at all and where |score| > 0.7: tables for people.
    std::string report() const;
    std::string report_json() const;

    struct Scores {
        std::size_t texts = 0;
        double macro_f1 = 0;
        double recall = 0;              ///< mean over the labels that occur
        double precision = 0;           ///< mean over the labels that occur or were found
        std::array<double, 3> f1 = {};  ///< negative, neutral, positive
        std::size_t sure_negative = 0;  ///< texts with a score below -0.7
        double sure_negative_precision = 0;
    };
    /// Of one source; of all with an empty name.
    Scores scores(std::string_view source) const;

    /// How far a label of a language can be trusted.
    struct Trust {
        std::size_t found = 0;
        std::size_t right = 0;
        std::size_t sure_found = 0;  ///< with |score| > 0.7
        std::size_t sure_right = 0;

        double precision() const { return found > 0 ? static_cast<double>(right) / static_cast<double>(found) : 0; }
        double sure_precision() const {
            return sure_found > 0 ? static_cast<double>(sure_right) / static_cast<double>(sure_found) : 0;
        }
    };
    /// Negative, neutral, positive; `language` as in the lines.
    std::array<Trust, 3> trust(std::string_view language) const;

private:
    struct Counts {
        std::array<std::array<std::size_t, 3>, 3> confusion = {};  ///< [right][found]
        std::size_t sure_negative = 0;
        std::size_t sure_negative_right = 0;
    };
    Result<void> add_correction(const RuleSet& rules, std::string_view line);
    static void add(Counts& counts, Polarity right, const Sentiment& found);

    std::map<std::string, Counts, std::less<>> by_source_;
    std::map<std::string, std::array<Trust, 3>, std::less<>> by_language_;
    Counts all_ = {};
};

}  // namespace rasid
