#pragma once

#include "core/failure.hpp"
#include "core/ticket.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rasid {

/// Which tickets a list is about. Snoozed ones are in none but `late` (late stays late), `snoozed`, `resolved` and
/// `all`.
enum class TicketView { waiting, late, mine, unassigned, snoozed, resolved, all };
std::string_view to_string(TicketView view);
std::optional<TicketView> parse_ticket_view(std::string_view word);

/// Which tickets of a list are shown; what is empty or absent limits nothing.
struct TicketFilter {
    TicketView view = TicketView::waiting;
    std::optional<TicketState> state = {};
    std::string queue = {};
    std::string assignee = {};  ///< id of a person, "me" or "none"
    std::optional<Priority> priority = {};
    std::string platform = {};
    std::string source = {};
    std::string brand = {};
    std::string language = {};               ///< BCP 47, of the newest mention
    std::optional<Polarity> sentiment = {};  ///< likewise
    std::string label = {};
    std::string tag = {};

    bool operator==(const TicketFilter&) const = default;
};

using FilterWords = std::map<std::string, std::string, std::less<>>;

/// The names of a filter's parts, as parameters of an address and members of JSON.
bool is_filter_word(std::string_view name);

/// Reads those of the words that are parts of a filter; others are left alone. Fails with refused: a value that is
/// none, or longer than 200 bytes.
Result<TicketFilter> filter_of(const FilterWords& words);

/// The parts that limit something, `view` always among them.
std::vector<std::pair<std::string_view, std::string>> words_of(const TicketFilter& filter);

}  // namespace rasid
