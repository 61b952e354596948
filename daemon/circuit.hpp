#pragma once

#include "core/outbox.hpp"
#include "daemon/delivery_schedule.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace rasid {

/// What fails together: the domain of a mail's recipient, a source, a webhook.
std::string destination_of(const OutboxItem& item);

/// Whether one destination takes what is sent to it. After three failures in a row it is left alone for 30 seconds,
/// then a minute and so on up to five; then one item goes alone to see, and what becomes of it decides.
struct Circuit {
    int failures = 0;  ///< in a row
    std::optional<Instant> open_until = {};
    bool probing = false;

    bool operator==(const Circuit&) const = default;
};

enum class Passage { free, probe, closed };
/// `probe`: this one may go, and until it is back no other.
Passage passage(const Circuit& circuit, Instant now);

/// A refusal of one item says nothing about its destination, which has answered.
Circuit after_delivery(Circuit circuit, Delivery delivery, Instant now);

/// The circuits of all destinations, and what is on its way to each.
class Circuits {
public:
    /// Whether an item may go there now; counts it as on its way.
    bool enter(const std::string& destination, Instant now);
    void leave(const std::string& destination, Delivery delivery, Instant now);
    /// Came back without having been tried.
    void leave_untried(const std::string& destination);

    /// Until when nothing goes there; nullopt: something may now, or does once the probe is back.
    std::optional<Instant> closed_until(const std::string& destination, Instant now) const;

private:
    struct Way {
        Circuit circuit = {};
        int items = 0;
    };
    std::map<std::string, Way, std::less<>> ways_;
};

}  // namespace rasid
