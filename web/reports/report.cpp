#include "web/reports/report.hpp"

#include "engagement/csv.hpp"
#include "engagement/customer_cells.hpp"
#include "web/response.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

namespace rasid {
namespace {

constexpr std::array<std::pair<std::string_view, MakeReport>, 9> kReports = {{{"sla", make_sla_report},
                                                                              {"speed", make_speed_report},
                                                                              {"workload", make_workload_report},
                                                                              {"pauses", make_pause_report},
                                                                              {"volume", make_volume_report},
                                                                              {"voice", make_voice_report},
                                                                              {"topics", make_topic_report},
                                                                              {"authors", make_author_report},
                                                                              {"incidents", make_incident_report}}};

struct CellWriter {
    JsonWriter& out;
    void operator()(std::monostate) const { out.null(); }
    void operator()(const auto& content) const { out.value(content); }
};

struct CellPrinter {
    std::string operator()(std::monostate) const { return {}; }
    std::string operator()(const std::string& text) const { return guarded(text); }
    std::string operator()(Instant at) const { return to_rfc3339(at); }
    std::string operator()(auto number) const {
        JsonWriter out;
        out.value(number);
        return std::move(out).take();
    }
};

void write_row(JsonWriter& out, const ReportTable& table, const ReportRow& row) {
    out.object([&] {
        for (std::size_t i = 0; i < row.size(); ++i) {
            out.key(table.columns[i]);
            std::visit(CellWriter{out}, row[i]);
        }
    });
}

}  // namespace

bool ReportScope::sees(std::string_view brand) const {
    return brands.empty() || std::ranges::find(brands, brand) != brands.end();
}

bool ReportScope::covers(const Ticket& ticket) const {
    return sees(ticket.brand) && (queue.empty() || ticket.queue == queue);
}

bool ReportScope::covers(const CountedMention& mention) const {
    return sees(mention.brand) && (queue.empty() || mention.queue == queue);
}

MakeReport find_report(std::string_view name) {
    const auto* const found = std::ranges::find(kReports, name, &std::pair<std::string_view, MakeReport>::first);
    return found == kReports.end() ? nullptr : found->second;
}

std::vector<std::string> report_names() {
    std::vector<std::string> names;
    for (const auto& [name, make] : kReports) names.emplace_back(name);
    return names;
}

ReportCell seconds_cell(const std::optional<Duration>& time) {
    if (!time) return {};
    return std::int64_t{std::chrono::floor<std::chrono::seconds>(*time).count()};
}

ReportCell share_cell(const std::optional<double>& share) { return share ? ReportCell(*share) : ReportCell(); }
ReportCell instant_cell(const std::optional<Instant>& at) { return at ? ReportCell(*at) : ReportCell(); }
ReportCell text_cell(std::string_view text) { return text.empty() ? ReportCell() : ReportCell(std::string(text)); }

ReportCell day_cell(const ReportPeriod& period, std::size_t day) {
    const auto date = std::chrono::sys_days(period.first) + std::chrono::days(static_cast<int>(day));
    return to_string(Date(date));
}

ReportCell person_name(const Setup& setup, std::string_view id) {
    const auto person = std::ranges::find(setup.people, id, &Person::id);
    return person == setup.people.end() ? ReportCell() : text_cell(person->name);
}

void write_report(JsonWriter& out, const Report& report) {
    for (const auto& table : report.tables) {
        if (table.single) {
            out.key(table.name);
            write_row(out, table, table.rows.front());
        } else {
            out.list(table.name, table.rows, [&](const auto& row) { write_row(out, table, row); });
        }
    }
    if (!report.warnings) return;
    out.strings("warnings", report.warnings->measured);
    write_setup_errors(out, "promised", report.warnings->promised);
}

std::string print_report_header(const ReportTable& table) {
    std::vector<std::string> names = {"since", "until"};
    names.insert(names.end(), table.columns.begin(), table.columns.end());
    return print_csv_row(names);
}

std::string print_report_rows(const ReportTable& table, const ReportPeriod& period) {
    std::string out;
    for (const auto& row : table.rows) {
        std::vector<std::string> cells = {to_string(period.first), to_string(period.last)};
        for (const auto& cell : row) cells.push_back(std::visit(CellPrinter{}, cell));
        out += print_csv_row(cells);
    }
    return out;
}

}  // namespace rasid
