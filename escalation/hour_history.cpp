#include "escalation/hour_history.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace rasid {
namespace {

using std::chrono::hours;

constexpr int kDay = 24;
constexpr int kWeek = 7 * kDay;
constexpr int kWeeks = 8;
constexpr std::size_t kKept = static_cast<std::size_t>(kWeek) * (kWeeks + 1);
constexpr int kFewValues = 12;

HourHistory::Hour hour_of(Instant at) { return std::chrono::floor<hours>(at); }

}  // namespace

HourHistory::HourHistory(Hour first, std::deque<HourCount> counts) : first_(first), hours_(std::move(counts)) {
    while (hours_.size() > kKept) {
        hours_.pop_front();
        first_ += hours(1);
    }
    for (const auto& hour : hours_) before_.push_back(before_.back() + hour.total);
}

void HourHistory::advance(Instant to) {
    const auto hour = hour_of(to);
    if (hours_.empty() || hour > newest() + hours(kKept)) {
        first_ = hour;
        hours_.assign(1, {});
        before_.assign(2, 0);
        return;
    }
    while (newest() < hour) {
        hours_.emplace_back();
        before_.push_back(before_.back());
        if (hours_.size() <= kKept) continue;
        hours_.pop_front();
        before_.pop_front();
        first_ += hours(1);
    }
}

void HourHistory::add(Instant at, bool negative) {
    advance(at);
    const auto hour = hour_of(at);
    if (hour < first_) return;
    const auto index = static_cast<std::size_t>((hour - first_).count());
    auto& count = hours_[index];
    ++count.total;
    count.negative += negative ? 1 : 0;
    // Mentions come in order or nearly: this is one step, or a few.
    for (auto after = index + 1; after < before_.size(); ++after) ++before_[after];
}

bool HourHistory::knows_enough() const { return hours_.size() > static_cast<std::size_t>(kWeek); }

int HourHistory::total_of(Hour hour) const {
    if (hour < first_ || hour > newest()) return 0;
    return hours_[static_cast<std::size_t>((hour - first_).count())].total;
}

std::int64_t HourHistory::total_before(Hour hour) const {
    const auto last = static_cast<std::int64_t>(before_.size()) - 1;
    return before_[static_cast<std::size_t>(std::clamp<std::int64_t>((hour - first_).count(), 0, last))];
}

int HourHistory::total_of_day(Hour end) const {
    return static_cast<int>(total_before(end) - total_before(end - hours(kDay)));
}

/// The median over the seven days behind `hour` of how each compares with its weekday before: no single day decides.
double HourHistory::trend(Hour hour) const {
    std::vector<double> ratios;
    for (int day = 0; day < 7; ++day) {
        const auto end = hour - hours(day * kDay);
        std::vector<double> before;
        for (int week = 1; week < kWeeks; ++week) {
            const auto then = end - hours(week * kWeek);
            if (then - hours(kDay) < first_) break;
            before.push_back(total_of_day(then));
        }
        // A few mentions more or less are no trend: both sides are drawn towards each other.
        if (!before.empty()) ratios.push_back((total_of_day(end) + 10.0) / (median(before) + 10.0));
    }
    return ratios.empty() ? 1 : std::clamp(median(ratios), 0.5, 2.0);
}

ExpectedCount HourHistory::expected(Hour hour) const {
    std::vector<int> like;
    const auto take = [&](Hour middle) {
        for (int beside = -1; beside <= 1; ++beside) {
            const auto each = middle + hours(beside);
            if (each >= first_ && each < hour) like.push_back(total_of(each));
        }
    };
    for (int week = 1; week <= kWeeks; ++week) take(hour - hours(week * kWeek));
    if (like.size() < kFewValues) {
        for (int day = 1; day <= 14; ++day) {
            if (day % 7 != 0) take(hour - hours(day * kDay));
        }
    }
    auto result = expect(like);
    result.mean *= trend(hour);
    return result;
}

UsualShare HourHistory::usual_negativity() const {
    constexpr int kDays = 28;
    constexpr int kEnough = 10;  // mentions of a day whose share says something
    std::vector<double> shares;
    int total = 0;
    int negative = 0;
    for (int day = 0; day < kDays; ++day) {
        HourCount of_day;
        for (int back = 1 + day * kDay; back <= (day + 1) * kDay; ++back) {
            if (hours_.size() <= static_cast<std::size_t>(back)) break;
            const auto& hour = hours_[hours_.size() - 1 - static_cast<std::size_t>(back)];
            of_day.total += hour.total;
            of_day.negative += hour.negative;
        }
        total += of_day.total;
        negative += of_day.negative;
        if (of_day.total >= kEnough) shares.push_back(static_cast<double>(of_day.negative) / of_day.total);
    }
    if (shares.size() < 7) {
        return {.share = (negative + 1.0) / (total + 2.0), .weight = std::clamp(static_cast<double>(total), 2.0, 50.0)};
    }
    const double share = std::clamp(median(shares), 0.01, 0.99);
    std::vector<double> distances;
    for (const double each : shares) distances.push_back(std::abs(each - share));
    const double deviation = std::max(median(distances) * 1.4826, 0.01);
    return {.share = share, .weight = std::clamp(share * (1 - share) / (deviation * deviation), 10.0, 200.0)};
}

}  // namespace rasid
