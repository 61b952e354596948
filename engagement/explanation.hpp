#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rasid {

/// How a figure came about, for `rasid explain` and the page.
struct Explanation {
    std::string name = {};  ///< with the formula: "CLV = a × n ÷ c"
    std::vector<std::pair<std::string, std::string>> inputs = {};
    std::vector<std::string> steps = {};

    bool operator==(const Explanation&) const = default;
};

/// A figure, or the reason why there is none.
struct Figure {
    std::optional<double> value = {};
    std::string why_none = {};  ///< empty where there is a value
    Explanation explanation = {};
};

/// "12", "0.5", "2.485": at most `decimals` of them, no trailing zeros.
std::string plain(double number, int decimals = 3);

/// Lines for a terminal: the name with the result, the inputs and the steps indented.
std::string print(const Figure& figure);

Figure no_figure(Explanation explanation, std::string why);
Figure figure(double value, Explanation explanation);

}  // namespace rasid
