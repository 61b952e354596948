#pragma once

#include "core/customer.hpp"
#include "core/touch.hpp"
#include "engagement/occasions.hpp"
#include "engagement/working_days.hpp"

#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace rasid {

/// What an installation says about the days of its plans.
struct LayoutRules {
    WorkingDays working_days = {};
    std::vector<QuietPeriod> quiet = {};  ///< for everybody
    std::vector<Occasion> occasions = shipped_occasions();
    bool newsletters_by_consent_only = false;
};

/// One year as it is for everybody: its working days without the quiet ones, and the days of its occasions. Made once
/// for many customers.
class YearFrame {
public:
    explicit YearFrame(int year, LayoutRules rules = {});

    int year() const { return year_; }
    const LayoutRules& rules() const { return rules_; }
    const std::vector<std::chrono::sys_days>& days() const { return days_; }  ///< in order
    std::span<const Date> days_of_occasion(std::string_view key) const;

private:
    int year_;
    LayoutRules rules_;
    std::vector<std::chrono::sys_days> days_;
    std::vector<std::pair<std::string, std::vector<Date>>> occasions_;
};

/// How many touches the days of one year carry already, over all customers of whoever has to do them.
class DayLoad {
public:
    explicit DayLoad(int year);

    void add(std::span<const PlannedTouch> touches);  ///< those of other years are none of its business
    int of(std::chrono::sys_days day) const;

private:
    std::chrono::sys_days first_;
    std::vector<int> touches_;
};

}  // namespace rasid
