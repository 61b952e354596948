#include "daemon/delivery_schedule.hpp"

#include <algorithm>
#include <array>

namespace rasid {
namespace {

constexpr std::array<Duration, 4> kFirstWaits = {std::chrono::seconds(5), std::chrono::seconds(30),
                                                 std::chrono::minutes(2), std::chrono::minutes(10)};
constexpr Duration kShortestLaterWait = std::chrono::seconds(300);
constexpr Duration kLongestLaterWait = std::chrono::seconds(4000);
constexpr Duration kLongestCritical = std::chrono::minutes(10);
constexpr Duration kGiveUp = std::chrono::days(5);

Duration wait_after(const OutboxItem& item, Instant now) {
    const auto attempt = static_cast<std::size_t>(item.attempts - 1);
    Duration wait = attempt < kFirstWaits.size()
                        ? kFirstWaits[attempt]
                        : std::clamp<Duration>((now - item.created_at) / 4, kShortestLaterWait, kLongestLaterWait);
    if (item.priority == Priority::critical) wait = std::min(wait, kLongestCritical);
    return wait;
}

}  // namespace

OutboxItem after_attempt(OutboxItem item, Delivery delivery, const std::string& error, Instant now) {
    ++item.attempts;
    item.last_error = error;
    switch (delivery) {
    case Delivery::done:
        item.state = OutboxState::sent;
        item.finished_at = now;
        break;
    case Delivery::refused:
    case Delivery::unknown:
        item.state = OutboxState::dead;
        item.finished_at = now;
        break;
    case Delivery::try_later:
    case Delivery::postponed:
        if (now - item.created_at > kGiveUp) {
            item.state = OutboxState::dead;
            item.finished_at = now;
        } else {
            item.state = OutboxState::waiting;
            item.not_before = now + wait_after(item, now);
        }
        break;
    }
    return item;
}

}  // namespace rasid
