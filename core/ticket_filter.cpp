#include "core/ticket_filter.hpp"

#include <algorithm>
#include <array>

namespace rasid {
namespace {

constexpr std::size_t kLongestWord = 200;

constexpr std::array<std::pair<std::string_view, std::string TicketFilter::*>, 8> kTexts = {{
    {"queue", &TicketFilter::queue},
    {"assignee", &TicketFilter::assignee},
    {"platform", &TicketFilter::platform},
    {"source", &TicketFilter::source},
    {"brand", &TicketFilter::brand},
    {"language", &TicketFilter::language},
    {"label", &TicketFilter::label},
    {"tag", &TicketFilter::tag},
}};
constexpr std::array<std::string_view, 4> kWords = {"view", "state", "priority", "sentiment"};

Failure no_such(std::string_view name) { return {Failure::Kind::refused, "there is no such " + std::string(name)}; }

std::optional<TicketState> parse_state(std::string_view word) {
    for (const auto state : {TicketState::open, TicketState::resolved}) {
        if (to_string(state) == word) return state;
    }
    return std::nullopt;
}

/// False: the value is none of its kind.
bool read_word(TicketFilter& filter, std::string_view name, std::string_view value) {
    if (name == "view") {
        const auto view = parse_ticket_view(value);
        filter.view = view.value_or(filter.view);
        return view.has_value();
    }
    if (name == "state") return (filter.state = parse_state(value)).has_value();
    if (name == "priority") return (filter.priority = parse_priority(value)).has_value();
    return (filter.sentiment = parse_polarity(value)).has_value();
}

}  // namespace

bool is_filter_word(std::string_view name) {
    return std::ranges::find(kWords, name) != kWords.end() ||
           std::ranges::find(kTexts, name, [](const auto& text) { return text.first; }) != kTexts.end();
}

Result<TicketFilter> filter_of(const FilterWords& words) {
    TicketFilter filter;
    for (const auto& [name, value] : words) {
        if (!is_filter_word(name) || value.empty()) continue;
        if (value.size() > kLongestWord) return no_such(name);
        const auto text = std::ranges::find(kTexts, name, [](const auto& each) { return each.first; });
        if (text != kTexts.end())
            filter.*(text->second) = value;
        else if (!read_word(filter, name, value))
            return no_such(name);
    }
    return filter;
}

std::vector<std::pair<std::string_view, std::string>> words_of(const TicketFilter& filter) {
    std::vector<std::pair<std::string_view, std::string>> words = {{"view", std::string(to_string(filter.view))}};
    if (filter.state) words.emplace_back("state", to_string(*filter.state));
    if (filter.priority) words.emplace_back("priority", to_string(*filter.priority));
    if (filter.sentiment) words.emplace_back("sentiment", to_string(*filter.sentiment));
    for (const auto& [name, text] : kTexts) {
        if (!(filter.*text).empty()) words.emplace_back(name, filter.*text);
    }
    return words;
}

}  // namespace rasid
