#pragma once

#include "core/instant.hpp"

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rasid {

/// Who looks at a ticket or writes in it right now. Kept in memory: after a restart the next beats tell it again.
///
/// A person is forgotten kLasts after his last beat. Somebody who beats more than kTicketsOfPerson tickets is forgotten
/// where he beat the longest ago, so that nobody can fill it.
class TicketPresence {
public:
    enum class State { looking, writing };
    static constexpr std::chrono::seconds kLasts{25};
    static constexpr std::size_t kTicketsOfPerson = 8;

    struct Visitor {
        std::string person = {};
        State state = State::looking;
        Instant seen_at = {};
    };
    struct Visited {
        std::string brand = {};
        std::vector<Visitor> visitors = {};  ///< who came first stands first
    };

    /// A ticket and who is there now; nobody when the last one left.
    struct Change {
        std::string ticket = {};
        Visited now = {};
    };

    /// What others see anew: of this ticket, and of another that the same person was crowded out of.
    std::vector<Change> beat(const std::string& ticket, const std::string& brand, const std::string& person,
                             State state, Instant now);
    std::optional<Change> leave(std::string_view ticket, std::string_view person);
    /// Forgets who has not been heard of.
    std::vector<Change> expire(Instant now);

    bool empty() const { return tickets_.empty(); }
    const std::map<std::string, Visited, std::less<>>& tickets() const { return tickets_; }

private:
    bool is_there(std::string_view ticket, std::string_view person) const;
    std::optional<Change> crowd_out(std::string_view person);

    std::map<std::string, Visited, std::less<>> tickets_;
};

std::string_view to_string(TicketPresence::State state);
std::optional<TicketPresence::State> parse_presence_state(std::string_view word);

}  // namespace rasid
