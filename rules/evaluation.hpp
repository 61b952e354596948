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
    /// Takes one line `label<TAB>lang<TAB>source<TAB>text`, label -1, 0 or 1. Malformed: the line was not counted.
    Result<void> add(const RuleSet& rules, std::string_view line);

    /// Counts one text whose right and found labels are known.
    void count(std::string_view source, Polarity right, Polarity found);

    /// Macro-F1, recall and precision per source and of all together, as a table for people.
    std::string report() const;
    std::string report_json() const;

    struct Scores {
        std::size_t texts = 0;
        double macro_f1 = 0;
        double recall = 0;              ///< mean over the labels that occur
        double precision = 0;           ///< mean over the labels that occur or were found
        std::array<double, 3> f1 = {};  ///< negative, neutral, positive
    };
    /// Of one source; of all with an empty name.
    Scores scores(std::string_view source) const;

private:
    using Confusion = std::array<std::array<std::size_t, 3>, 3>;  ///< [right][found]
    std::map<std::string, Confusion, std::less<>> by_source_;
    Confusion all_ = {};
};

}  // namespace rasid
