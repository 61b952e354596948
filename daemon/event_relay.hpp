#pragma once

#include "core/clock.hpp"
#include "core/random.hpp"
#include "daemon/config.hpp"
#include "storage/database.hpp"

#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace rasid {

/// A webhook that is told of ticket events.
struct Relay {
    std::string name = {};
    std::vector<std::string> events = {};  ///< "ticket_opened"…, or "*"
    std::vector<std::string> brands = {};  ///< empty: every brand
};

std::vector<Relay> relays_of(const Config& config);

/// "ticket_opened" of the kind `opened`.
std::string relayed_name(TicketEventKind kind);
/// What `events` of a webhook may hold.
bool is_relayed_name(std::string_view word);

/// Puts what the webhook is still to be told into the outbox, at most kEventsAtOnce of it, in the caller's transaction:
/// a crash neither loses an event nor tells it under two keys. What it does not want is dropped. While kMostWaiting of
/// its calls wait nothing is added: the events stay where they are, and after kEventsWait each becomes a dead letter of
/// the outbox, which a person can put back. Returns how many events were taken.
int relay_events(Store& store, const Relay& relay, Random& random, Instant now);

inline constexpr int kEventsAtOnce = 100;
inline constexpr int kMostWaiting = 1000;
inline constexpr Duration kEventsWait = std::chrono::days(7);

struct EventRelayEnv {
    Database& database;
    Clock& clock;
    Random& random;
    const Config& config;  ///< read anew each round: a reload may change it
    std::function<void()> outbox_changed;
};

/// Tells webhooks of every event of every ticket, once a second.
class EventRelay {
public:
    explicit EventRelay(EventRelayEnv env) : env_(std::move(env)) {}

    /// Runs until cancelled.
    Task<void> run();
    /// Everything that can be told now.
    Task<void> tick();

private:
    EventRelayEnv env_;
    std::vector<std::string> known_;  ///< names that the store holds events for
    bool told_ = false;               ///< the store knows `known_`
};

}  // namespace rasid
