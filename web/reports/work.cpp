#include "escalation/pause_report.hpp"
#include "escalation/report/workload.hpp"
#include "web/reports/report.hpp"

#include <algorithm>

namespace rasid {
namespace {

std::vector<std::string> work_columns(std::vector<std::string> keys) {
    for (const auto* name : {"opened", "answered", "resolved", "open"}) keys.emplace_back(name);
    return keys;
}

ReportRow work_row(ReportRow keys, const Work& work) {
    keys.insert(keys.end(), {work.opened, work.answered, work.resolved, work.open});
    return keys;
}

std::vector<std::pair<std::string, Work>> by_size(const std::map<std::string, Work>& work) {
    std::vector<std::pair<std::string, Work>> list(work.begin(), work.end());
    std::ranges::stable_sort(list, std::ranges::greater{},
                             [](const auto& each) { return each.second.open + each.second.resolved; });
    return list;
}

class WorkloadReport final : public ReportReading {
public:
    explicit WorkloadReport(const ReportScope& scope) : ReportReading(scope), count_(scope.period) {}

    void begin(Reader& reader) override {
        reader.each_ticket_of(scope().period.from, scope().period.from, [this](const Ticket& each) { add(each); });
    }
    void day(Reader& reader, Instant from, Instant to) override {
        reader.each_ticket_opened(from, to, [this](const Ticket& each) { add(each); });
    }

    Report report(const Setup& setup) override {
        Report report;
        report.tables.push_back({"total", work_columns({}), {work_row({}, count_.total)}, true});
        ReportTable people{.name = "people", .columns = work_columns({"person", "name"})};
        for (const auto& [id, work] : by_size(count_.people))
            people.rows.push_back(work_row({text_cell(id), person_name(setup, id)}, work));
        ReportTable queues{.name = "queues", .columns = work_columns({"queue"})};
        for (const auto& [name, work] : by_size(count_.queues))
            queues.rows.push_back(work_row({text_cell(name)}, work));
        ReportTable hours{.name = "hours", .columns = {"hour", "opened"}};
        for (std::size_t hour = 0; hour < count_.hours.size(); ++hour)
            hours.rows.push_back({static_cast<std::int64_t>(hour), count_.hours[hour]});
        ReportTable days{.name = "days", .columns = {"day", "opened", "answered", "resolved"}};
        for (std::size_t day = 0; day < count_.days.size(); ++day) {
            const auto& work = count_.days[day];
            days.rows.push_back({day_cell(scope().period, day), work.opened, work.answered, work.resolved});
        }
        for (auto* table : {&people, &queues, &hours, &days}) report.tables.push_back(std::move(*table));
        return report;
    }

private:
    void add(const Ticket& ticket) {
        if (scope().covers(ticket)) count_.add(ticket);
    }

    WorkCount count_;
};

class PausesReport final : public ReportReading {
public:
    using ReportReading::ReportReading;

    void day(Reader& reader, Instant from, Instant to) override {
        reader.each_ticket_opened(from, to, [this](const Ticket& ticket) {
            if (scope().covers(ticket)) pauses_.add(ticket);
        });
    }

    Report report(const Setup& setup) override {
        Duration total = {};
        ReportTable people{.name = "people", .columns = {"id", "name", "seconds", "tickets", "kept_by_pausing"}};
        for (const auto& each : std::move(pauses_).people()) {
            people.rows.push_back({text_cell(each.person), person_name(setup, each.person), seconds_cell(each.total),
                                   std::int64_t{each.tickets}, std::int64_t{each.kept_by_pausing}});
            total += each.total;
        }
        Report report;
        report.tables.push_back({"total", {"seconds"}, {{seconds_cell(total)}}, true});
        report.tables.push_back(std::move(people));
        return report;
    }

private:
    PauseReport pauses_;
};

}  // namespace

ReportReadingPtr make_workload_report(const ReportScope& scope, const Setup&) {
    return std::make_unique<WorkloadReport>(scope);
}

ReportReadingPtr make_pause_report(const ReportScope& scope, const Setup&) {
    return std::make_unique<PausesReport>(scope);
}

}  // namespace rasid
