#pragma once

#include "core/setup.hpp"
#include "engagement/customer_scores.hpp"
#include "engagement/segment.hpp"
#include "engagement/year_frame.hpp"
#include "storage/store.hpp"
#include "web/churn_rates.hpp"

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rasid {

/// Lays customers' years into a store: by the working days of the setup, evenly over the days of whoever has to do
/// them, and for those whom a running pilot has drawn by its template. Made once for many customers, inside one
/// transaction.
class YearLayer {
public:
    YearLayer(Store& store, const Setup& setup, ChurnRatesPtr churn, Date today, Instant now);

    /// The template that the customer is under today.
    PlanTemplate template_for(const Customer& customer);

    /// What a change of the customer, who is stored already, does to the rest of his year, and of the next one where
    /// that is laid. Lays the year where none is.
    void lay_anew(const Customer& customer, std::string_view cause);

    /// Lays the rest of this year, and in December the next one, where none is laid. Returns how many were.
    int lay_missing(const Customer& customer);

private:
    struct RunningPilot {
        Pilot pilot = {};
        Predicate predicate = {};
    };

    const YearFrame& frame(int year);
    const DayLoad* load(const std::string& owner, int year);
    void lay(PlanState plan, int year, std::string_view cause);

    Store& store_;
    const Setup& setup_;
    ChurnRatesPtr churn_;
    Date today_;
    Instant now_;
    LayoutRules rules_;
    ScoreRules scores_;
    std::vector<RunningPilot> pilots_;
    std::map<int, YearFrame> frames_;
    std::map<std::pair<std::string, int>, DayLoad> loads_;
};

}  // namespace rasid
