#include "escalation/assignment.hpp"

#include <algorithm>
#include <string_view>

namespace rasid {
namespace {

bool contains(const std::vector<std::string>& words, std::string_view word) {
    return std::ranges::find(words, word) != words.end();
}

bool sees(const Colleague& colleague, const AssignmentNeed& need) {
    return colleague.brands.empty() || contains(colleague.brands, need.brand);
}

std::string_view primary(std::string_view tag) { return tag.substr(0, tag.find('-')); }

bool speaks(const Colleague& colleague, const AssignmentNeed& need) {
    if (need.language.empty() || need.language == "und") return true;
    return std::ranges::any_of(colleague.languages,
                               [&](const auto& language) { return primary(language) == primary(need.language); });
}

bool masters(const Colleague& colleague, const AssignmentNeed& need) {
    return std::ranges::all_of(need.skills, [&](const auto& skill) { return contains(colleague.skills, skill); });
}

bool waited_longer(const Colleague& one, const Colleague& other) {
    return one.last_assigned.value_or(Instant::min()) < other.last_assigned.value_or(Instant::min());
}

bool comes_before(AssignmentWay way, const Colleague& one, const Colleague& other) {
    if (way == AssignmentWay::least_loaded) {
        // open/capacity without rounding
        const auto left = static_cast<std::int64_t>(one.open) * other.capacity;
        const auto right = static_cast<std::int64_t>(other.open) * one.capacity;
        if (left != right) return left < right;
    }
    return waited_longer(one, other);
}

Reason why(AssignmentWay way, const Colleague& chosen, std::size_t candidates) {
    const auto of = std::to_string(candidates);
    if (way == AssignmentWay::round_robin) return {"assigned.longest", {of}};
    return {"assigned.least", {of, std::to_string(chosen.open), std::to_string(chosen.capacity)}};
}

}  // namespace

AssignmentChoice choose_assignee(AssignmentWay way, std::span<const Colleague> colleagues, const AssignmentNeed& need) {
    std::vector<const Colleague*> candidates;
    bool anybody_present = false;
    for (const auto& colleague : colleagues) {
        if (!sees(colleague, need) || !colleague.present) continue;
        anybody_present = true;
        if (colleague.open < colleague.capacity) candidates.push_back(&colleague);
    }
    if (candidates.empty()) return {{}, {Reason{anybody_present ? "assigned.full" : "assigned.nobody", {}}}};

    std::vector<Reason> given_way;
    const auto keep = [&](auto fits, Reason otherwise) {
        std::vector<const Colleague*> fitting;
        std::ranges::copy_if(candidates, std::back_inserter(fitting),
                             [&](const auto* each) { return fits(*each, need); });
        if (fitting.empty())
            given_way.push_back(std::move(otherwise));
        else
            candidates = std::move(fitting);
    };
    keep(masters, {"assigned.skill", {}});
    keep(speaks, {"assigned.language", {need.language}});

    const auto chosen = std::ranges::min_element(
        candidates, [&](const auto* one, const auto* other) { return comes_before(way, *one, *other); });
    AssignmentChoice choice{(*chosen)->id, {why(way, **chosen, candidates.size())}};
    choice.reasons.insert(choice.reasons.end(), given_way.begin(), given_way.end());
    return choice;
}

}  // namespace rasid
