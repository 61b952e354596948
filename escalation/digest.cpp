#include "escalation/digest.hpp"

#include "escalation/local_instant.hpp"
#include "escalation/ticket_figures.hpp"

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

void count_mention(BrandFigures& figures, const CountedMention& mention) {
    ++figures.mentions;
    figures.negative += mention.polarity == Polarity::negative;
    figures.positive += mention.polarity == Polarity::positive;
}

/// What one ticket adds in [from, to).
BrandFigures figures_of(const Ticket& ticket, Instant from, Instant to) {
    const auto within = [&](const std::optional<Instant>& at) { return at && *at >= from && *at < to; };
    if (ticket.opened_at >= to) return {};
    BrandFigures figures;
    figures.opened = within(ticket.opened_at);
    figures.resolved = resolved_within(ticket, from, to);
    figures.late = std::ranges::any_of(ticket.clocks, [&](const auto& clock) { return within(clock.breached_at); });
    const auto* answer = first_answer(ticket);
    if (!answer || !within(answer->met_at)) return figures;
    figures.answered = 1;
    figures.answered_in_time = !answer->breached_at;
    return figures;
}

void add(BrandFigures& sum, const BrandFigures& one) {
    sum.opened += one.opened;
    sum.resolved += one.resolved;
    sum.late += one.late;
    sum.answered += one.answered;
    sum.answered_in_time += one.answered_in_time;
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
    DigestPeriod period{.from = local_instant(*zone, from, 0),
                        .to = local_instant(*zone, to, 0),
                        .before = local_instant(*zone, from - (to - from), 0)};
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

void DigestCount::mention(const CountedMention& mention) {
    if (mention.stored_at < period_.before || mention.stored_at >= period_.to) return;
    if (mention.stored_at < period_.from) return count_mention(before_[mention.brand], mention);
    auto& digest = of(mention.brand);
    count_mention(digest, mention);
    const auto behind = std::ranges::upper_bound(period_.bars, mention.stored_at);
    auto& bar = digest.bars[static_cast<std::size_t>(std::max<std::ptrdiff_t>(behind - period_.bars.begin() - 1, 0))];
    ++bar.mentions;
    bar.negative += mention.polarity == Polarity::negative;
    for (const auto& rule : mention.rules) ++digest.rules[rule];
}

void DigestCount::ticket(const Ticket& ticket) {
    const auto earlier = figures_of(ticket, period_.before, period_.from);
    if (earlier != BrandFigures()) add(before_[ticket.brand], earlier);
    const auto figures = figures_of(ticket, period_.from, period_.to);
    const bool open = open_at(ticket, period_.to);
    if (figures == BrandFigures() && !open) return;
    auto& digest = of(ticket.brand);
    auto& queue = digest.queues[ticket.queue];
    add(digest, figures);
    digest.open += open;
    queue.opened += figures.opened;
    queue.late += figures.late;
    queue.open += open;
}

std::map<std::string, BrandDigest> DigestCount::take() && {
    std::erase_if(brands_, [](const auto& each) { return each.second.nothing(); });
    for (auto& [name, digest] : brands_) digest.before = before_[name];
    return std::move(brands_);
}

}  // namespace rasid
