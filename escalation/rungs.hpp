#pragma once

#include "core/setup.hpp"
#include "escalation/clock_fold.hpp"
#include "escalation/rota.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rasid {

/// One step of a ladder: at a share of a target, or so long after nobody has acknowledged.
struct Rung {
    std::optional<int> at_percent = {};           ///< 1 … 1000; of every clock that is open
    std::optional<Duration> unacknowledged = {};  ///< working time of the ticket's first promise; when no percent
    std::string to = {};                          ///< "role:manager", "person:Sara" or "on-call:ROTA"
    std::string by = "mail";                      ///< mail | slack | webhook
};

/// What a ladder must know of a ticket besides its clocks.
struct LadderTicket {
    std::string id = {};
    std::string brand = {};
    bool acknowledged = false;
    Instant unacknowledged_since = {};    ///< opened, reopened or released; whichever was last
    int life = 1;                         ///< one more with each reopening: the ladder begins anew
    std::vector<std::string> taken = {};  ///< keys of rungs taken in this life
};

struct RungMoment {
    const Rung* rung = nullptr;  ///< one of those given
    std::string step = {};       ///< what is remembered once it is taken: "next_response/2/80", "unacknowledged/1800"
    Instant at = {};
    std::optional<Target> target = {};
    int round = 1;
};

/// Rungs still to be taken while nothing changes, in order of time. None for an acknowledged or resolved ticket. Of a
/// clock that stands still there is none, and a share below one already taken has passed.
std::vector<RungMoment> rungs_ahead(std::span<const Rung> rungs, const TicketClocks& clocks,
                                    const LadderTicket& ticket);

/// Somebody to be told, by one channel.
struct RungNotice {
    Person person = {};
    std::string by = {};
    std::string step = {};
    std::string key = {};  ///< stable: "TICKET/STEP/LIFE/CHANNEL/PERSON"
    std::optional<Target> target = {};
    int percent = 0;
};

struct RungsTaken {
    std::vector<std::string> steps = {};   ///< to be remembered, also those that had nobody left to tell
    std::vector<RungNotice> notices = {};  ///< a person once a channel, of the latest step
    std::optional<Instant> next = {};      ///< when to look again
};

/// Takes the rungs that are due at `now`. `on-call` is whoever has the shift at `now`; an empty shift and a person who
/// is gone are nobody.
RungsTaken take_rungs(std::span<const Rung> rungs, const TicketClocks& clocks, const LadderTicket& ticket,
                      std::span<const Person> people, std::span<const Rota> rotas, Instant now);

}  // namespace rasid
