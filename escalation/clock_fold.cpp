#include "escalation/clock_fold.hpp"

#include "escalation/counting_row.hpp"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

namespace rasid {
namespace {

using What = ClockStep::What;

/// What two people agreed on has a time of its own, which no policy gives or takes.
bool appointed(Target target) { return target == Target::call || target == Target::check_back; }

bool stops(TicketStatus status, Target target) {
    if (appointed(target)) return false;
    if (status == TicketStatus::on_hold) return true;
    return status == TicketStatus::waiting_for_customer && target != Target::first_response;
}

class Folding {
public:
    void hear(const ClockEvent& event) {
        give_verdicts(event.at, false);
        switch (event.kind) {
        case ClockEventKind::opened:
            open(event);
            break;
        case ClockEventKind::customer_wrote:
            hear_customer(event.at);
            break;
        case ClockEventKind::answered:
            answer(event.at);
            break;
        case ClockEventKind::status_changed:
            if (!clocks_.resolved) set_status(event.status, event.person, event.at);
            break;
        case ClockEventKind::resolved:
            resolve(event.at);
            break;
        case ClockEventKind::reopened:
            reopen(event.at);
            break;
        case ClockEventKind::policy_changed:
            change_policy(event.targets, event.at);
            break;
        case ClockEventKind::appointed:
            appoint(event);
            break;
        case ClockEventKind::held:
            meet(event.target, event.at);
            if (event.target == Target::call) answer(event.at);
            break;
        case ClockEventKind::breached:
            keep_verdict(event);
            break;
        case ClockEventKind::auto_answered:
        case ClockEventKind::undone:
            break;
        }
    }

    TicketClocks finish(Instant now) && {
        give_verdicts(now, true);
        account_pause(now);
        std::ranges::move(open_, std::back_inserter(met_));
        for (auto& counting : met_) {
            counting.row.state = counting.state_at(now);
            clocks_.rows.push_back(std::move(counting.row));
        }
        std::ranges::sort(clocks_.rows, {},
                          [](const ClockRow& row) { return std::tuple(row.started_at, row.target, row.round); });
        std::ranges::stable_sort(clocks_.steps, {}, &ClockStep::at);
        return std::move(clocks_);
    }

private:
    void note(const CountingRow& counting, What what, Instant at) {
        clocks_.steps.push_back(
            {at, counting.row.target, counting.row.round, what, counting.row.calendar, counting.row.due_at});
    }

    CountingRow* open_row(Target target) {
        const auto row = std::ranges::find(open_, target, [](const CountingRow& each) { return each.row.target; });
        return row == open_.end() ? nullptr : &*row;
    }

    const CountingRow* latest(Target target) const {
        const auto is_of = [&](const CountingRow& each) { return each.row.target == target; };
        const auto open = std::ranges::find_if(open_, is_of);
        if (open != open_.end()) return &*open;
        const auto met = std::find_if(met_.rbegin(), met_.rend(), is_of);
        return met == met_.rend() ? nullptr : &*met;
    }

    const PromisedTarget* promise(Target target) const {
        const auto found = std::ranges::find(targets_, target, &PromisedTarget::target);
        return found == targets_.end() ? nullptr : &*found;
    }

    void give_verdicts(Instant at, bool inclusive) {
        for (auto& counting : open_) {
            auto& row = counting.row;
            if (row.breached_at || !row.due_at) continue;
            if (inclusive ? *row.due_at > at : *row.due_at >= at) continue;
            row.breached_at = row.due_at;
            note(counting, What::breached, *row.due_at);
        }
    }

    /// Starts or stops what the ticket's status asks for.
    void adjust(CountingRow& counting, Instant at) {
        const bool by_status = stops(clocks_.status, counting.row.target);
        const bool stands = clocks_.resolved || by_status;
        if (stands == !counting.row.running_since.has_value()) return;
        if (stands) {
            counting.halt(at);
            if (by_status) counting.paused_since = at;
            note(counting, What::paused, at);
        } else {
            counting.run(at);
            note(counting, What::resumed, at);
        }
    }

    void adjust_all(Instant at) {
        for (auto& counting : open_) adjust(counting, at);
    }

    void begin(Target target, Instant at) {
        const auto* promised = promise(target);
        if (!promised || open_row(target)) return;
        const CountingRow* before = latest(target);
        CountingRow counting;
        counting.row.target = target;
        counting.row.round = before ? before->row.round + 1 : 1;
        counting.row.started_at = at;
        // A promise that was broken is over; what begins behind it is another in full.
        if (target == Target::resolution && before && !before->row.breached_at)
            counting.spent_before = before->spent_before + before->row.used;
        counting.row.length = std::max(promised->length - counting.spent_before, Duration::zero());
        counting.row.hours = promised->calendar;
        counting.row.calendar = promised->calendar.name;
        counting.run(at);
        open_.push_back(std::move(counting));
        note(open_.back(), What::started, at);
        adjust(open_.back(), at);
    }

    void appoint(const ClockEvent& event) {
        if (CountingRow* open = open_row(event.target)) {
            open->adopt({event.target, std::max(event.due_at - open->row.started_at, Duration::zero()), {}}, event.at);
            note(*open, What::recomputed, event.at);
            return;
        }
        const CountingRow* before = latest(event.target);
        CountingRow counting;
        counting.row.target = event.target;
        counting.row.round = before ? before->row.round + 1 : 1;
        counting.row.started_at = event.at;
        counting.row.length = std::max(event.due_at - event.at, Duration::zero());
        counting.run(event.at);
        open_.push_back(std::move(counting));
        note(open_.back(), What::started, event.at);
        adjust(open_.back(), event.at);
    }

    void meet(Target target, Instant at) {
        CountingRow* counting = open_row(target);
        if (!counting) return;
        counting->meet(at);
        note(*counting, What::met, at);
        met_.push_back(std::move(*counting));
        open_.erase(open_.begin() + (counting - open_.data()));
    }

    void open(const ClockEvent& event) {
        targets_ = event.targets;
        clocks_.unanswered_since = event.at;
        begin(Target::first_response, event.at);
        if (!promise(Target::first_response)) begin(Target::next_response, event.at);
        begin(Target::resolution, event.at);
    }

    void hear_customer(Instant at) {
        if (clocks_.resolved) reopen(at);
        set_status(TicketStatus::active, {}, at);
        if (clocks_.unanswered_since) return;
        clocks_.unanswered_since = at;
        if (!open_row(Target::first_response)) begin(Target::next_response, at);
    }

    void answer(Instant at) {
        meet(Target::first_response, at);
        meet(Target::next_response, at);
        meet(Target::periodic_update, at);
        clocks_.unanswered_since.reset();
        answered_ = true;
        if (!clocks_.resolved) begin(Target::periodic_update, at);
    }

    void set_status(TicketStatus status, const std::string& person, Instant at) {
        if (status == clocks_.status) return;
        account_pause(at);
        clocks_.status = status;
        paused_since_ = status == TicketStatus::active ? std::nullopt : std::optional(at);
        paused_by_ = person;
        adjust_all(at);
    }

    /// Closes the books on the pause that lasts until `at`.
    void account_pause(Instant at) {
        if (!paused_since_) return;
        auto by = std::ranges::find(clocks_.paused_by, paused_by_, &PausedBy::person);
        if (by == clocks_.paused_by.end())
            by = clocks_.paused_by.insert(clocks_.paused_by.end(), PausedBy{.person = paused_by_});
        by->total += std::max(at - *paused_since_, Duration::zero());
        paused_since_.reset();
    }

    void resolve(Instant at) {
        if (clocks_.resolved) return;
        meet(Target::resolution, at);
        set_status(TicketStatus::active, {}, at);
        clocks_.resolved = true;
        adjust_all(at);
    }

    void reopen(Instant at) {
        if (!clocks_.resolved) return;
        clocks_.resolved = false;
        adjust_all(at);
        begin(Target::resolution, at);
    }

    void change_policy(const std::vector<PromisedTarget>& targets, Instant at) {
        targets_ = targets;
        std::erase_if(open_, [&](CountingRow& counting) {
            const auto& row = counting.row;
            const bool withdrawn = !row.breached_at && !appointed(row.target) && !promise(row.target);
            if (withdrawn) note(counting, What::withdrawn, at);
            return withdrawn;
        });
        for (auto& counting : open_) compute_again(counting, at);
        if (clocks_.resolved) return;
        begin_missing(at);
    }

    void compute_again(CountingRow& counting, Instant at) {
        const auto& row = counting.row;
        if (row.breached_at || appointed(row.target)) return;
        if (counting.adopt(*promise(row.target), at)) note(counting, What::recomputed, at);
    }

    /// Promises that the ticket did not have before hold from here on.
    void begin_missing(Instant at) {
        if (clocks_.resolved) return;
        if (!answered_ && !latest(Target::first_response)) begin(Target::first_response, at);
        if (clocks_.unanswered_since && !open_row(Target::first_response)) begin(Target::next_response, at);
        if (answered_) begin(Target::periodic_update, at);
        if (!latest(Target::resolution)) begin(Target::resolution, at);
    }

    void keep_verdict(const ClockEvent& event) {
        CountingRow* counting = open_row(event.target);
        if (!counting || counting->row.round != event.round || counting->row.breached_at || !counting->row.due_at)
            return;
        counting->row.breached_at = counting->row.due_at;
        note(*counting, What::breached, *counting->row.due_at);
    }

    TicketClocks clocks_ = {};
    std::vector<PromisedTarget> targets_ = {};
    std::vector<CountingRow> open_ = {};  ///< at most one of each target
    std::vector<CountingRow> met_ = {};   ///< in order of their meeting
    std::optional<Instant> paused_since_ = {};
    std::string paused_by_ = {};
    bool answered_ = false;
};

}  // namespace

TicketClocks fold_clocks(std::span<const ClockEvent> events, Instant now) {
    Folding folding;
    const auto ordered = counting_order(events);
    for (const auto& event : ordered) folding.hear(event);
    return std::move(folding).finish(ordered.empty() ? now : std::max(now, ordered.back().at));
}

}  // namespace rasid
