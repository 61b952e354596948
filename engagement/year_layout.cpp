#include "engagement/year_layout.hpp"

#include <algorithm>
#include <limits>
#include <string>

namespace rasid {
namespace {

using std::chrono::sys_days;

constexpr std::uint16_t kSilent = std::numeric_limits<std::uint16_t>::max();

/// How far from its own place a touch may go for the sake of an even load, in working days.
constexpr std::size_t kLeeway = 5;

/// The day at a place measured in months: 1.5 is the middle of February.
sys_days day_at(int year, double months) {
    const int month = std::min(static_cast<int>(months), 11);
    const auto which = std::chrono::year(year) / (month + 1);
    const auto length = static_cast<unsigned>((which / std::chrono::last).day());
    return sys_days(which / 1) + std::chrono::days(static_cast<int>((months - month) * length));
}

std::size_t distance(std::size_t left, std::size_t right) { return left > right ? left - right : right - left; }

}  // namespace

YearLayout::YearLayout(const Customer& customer, const YearFrame& frame, const DayLoad* load)
    : frame_(frame), days_(frame.days()), shared_(load), load_(days_.size()) {
    chance_.add(customer.id).add("/").add(std::to_string(frame.year())).add("/");
    for (const auto& period : customer.quiet) {
        for (auto index = index_at_or_after(period.from); index < days_.size() && days_[index] <= sys_days(period.to);
             ++index)
            load_[index] = kSilent;
    }
}

YearLayout::Index YearLayout::index_at_or_after(sys_days day) const {
    return static_cast<Index>(std::lower_bound(days_.begin(), days_.end(), day) - days_.begin());
}

std::optional<Date> YearLayout::take(std::optional<Index> index) {
    if (!index) return std::nullopt;
    ++load_[*index];
    return days_[*index];
}

std::optional<YearLayout::Index> YearLayout::best(Index first, Index last, Index ideal, int most_load) const {
    std::optional<Index> found;
    for (Index index = first; index < last; ++index) {
        if (load_[index] > most_load || load_[index] == kSilent) continue;
        if (!found ||
            std::pair(load_[index], distance(index, ideal)) < std::pair(load_[*found], distance(*found, ideal)))
            found = index;
    }
    return found;
}

std::optional<YearLayout::Index> YearLayout::quietest(Index first, Index last, Index ideal) const {
    std::optional<Index> found;
    std::pair<int, Index> least;
    for (Index index = first; index < last; ++index) {
        if (load_[index] != 0) continue;
        const std::pair carries(shared_ ? shared_->of(days_[index]) : 0, distance(index, ideal));
        if (!found || carries < least) {
            found = index;
            least = carries;
        }
    }
    return found;
}

std::optional<Date> YearLayout::take_in_slot(std::string_view kind, int slot, int slots) {
    if (days_.empty()) return std::nullopt;
    const double length = 12.0 / slots;
    const auto first = index_at_or_after(day_at(frame_.year(), slot * length));
    const auto last = slot + 1 == slots ? days_.size() : index_at_or_after(day_at(frame_.year(), (slot + 1) * length));
    // Counted in working days: a place in calendar days would push every weekend's share onto the next Sunday.
    const auto fraction = StableHash(chance_).add(kind).fraction();
    const auto ideal = first + static_cast<Index>(fraction * static_cast<double>(last - first));
    const auto from = std::max(first, ideal > kLeeway ? ideal - kLeeway : 0);
    if (const auto near = quietest(from, std::min(last, ideal + kLeeway + 1), ideal)) return take(near);
    if (const auto free = best(first, last, ideal, 0)) return take(free);
    return take(best(0, days_.size(), std::min(ideal, days_.size() - 1), kSilent - 1));
}

std::optional<Date> YearLayout::take_near(Date wanted) {
    auto ideal = index_at_or_after(wanted);
    const bool exact = ideal < days_.size() && days_[ideal] == sys_days(wanted);
    if (!exact && ideal > 0) --ideal;
    return take(best(0, days_.size(), ideal, kSilent - 1));
}

std::optional<Date> YearLayout::take_after(Date wanted) {
    const auto first = index_at_or_after(wanted);
    if (const auto free = best(first, days_.size(), first, 0)) return take(free);
    return take(best(0, days_.size(), first, kSilent - 1));
}

void YearLayout::occupy(Date day) {
    const auto index = index_at_or_after(day);
    if (index < days_.size() && days_[index] == sys_days(day) && load_[index] != kSilent) ++load_[index];
}

}  // namespace rasid
