#include "escalation/digest.hpp"

#include "escalation/local_instant.hpp"

#include <algorithm>

namespace rasid {
namespace {

using std::chrono::days;
using std::chrono::local_days;

constexpr int kHoursOfABar = 2;
constexpr days kMostDays{31};

local_days week_of(local_days day, std::chrono::weekday begins) {
    const auto weekday = std::chrono::weekday(std::chrono::sys_days(day.time_since_epoch()));
    return day - (weekday - begins);
}

}  // namespace

std::string_view to_string(DigestKind kind) { return kind == DigestKind::daily ? "daily" : "weekly"; }

std::optional<DigestPeriod> digest_period(DigestKind kind, const DigestSchedule& schedule, const std::string& time_zone,
                                          std::optional<Instant> previous, Instant moment) {
    const auto* zone = find_zone(time_zone);
    if (!zone) return std::nullopt;
    auto to = local_day(*zone, moment);
    auto from = to - days(1);
    if (kind == DigestKind::weekly) {
        to = week_of(to, schedule.week_begins);
        from = to - days(7);
    } else if (previous) {
        from = std::clamp(local_day(*zone, *previous), to - kMostDays, from);
    }
    DigestPeriod period{.from = local_instant(*zone, from, 0), .to = local_instant(*zone, to, 0)};
    if (to - from == days(1)) {
        for (int hour = 0; hour < 24; hour += kHoursOfABar)
            period.bars.push_back(local_instant(*zone, from, hour * 60));
    } else {
        for (auto day = from; day < to; day += days(1)) period.bars.push_back(local_instant(*zone, day, 0));
    }
    return period;
}

BrandDigest& DigestCount::of(const std::string& brand) {
    auto& digest = brands_[brand];
    digest.bars.resize(period_.bars.size());
    return digest;
}

void DigestCount::mention(const Verdict& verdict, Instant stored_at) {
    if (!within(stored_at)) return;
    auto& digest = of(verdict.brand);
    const auto behind = std::ranges::upper_bound(period_.bars, stored_at);
    auto& bar = digest.bars[static_cast<std::size_t>(std::max<std::ptrdiff_t>(behind - period_.bars.begin() - 1, 0))];
    ++digest.mentions;
    ++bar.mentions;
    if (verdict.sentiment.label == Polarity::negative) {
        ++digest.negative;
        ++bar.negative;
    }
    if (verdict.sentiment.label == Polarity::positive) ++digest.positive;
    for (const auto& rule : verdict.rules) ++digest.rules[rule];
}

void DigestCount::ticket(const Ticket& ticket) {
    if (ticket.opened_at >= period_.to) return;
    const bool opened = ticket.opened_at >= period_.from;
    const bool resolved = ticket.state == TicketState::resolved && within(ticket.updated_at);
    const bool open = ticket.state == TicketState::open || ticket.updated_at >= period_.to;
    const bool late = std::ranges::any_of(ticket.clocks, [&](const auto& clock) { return within(clock.breached_at); });
    if (!opened && !resolved && !open && !late) return;
    auto& digest = of(ticket.brand);
    auto& queue = digest.queues[ticket.queue];
    digest.opened += opened;
    queue.opened += opened;
    digest.resolved += resolved;
    digest.open += open;
    queue.open += open;
    digest.late += late;
    queue.late += late;
    for (const auto& clock : ticket.clocks) {
        if (clock.target != Target::first_response || !within(clock.met_at)) continue;
        ++digest.answered;
        if (!clock.breached_at) ++digest.answered_in_time;
    }
}

std::map<std::string, BrandDigest> DigestCount::take() && {
    std::erase_if(brands_, [](const auto& each) { return each.second.nothing(); });
    return std::move(brands_);
}

}  // namespace rasid
