#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

namespace rasid {

/// The words by which a time is promised, in Arabic and English, folded.
struct PromiseWords {
    using Set = std::set<std::string, std::less<>>;
    template <typename Value>
    using Table = std::map<std::string, Value, std::less<>>;

    Set subjects = {};
    Set contracted = {};
    Set promising = {};
    /// Beginnings of verbs in the future.
    std::vector<std::string> verbs = {};
    /// Any of these makes it doubtful.
    Set doubt = {};
    Set span_words = {};
    Table<int> units = {};  ///< in minutes
    /// Units that hold their number.
    Table<int> pairs = {};
    Table<int> numbers = {};
    Table<unsigned> weekdays = {};
    Set today = {};
    Set tomorrow = {};
    Set noon = {};
    Set morning = {};
    Set evening = {};
};

const PromiseWords& promise_words();

}  // namespace rasid
