#include "engagement/explanation.hpp"

#include <array>
#include <cstdio>

namespace rasid {

std::string plain(double number, int decimals) {
    std::array<char, 64> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%.*f", decimals, number);
    std::string text = buffer.data();
    if (text.find('.') != std::string::npos) {
        text.erase(text.find_last_not_of('0') + 1);
        if (text.ends_with('.')) text.pop_back();
    }
    return text == "-0" ? "0" : text;
}

std::string print(const Figure& figure) {
    const auto& [name, inputs, steps] = figure.explanation;
    std::string text = name + ": " + (figure.value ? plain(*figure.value) : "no figure, " + figure.why_none) + "\n";
    for (const auto& [input, value] : inputs) text += "  " + input + ": " + value + "\n";
    for (const auto& step : steps) text += "  " + step + "\n";
    return text;
}

Figure no_figure(Explanation explanation, std::string why) {
    return {.why_none = std::move(why), .explanation = std::move(explanation)};
}

Figure figure(double value, Explanation explanation) { return {.value = value, .explanation = std::move(explanation)}; }

}  // namespace rasid
