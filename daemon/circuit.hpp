#pragma once

#include "core/outbox.hpp"
#include "daemon/delivery_schedule.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rasid {

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

/// Only what the destination itself failed at counts. One that refuses or postpones an item has answered, and its
/// others are none of that item's business.
Circuit after_delivery(Circuit circuit, Delivery delivery, Instant now);

/// The circuits of all destinations, and what is on its way to each.
class Circuits {
public:
    /// Whether an item may go there now; counts it as on its way. One destination takes four at once, and a critical
    /// one besides.
    bool enter(const std::string& destination, Priority priority, Instant now);
    void leave(const std::string& destination, Delivery delivery, Instant now);
    /// Came back without having been tried.
    void leave_untried(const std::string& destination);

    /// Until when nothing goes there; nullopt: something may now, or does once the probe is back.
    std::optional<Instant> closed_until(const std::string& destination, Instant now) const;
    /// Where an item of this priority has to wait for what is on its way there.
    std::vector<std::string> busy(Priority priority, Instant now) const;

private:
    struct Way {
        Circuit circuit = {};
        int items = 0;
    };
    std::map<std::string, Way, std::less<>> ways_;
};

}  // namespace rasid
