#include "engagement/today.hpp"

#include "engagement/plan.hpp"
#include "engagement/plan_progress.hpp"
#include "engagement/promises.hpp"

#include <algorithm>
#include <tuple>

namespace rasid {
namespace {

constexpr std::size_t kLastOnes = 3;

std::vector<LedgerEntry> newest(std::span<const LedgerEntry> ledger, auto wanted) {
    std::vector<LedgerEntry> found;
    std::ranges::copy_if(ledger, std::back_inserter(found), wanted);
    std::ranges::sort(found, [](const LedgerEntry& left, const LedgerEntry& right) {
        return std::tie(left.at, left.id) > std::tie(right.at, right.id);
    });
    if (found.size() > kLastOnes) found.resize(kLastOnes);
    return found;
}

}  // namespace

bool is_call(const PlannedTouch& touch) { return touch.kind == "call" || touch.kind == "recovery_call"; }

CallBrief brief_of(const CustomerToday& customer) {
    CallBrief brief;
    brief.last_mentions = newest(customer.ledger, [](const LedgerEntry& entry) {
        return entry.direction == Direction::inbound && entry.kind == "mention";
    });
    brief.last_calls = newest(customer.ledger, [](const LedgerEntry& entry) {
        return entry.kind == "call" || entry.kind == "recovery_call";
    });
    std::ranges::copy_if(customer.tickets, std::back_inserter(brief.open_tickets),
                         [](const Ticket& ticket) { return ticket.state == TicketState::open; });
    std::ranges::copy_if(customer.plan.cases, std::back_inserter(brief.open_cases),
                         [](const BadExperience& each) { return each.open(); });
    std::ranges::copy_if(customer.promises, std::back_inserter(brief.running_promises),
                         [](const Promise& promise) { return !promise.kept_at && !promise.withdrawn_at; });
    brief.interests = customer.plan.customer.interests;
    return brief;
}

std::vector<TodayItem> list_of_today(std::span<const CustomerToday> customers, std::span<const PlanTemplate> plans,
                                     std::string_view owner, Date today, std::string_view language) {
    std::vector<TodayItem> items;
    for (const auto& customer : customers) {
        for (const auto& touch : customer.plan.touches) {
            if (touch.owner != owner || touch.due_on > today || !is_owed(touch, customer.plan.touches)) continue;
            TodayItem item{.touch = touch,
                           .customer_name = customer.plan.customer.name,
                           .days_late = static_cast<int>(
                               (std::chrono::sys_days(today) - std::chrono::sys_days(touch.due_on)).count()),
                           .expected_loss = customer.expected_loss,
                           .content = content_of(plan_named(plans, touch.plan), touch, customer.plan.guard, language)};
            if (is_call(touch)) item.brief = brief_of(customer);
            items.push_back(std::move(item));
        }
    }
    std::ranges::sort(items, [](const TodayItem& left, const TodayItem& right) {
        if (left.expected_loss != right.expected_loss) return left.expected_loss > right.expected_loss;
        if (is_call(left.touch) != is_call(right.touch)) return is_call(left.touch);
        return std::tie(right.days_late, left.touch.id) < std::tie(left.days_late, right.touch.id);
    });
    return items;
}

}  // namespace rasid
