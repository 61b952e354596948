#pragma once

#include "core/customer.hpp"
#include "core/setup.hpp"
#include "core/touch.hpp"
#include "engagement/year_frame.hpp"

#include <chrono>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rasid {

inline constexpr std::string_view kClientsForLife = "clients for life";
inline constexpr std::string_view kAdvocates = "advocates";

/// From a call to the day of the note that follows it, at the least.
inline constexpr std::chrono::days kNoteDelay{3};

/// The 33 touches: 12 newsletters, 7 greeting cards, 5 calls, 3 follow-up notes, 4 personal cards, 2 gifts.
PlanTemplate default_plan();

/// The two kinds that Rasid has from the start, each with its 33 touches: clients for life (past clients in the circle
/// of influence) and advocates (who refer others, or are ready to).
std::vector<PlanTemplate> shipped_plans();

/// The template that a name stands for: of the setup, else a shipped one, else (no name, or one that is gone) the
/// setup's first, else the default.
PlanTemplate plan_named(std::span<const PlanTemplate> plans, std::string_view name);

/// A customer's year under a template, and what of it could not be laid.
struct LaidYear {
    struct LeftOut {
        std::string kind = {};
        int count = 0;
        std::string reason = {};

        bool operator==(const LeftOut&) const = default;
    };
    std::vector<PlannedTouch> touches = {};  ///< by day
    std::vector<LeftOut> left_out = {};  ///< for want of consent, of an allowed day, of the call that a note follows

    bool operator==(const LaidYear&) const = default;
};

/// Every touch of the template gets its day, evenly over the year, on allowed days, never two on one day while the year
/// has room:
///  - a greeting card goes out for an occasion that the customer keeps, on its day or the working day before; what is
///    left of their number are greetings of the season, bound to no occasion;
///  - personal cards mark the birthday, his anniversaries and that of his first purchase, the rest stand freely;
///  - of the follow-up notes each is bound to one call and owed once that is logged;
///  - `load` evens out what each day asks of those who do the work; it may be null.
/// The same arguments always give the same days and ids; different customers are spread apart. Touches whose day is
/// before `from` are left out of a year that has already begun (they are not owed).
LaidYear lay_out_year(const PlanTemplate& plan, const Customer& customer, const YearFrame& frame, Date from,
                      const DayLoad* load = nullptr);

/// The same on Sundays to Thursdays, without quiet days and load.
std::vector<PlannedTouch> lay_out_year(const PlanTemplate& plan, const Customer& customer, int year, Date from);

}  // namespace rasid
