#pragma once

#include "core/ticket.hpp"
#include "escalation/report/period.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace rasid {

/// What came and what was done. A ticket is somebody's who has it now.
struct Work {
    std::int64_t opened = 0;    ///< tickets opened in the period
    std::int64_t answered = 0;  ///< first responses given in the period
    std::int64_t resolved = 0;  ///< tickets resolved in the period and not reopened
    std::int64_t open = 0;      ///< tickets open at its end

    bool operator==(const Work&) const = default;
};

class WorkCount {
public:
    explicit WorkCount(const ReportPeriod& period) : period_(period) { days.resize(period.days.size()); }

    void add(const Ticket& ticket);

    Work total = {};
    std::map<std::string, Work> people = {};  ///< by id; empty: nobody
    std::map<std::string, Work> queues = {};
    std::array<std::int64_t, 24> hours = {};  ///< tickets opened in each hour of the day
    std::vector<Work> days = {};              ///< `open` is not counted by day

private:
    const ReportPeriod& period_;
};

}  // namespace rasid
