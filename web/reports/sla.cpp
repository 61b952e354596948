#include "escalation/report/attainment.hpp"
#include "web/reports/report.hpp"

#include <algorithm>

namespace rasid {
namespace {

/// Columns that say whose figures they are, with those of the figures.
std::vector<std::string> attainment_columns(std::vector<std::string> keys) {
    for (const auto* name : {"kept", "missed", "attainment", "met_late", "kept_by_pausing"}) keys.emplace_back(name);
    return keys;
}

ReportRow attainment_row(ReportRow keys, const Attainment& figures) {
    keys.insert(keys.end(),
                {figures.kept, figures.missed, share_cell(figures.share()), figures.met_late, figures.kept_by_pausing});
    return keys;
}

/// Whoever had most to keep first.
std::vector<std::pair<std::string, Attainment>> by_size(const std::map<std::string, Attainment>& figures) {
    std::vector<std::pair<std::string, Attainment>> list(figures.begin(), figures.end());
    std::ranges::stable_sort(list, std::ranges::greater{},
                             [](const auto& each) { return each.second.kept + each.second.missed; });
    return list;
}

class SlaReport final : public ReportReading {
public:
    explicit SlaReport(const ReportScope& scope) : ReportReading(scope), count_(scope.period, scope.target) {}

    void begin(Reader& reader) override {
        reader.each_ticket_of(scope().period.from, scope().period.from, [this](const Ticket& each) { add(each); });
    }
    void day(Reader& reader, Instant from, Instant to) override {
        reader.each_ticket_opened(from, to, [this](const Ticket& each) { add(each); });
    }

    Report report(const Setup& setup) override {
        const auto& period = scope().period;
        Report report;
        auto total = attainment_row({}, count_.total);
        total.emplace_back(period.holds(scope().now) ? ReportCell(late_) : ReportCell());
        auto total_columns = attainment_columns({});
        total_columns.emplace_back("late_now");
        report.tables.push_back({"total", total_columns, {total}, true});
        ReportTable queues{.name = "queues", .columns = attainment_columns({"queue"})};
        for (const auto& [name, figures] : by_size(count_.queues))
            queues.rows.push_back(attainment_row({text_cell(name)}, figures));
        ReportTable people{.name = "people", .columns = attainment_columns({"person", "name"})};
        for (const auto& [id, figures] : by_size(count_.people))
            people.rows.push_back(attainment_row({text_cell(id), person_name(setup, id)}, figures));
        ReportTable hours{.name = "hours", .columns = attainment_columns({"hour"})};
        for (std::size_t hour = 0; hour < count_.hours.size(); ++hour)
            hours.rows.push_back(attainment_row({static_cast<std::int64_t>(hour)}, count_.hours[hour]));
        ReportTable days{.name = "days", .columns = attainment_columns({"day"})};
        for (std::size_t day = 0; day < count_.days.size(); ++day)
            days.rows.push_back(attainment_row({day_cell(period, day)}, count_.days[day]));
        ReportTable targets{.name = "targets", .columns = attainment_columns({"target"})};
        for (const auto& [target, figures] : count_.targets)
            targets.rows.push_back(attainment_row({text_cell(to_string(target))}, figures));
        for (auto* table : {&queues, &people, &hours, &days, &targets}) report.tables.push_back(std::move(*table));
        return report;
    }

private:
    void add(const Ticket& ticket) {
        if (!scope().covers(ticket)) return;
        count_.add(ticket);
        late_ += ticket.state == TicketState::open && ticket.due_at && *ticket.due_at <= scope().now;
    }

    AttainmentCount count_;
    std::int64_t late_ = 0;
};

}  // namespace

ReportReadingPtr make_sla_report(const ReportScope& scope, const Setup&) { return std::make_unique<SlaReport>(scope); }

}  // namespace rasid
