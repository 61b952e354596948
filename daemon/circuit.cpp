#include "daemon/circuit.hpp"

#include <algorithm>
#include <array>

namespace rasid {
namespace {

constexpr int kFailuresToOpen = 3;
constexpr int kItemsAtOnce = 4;     ///< so that one that hangs does not take every place
constexpr int kCriticalBeside = 1;  ///< beside those: none waits behind a backlog of others
constexpr std::array<Duration, 4> kPauses = {std::chrono::seconds(30), std::chrono::minutes(1), std::chrono::minutes(2),
                                             std::chrono::minutes(5)};

int places_for(Priority priority) {
    return priority == Priority::critical ? kItemsAtOnce + kCriticalBeside : kItemsAtOnce;
}

}  // namespace

Passage passage(const Circuit& circuit, Instant now) {
    if (!circuit.open_until) return Passage::free;
    return circuit.probing || *circuit.open_until > now ? Passage::closed : Passage::probe;
}

Circuit after_delivery(Circuit circuit, Delivery delivery, Instant now) {
    if (delivery != Delivery::try_later) return {};
    ++circuit.failures;
    circuit.probing = false;
    if (circuit.failures < kFailuresToOpen) return circuit;
    const auto pause =
        std::min<std::size_t>(static_cast<std::size_t>(circuit.failures - kFailuresToOpen), kPauses.size() - 1);
    // What left before it was closed fails too, and does not close it for longer.
    if (!circuit.open_until || *circuit.open_until <= now) circuit.open_until = now + kPauses[pause];
    return circuit;
}

bool Circuits::enter(const std::string& destination, Priority priority, Instant now) {
    auto& way = ways_[destination];
    const auto there = passage(way.circuit, now);
    if (there == Passage::closed || way.items >= places_for(priority)) return false;
    if (there == Passage::probe) way.circuit.probing = true;
    ++way.items;
    return true;
}

void Circuits::leave(const std::string& destination, Delivery delivery, Instant now) {
    auto& way = ways_[destination];
    --way.items;
    way.circuit = after_delivery(way.circuit, delivery, now);
    if (way.items == 0 && way.circuit == Circuit()) ways_.erase(destination);
}

void Circuits::leave_untried(const std::string& destination) {
    auto& way = ways_[destination];
    --way.items;
    way.circuit.probing = false;
}

std::optional<Instant> Circuits::closed_until(const std::string& destination, Instant now) const {
    const auto way = ways_.find(destination);
    if (way == ways_.end() || !way->second.circuit.open_until || *way->second.circuit.open_until <= now)
        return std::nullopt;
    return way->second.circuit.open_until;
}

std::vector<std::string> Circuits::busy(Priority priority, Instant now) const {
    std::vector<std::string> destinations;
    for (const auto& [destination, way] : ways_) {
        const bool probed = way.circuit.probing && way.circuit.open_until && *way.circuit.open_until <= now;
        if (probed || (way.items >= places_for(priority) && !closed_until(destination, now)))
            destinations.push_back(destination);
    }
    return destinations;
}

}  // namespace rasid
