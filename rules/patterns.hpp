#pragma once

#include "rules/literal_search.hpp"
#include "rules/query.hpp"

#include <re2/filtered_re2.h>
#include <re2/re2.h>

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace rasid {

/// All patterns of a set of rules. They see the text as it was written, without regard to case unless they say (?-i).
/// One pass over a text for the literals that the patterns need tells which of them are worth trying.
class Patterns {
public:
    struct Refusal {
        QueryProblem problem = {};
        std::size_t offset = 0;  ///< byte of the pattern
    };

    /// The pattern's number, counted from 0; the same pattern has the same number. Refused is what is wrong, or could
    /// cost more time or memory than one rule may.
    std::variant<std::uint32_t, Refusal> add(const std::string& pattern);

    /// After the last `add`, before the first use.
    void prepare();

    std::uint32_t size() const { return static_cast<std::uint32_t>(numbers_.size()); }
    const RE2& operator[](std::uint32_t number) const { return patterns_.GetRE2(static_cast<int>(number)); }

    /// Every pattern that matches the text, and perhaps some that do not; ascending.
    std::vector<std::uint32_t> worth_trying(std::string_view text) const;

private:
    re2::FilteredRE2 patterns_{static_cast<int>(LiteralSearch::kShortest)};
    LiteralSearch literals_;
    std::map<std::string, std::uint32_t, std::less<>> numbers_;
};

}  // namespace rasid
