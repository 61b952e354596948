#include "rules/proximity.hpp"

#include <algorithm>

namespace rasid {
namespace {

using Group = std::vector<TermPlace>;

bool overlaps(const TermPlace& a, const TermPlace& b) {
    return a.first_position <= b.last_position && b.first_position <= a.last_position;
}

/// `first` and behind it the nearest free place of each other term; empty when a term has none.
Group nearest_behind(const std::vector<std::vector<TermPlace>>& places, std::size_t leader, const TermPlace& first) {
    Group group = {first};
    for (std::size_t term = 0; term < places.size(); ++term) {
        if (term == leader) continue;
        auto next = std::lower_bound(
            places[term].begin(), places[term].end(), first.first_position,
            [](const TermPlace& place, std::uint32_t position) { return place.first_position < position; });
        const auto is_taken = [&](const TermPlace& place) {
            return std::any_of(group.begin(), group.end(),
                               [&](const TermPlace& used) { return overlaps(place, used); });
        };
        while (next != places[term].end() && is_taken(*next)) ++next;
        if (next == places[term].end()) return {};
        group.push_back(*next);
    }
    return group;
}

std::uint32_t words_between(const Group& group) {
    std::uint32_t last = 0;
    std::uint32_t used = 0;
    for (const auto& place : group) {
        last = std::max(last, place.last_position);
        used += place.last_position - place.first_position + 1;
    }
    return last - group.front().first_position + 1 - used;
}

}  // namespace

std::vector<Group> find_groups(const std::vector<std::vector<TermPlace>>& places, std::uint32_t distance,
                               std::size_t most) {
    std::vector<Group> groups;
    // Every group has a leftmost place: each place leads in turn.
    for (std::size_t leader = 0; leader < places.size(); ++leader) {
        for (const auto& first : places[leader]) {
            auto group = nearest_behind(places, leader, first);
            if (group.empty() || words_between(group) > distance) continue;
            groups.push_back(std::move(group));
            if (groups.size() >= most) return groups;
        }
    }
    return groups;
}

}  // namespace rasid
