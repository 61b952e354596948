#include "engagement/year_layout.hpp"

#include "engagement/working_days.hpp"

#include <algorithm>
#include <limits>
#include <string>

namespace rasid {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

/// FNV-1a with a final mix. Days are laid out anew by other builds and machines and must come out the same, which
/// std::hash does not promise.
std::uint64_t stable_hash(std::string_view text) {
    std::uint64_t hash = 0xcbf29ce484222325U;
    for (const unsigned char byte : text) hash = (hash ^ byte) * 0x100000001b3U;
    hash ^= hash >> 31;
    hash *= 0x9e3779b97f4a7c15U;
    return hash ^ (hash >> 29);
}

/// The day at a place measured in months: 1.5 is the middle of February.
sys_days day_at(int year, double months) {
    const int month = std::min(static_cast<int>(months), 11);
    const auto which = std::chrono::year(year) / (month + 1);
    const auto length = static_cast<unsigned>((which / std::chrono::last).day());
    return sys_days(which / 1) + days(static_cast<int>((months - month) * length));
}

}  // namespace

YearLayout::YearLayout(std::string_view customer, int year) : customer_(customer), year_(year) {
    const sys_days end = std::chrono::year(year + 1) / 1 / 1;
    for (sys_days day = std::chrono::year(year) / 1 / 1; day < end; day += days(1)) {
        if (is_working_day(day)) days_.push_back(day);
    }
    load_.resize(days_.size());
}

double YearLayout::fraction(std::string_view kind) const {
    const auto hash = stable_hash(std::string(customer_) + "/" + std::to_string(year_) + "/" + std::string(kind));
    return static_cast<double>(hash >> 11) * 0x1.0p-53;
}

YearLayout::Index YearLayout::index_at_or_after(sys_days day) const {
    return static_cast<Index>(std::lower_bound(days_.begin(), days_.end(), day) - days_.begin());
}

Date YearLayout::take(Index index) {
    ++load_[index];
    return days_[index];
}

std::optional<YearLayout::Index> YearLayout::best(Index first, Index last, Index ideal, int most_load) const {
    std::optional<Index> found;
    const auto distance = [&](Index index) { return index > ideal ? index - ideal : ideal - index; };
    for (Index index = first; index < last; ++index) {
        if (load_[index] > most_load) continue;
        if (!found || std::pair(load_[index], distance(index)) < std::pair(load_[*found], distance(*found)))
            found = index;
    }
    return found;
}

YearLayout::Index YearLayout::nearest(Index ideal) const {
    return *best(0, days_.size(), ideal, std::numeric_limits<int>::max());
}

Date YearLayout::take_in_slot(std::string_view kind, int slot, int slots) {
    const double length = 12.0 / slots;
    const auto first = index_at_or_after(day_at(year_, slot * length));
    const auto last = slot + 1 == slots ? days_.size() : index_at_or_after(day_at(year_, (slot + 1) * length));
    // Counted in working days: a place in calendar days would push every weekend's share onto the next Sunday.
    const auto ideal = first + static_cast<Index>(fraction(kind) * static_cast<double>(last - first));
    return take(best(first, last, ideal, 0).value_or(nearest(std::min(ideal, days_.size() - 1))));
}

Date YearLayout::take_near(Date wanted) {
    auto ideal = index_at_or_after(wanted);
    const bool exact = ideal < days_.size() && days_[ideal] == sys_days(wanted);
    if (!exact && ideal > 0) --ideal;
    return take(nearest(ideal));
}

Date YearLayout::take_after(Date wanted) {
    const auto first = index_at_or_after(wanted);
    if (const auto free = best(first, days_.size(), first, 0)) return take(*free);
    return take(nearest(std::min(first, days_.size() - 1)));
}

}  // namespace rasid
