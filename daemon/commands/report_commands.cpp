#include "core/people.hpp"
#include "daemon/commands/loaded_config.hpp"
#include "daemon/system_clock.hpp"
#include "web/reports/report.hpp"

#include <iostream>

namespace rasid {
namespace {

/// A cell as people read it; times are told in seconds.
struct Words {
    std::string_view column;

    std::string operator()(std::monostate) const { return "-"; }
    std::string operator()(const std::string& text) const { return text; }
    std::string operator()(Instant at) const { return to_rfc3339(at); }
    std::string operator()(std::int64_t number) const {
        return column.ends_with("seconds") ? to_duration_text(std::chrono::seconds(number)) : std::to_string(number);
    }
    std::string operator()(auto other) const {
        JsonWriter out;
        out.value(other);
        return std::move(out).take();
    }
};

void print_table(const ReportTable& table) {
    std::vector<std::vector<std::string>> lines = {table.columns};
    for (const auto& row : table.rows) {
        auto& line = lines.emplace_back();
        for (std::size_t i = 0; i < row.size(); ++i) line.push_back(std::visit(Words{table.columns[i]}, row[i]));
    }
    std::vector<std::size_t> widths(table.columns.size());
    for (const auto& line : lines)
        for (std::size_t i = 0; i < line.size(); ++i) widths[i] = std::max(widths[i], line[i].size());
    std::cout << table.name << "\n";
    for (const auto& line : lines) {
        std::cout << " ";
        for (std::size_t i = 0; i < line.size(); ++i)
            std::cout << " " << line[i] << std::string(i + 1 < line.size() ? widths[i] - line[i].size() + 1 : 0, ' ');
        std::cout << "\n";
    }
}

Report read_report(Reader& reader, MakeReport make, const ReportScope& scope, const Setup& setup) {
    const auto reading = make(scope, setup);
    reading->begin(reader);
    for (std::size_t i = 0; i < scope.period.days.size(); ++i)
        reading->day(reader, scope.period.days[i], scope.period.end_of(i));
    return reading->report(setup);
}

}  // namespace

int report_command(const Invocation& invocation) {
    const auto config = load_config(invocation);
    if (!config) return kBadConfiguration;
    const auto reader = read_store(*config);
    if (!reader) return kFailed;
    const auto make = find_report(invocation.name);
    const auto now = SystemClock().now();
    const auto period = last_days(config->time_zone, now, invocation.days);
    if (!make || !period) return kFailed;
    const auto setup = reader->setup();
    const ReportScope scope{.period = *period, .now = now};
    const auto report = read_report(*reader, make, scope, setup);
    if (invocation.json) {
        JsonWriter out;
        out.object([&] { write_report(out, report); });
        std::cout << out.text() << "\n";
        return kOk;
    }
    std::cout << to_string(period->first) << " to " << to_string(period->last) << "\n";
    for (const auto& table : report.tables) print_table(table);
    if (report.warnings) {
        for (const auto& warning : report.warnings->measured) std::cout << "warning: " << warning << "\n";
        for (const auto& warning : report.warnings->promised) std::cout << "warning: " << warning.what << "\n";
    }
    return kOk;
}

}  // namespace rasid
