#include "daemon/circuit.hpp"

#include "core/mention.hpp"

#include <algorithm>
#include <array>

namespace rasid {
namespace {

using namespace std::chrono;

constexpr int kFailures = 3;
constexpr int kAtOnce = 4;  ///< so that one that hangs does not take every place
constexpr std::array<Duration, 4> kPauses = {seconds(30), minutes(1), minutes(2), minutes(5)};

}  // namespace

std::string destination_of(const OutboxItem& item) {
    if (!is_mail(item)) return item.kind == "webhook" ? "webhook " + item.to : "source " + item.to;
    auto domain = item.to.substr(item.to.rfind('@') + 1);
    std::ranges::transform(domain, domain.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return "mail " + domain;
}

Passage passage(const Circuit& circuit, Instant now) {
    if (!circuit.open_until) return Passage::free;
    return circuit.probing || *circuit.open_until > now ? Passage::closed : Passage::probe;
}

Circuit after_delivery(Circuit circuit, Delivery delivery, Instant now) {
    if (delivery != Delivery::try_later) return {};
    ++circuit.failures;
    circuit.probing = false;
    if (circuit.failures < kFailures) return circuit;
    const auto pause =
        std::min<std::size_t>(static_cast<std::size_t>(circuit.failures - kFailures), kPauses.size() - 1);
    // What left before it was closed fails too, and does not close it for longer.
    if (!circuit.open_until || *circuit.open_until <= now) circuit.open_until = now + kPauses[pause];
    return circuit;
}

bool Circuits::enter(const std::string& destination, Instant now) {
    auto& way = ways_[destination];
    const auto there = passage(way.circuit, now);
    if (there == Passage::closed || way.items >= kAtOnce) return false;
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

}  // namespace rasid
