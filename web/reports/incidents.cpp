#include "web/reports/report.hpp"

#include <algorithm>
#include <set>

namespace rasid {
namespace {

constexpr std::size_t kMost = 500;

/// Incidents that were found in the period, the newest first.
class IncidentReport final : public ReportReading {
public:
    using ReportReading::ReportReading;

    void begin(Reader& reader) override {
        std::set<std::string> told;  // rises of the same mentions are one incident; the one found first leads
        for (const auto& rise : reader.rises_since(scope().period.from)) {
            if (!told.insert(rise.ticket).second) continue;
            if (!scope().period.holds(rise.incident.found_at) || !scope().sees(rise.series.brand)) continue;
            add(reader, rise);
            if (rows_.size() == kMost) break;
        }
        std::ranges::reverse(rows_);
    }

    Report report(const Setup&) override {
        Report report;
        report.tables.push_back({"total",
                                 {"incidents", "seconds"},
                                 {{static_cast<std::int64_t>(rows_.size()), seconds_cell(lasted_)}},
                                 true});
        report.tables.push_back({"incidents",
                                 {"ticket", "number", "brand", "series", "kind", "began_at", "found_at", "ended_at",
                                  "seconds", "expected", "peak", "mentions", "tickets"},
                                 rows_});
        return report;
    }

private:
    void add(Reader& reader, const IncidentRise& rise) {
        const auto ticket = reader.ticket(rise.ticket);
        if (!ticket || !scope().covers(*ticket)) return;
        const auto& incident = rise.incident;
        const auto lasted = incident.ended_at.value_or(scope().now) - incident.began_at;
        lasted_ += lasted;
        rows_.push_back({rise.ticket, ticket->number, text_cell(rise.series.brand), to_string(rise.series),
                         text_cell(to_string(incident.kind)), incident.began_at, incident.found_at,
                         instant_cell(incident.ended_at), seconds_cell(lasted), incident.expected,
                         std::int64_t{incident.peak}, std::int64_t{incident.members},
                         reader.incident_size(rise.ticket)});
    }

    std::vector<ReportRow> rows_;
    Duration lasted_ = {};
};

}  // namespace

ReportReadingPtr make_incident_report(const ReportScope& scope, const Setup&) {
    return std::make_unique<IncidentReport>(scope);
}

}  // namespace rasid
