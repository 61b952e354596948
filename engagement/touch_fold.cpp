#include "engagement/touch_fold.hpp"

#include "engagement/guard.hpp"

#include <algorithm>

namespace rasid {
namespace {

constexpr std::string_view kMoved = "moved from ";

/// Only the latest move is told; the events keep all of them.
std::string reason_of_move(const PlannedTouch& touch, std::string_view why) {
    auto kept = std::string_view(touch.reason);
    kept = kept.substr(0, kept.find(kMoved));
    if (kept.ends_with(kReasonSeparator)) kept.remove_suffix(kReasonSeparator.size());
    std::string reason(kept);
    if (!reason.empty()) reason += kReasonSeparator;
    reason += std::string(kMoved) + to_string(touch.due_on);
    if (!why.empty()) reason += ": " + std::string(why);
    return reason;
}

}  // namespace

bool is_to_come(const PlannedTouch& touch) {
    return touch.state == TouchState::planned || touch.state == TouchState::held;
}

PlannedTouch applied(PlannedTouch touch, const TouchEvent& event) {
    switch (event.kind) {
    case TouchEventKind::laid:
        return event.laid.value_or(std::move(touch));
    case TouchEventKind::held:
        return with_reason_of_guard(std::move(touch), event.reason);
    case TouchEventKind::released:
        return without_reason_of_guard(std::move(touch), event.reason);
    case TouchEventKind::moved:
        if (!is_to_come(touch)) break;
        touch.reason = reason_of_move(touch, event.reason);
        touch.due_on = event.due_on;
        break;
    case TouchEventKind::done:
        if (!is_to_come(touch)) break;
        touch.state = TouchState::done;
        touch.done_at = event.at;
        break;
    case TouchEventKind::skipped:
        if (!is_to_come(touch)) break;
        touch.state = TouchState::skipped;
        if (!event.reason.empty()) touch.reason = event.reason;
        break;
    case TouchEventKind::reopened:
        if (is_to_come(touch)) break;
        touch.state = TouchState::planned;
        touch.done_at.reset();
        break;
    case TouchEventKind::drafted:
        touch.draft = event.text;
        break;
    }
    return touch;
}

std::vector<PlannedTouch> fold_touches(std::vector<PlannedTouch> laid, std::span<const TouchEvent> events) {
    for (const auto& event : events) {
        const auto touch = std::ranges::find(laid, event.touch, &PlannedTouch::id);
        if (touch != laid.end())
            *touch = applied(std::move(*touch), event);
        else if (event.laid)
            laid.push_back(*event.laid);
    }
    return laid;
}

const PlannedTouch& TouchChanges::happen(const PlannedTouch& touch, TouchEvent event) {
    auto row = std::ranges::find(change_.touches, touch.id, &PlannedTouch::id);
    if (row == change_.touches.end()) row = change_.touches.insert(row, touch);
    event.customer = row->customer;
    event.touch = row->id;
    event.at = at_;
    event.actor = actor_;
    event.id = row->id + "/" + std::to_string(to_micros(at_)) + "/" + std::string(to_string(event.kind)) + "/" +
               std::to_string(change_.events.size());
    *row = applied(std::move(*row), event);
    change_.events.push_back(std::move(event));
    return *row;
}

const PlannedTouch& TouchChanges::lay(const PlannedTouch& touch) {
    return happen(touch, {.kind = TouchEventKind::laid, .laid = touch});
}
const PlannedTouch& TouchChanges::hold(const PlannedTouch& touch, const Guard& guard) {
    return happen(touch, {.kind = TouchEventKind::held, .reason = guard.reason});
}
const PlannedTouch& TouchChanges::release(const PlannedTouch& touch, const Guard& guard) {
    return happen(touch, {.kind = TouchEventKind::released, .reason = guard.reason});
}
const PlannedTouch& TouchChanges::move(const PlannedTouch& touch, Date due_on, std::string_view why) {
    return happen(touch, {.kind = TouchEventKind::moved, .due_on = due_on, .reason = std::string(why)});
}
const PlannedTouch& TouchChanges::finish(const PlannedTouch& touch) {
    return happen(touch, {.kind = TouchEventKind::done});
}
const PlannedTouch& TouchChanges::skip(const PlannedTouch& touch, std::string_view why) {
    return happen(touch, {.kind = TouchEventKind::skipped, .reason = std::string(why)});
}
const PlannedTouch& TouchChanges::reopen(const PlannedTouch& touch) {
    return happen(touch, {.kind = TouchEventKind::reopened});
}
const PlannedTouch& TouchChanges::draft(const PlannedTouch& touch, std::string_view text) {
    return happen(touch, {.kind = TouchEventKind::drafted, .text = std::string(text)});
}

}  // namespace rasid
