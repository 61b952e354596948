#include "engagement/plan_progress.hpp"

#include <algorithm>

namespace rasid {

bool counts_in_plan(std::string_view kind) { return kind != "recovery_call"; }

bool is_owed(const PlannedTouch& touch, std::span<const PlannedTouch> all) {
    if (touch.state != TouchState::planned) return false;
    if (touch.follows.empty()) return true;
    const auto call = std::ranges::find(all, touch.follows, &PlannedTouch::id);
    return call != all.end() && call->state == TouchState::done;
}

PlanProgress progress_of(std::span<const PlannedTouch> touches, Date today) {
    PlanProgress progress;
    for (const auto& touch : touches) {
        if (!counts_in_plan(touch.kind)) continue;
        auto kind = std::ranges::find(progress.kinds, touch.kind, &KindProgress::kind);
        if (kind == progress.kinds.end())
            kind = progress.kinds.insert(progress.kinds.end(), KindProgress{.kind = touch.kind});
        ++kind->total;
        if (touch.state == TouchState::done) ++kind->done;
        if (touch.state == TouchState::held) ++kind->held;
        if (touch.due_on < today && is_owed(touch, touches)) ++kind->late;
    }
    for (const auto& kind : progress.kinds) {
        progress.done += kind.done;
        progress.total += kind.total;
        progress.late += kind.late;
        progress.held += kind.held;
    }
    return progress;
}

}  // namespace rasid
