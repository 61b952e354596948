#pragma once

#include "core/promise.hpp"
#include "core/setup.hpp"
#include "core/ticket.hpp"
#include "core/touch.hpp"
#include "engagement/touch_content.hpp"

#include <span>
#include <string>
#include <vector>

namespace rasid {

/// What somebody should know before he calls.
struct CallBrief {
    std::vector<LedgerEntry> last_mentions = {};  ///< newest first
    std::vector<LedgerEntry> last_calls = {};     ///< what was said; newest first
    std::vector<Ticket> open_tickets = {};
    std::vector<BadExperience> open_cases = {};
    std::vector<Promise> running_promises = {};
    std::vector<std::string> interests = {};
};

/// What is known of one customer with a touch to do. Ledger, tickets and promises are of the brief: only a call needs
/// them.
struct CustomerToday {
    PlanState plan = {};
    std::vector<LedgerEntry> ledger = {};  ///< in any order
    std::vector<Ticket> tickets = {};
    std::vector<Promise> promises = {};
    double expected_loss = 0;  ///< in minor units; 0: none or not known
};

bool is_call(const PlannedTouch& touch);  ///< a recovery call too

CallBrief brief_of(const CustomerToday& customer);

/// One line of a person's list.
struct TodayItem {
    PlannedTouch touch = {};
    std::string customer_name = {};
    int days_late = 0;
    double expected_loss = 0;
    TouchContent content = {};
    CallBrief brief = {};  ///< of calls
};

/// What a person has to do today: owed touches due by today that stand on his list, customers with most to lose first,
/// then calls, then the longest overdue. `language` is the person's.
std::vector<TodayItem> list_of_today(std::span<const CustomerToday> customers, std::span<const PlanTemplate> plans,
                                     std::string_view owner, Date today, std::string_view language);

}  // namespace rasid
