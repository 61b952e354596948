#pragma once

#include "core/json.hpp"
#include "core/setup_toml.hpp"
#include "escalation/report/period.hpp"
#include "storage/reader.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace rasid {

/// Nothing, words, a number, a share (0 … 1), a moment, or yes and no.
using ReportCell = std::variant<std::monostate, std::string, std::int64_t, double, Instant, bool>;

using ReportRow = std::vector<ReportCell>;

/// A list of an answer, and a file.
struct ReportTable {
    std::string name = {};
    std::vector<std::string> columns = {};
    std::vector<ReportRow> rows = {};
    bool single = false;  ///< has one row and is an object in answers
};

struct Report {
    /// Where classes of channels stand the wrong way round.
    struct Warnings {
        std::vector<std::string> measured = {};
        std::vector<SetupError> promised = {};
    };
    std::vector<ReportTable> tables = {};
    std::optional<Warnings> warnings = {};  ///< of the report that has some
};

/// What a report is about.
struct ReportScope {
    ReportPeriod period = {};
    std::vector<std::string> brands = {};  ///< none: all
    std::string queue = {};                ///< empty: all
    std::optional<Target> target = {};     ///< absent: all
    Instant now = {};

    bool sees(std::string_view brand) const;
    bool covers(const Ticket& ticket) const;
    bool covers(const CountedMention& mention) const;
};

/// Counts one report. Reads what it needs a piece at a time, so that no other reader waits long: `begin` once, then
/// `day` for each day of the period.
class ReportReading {
public:
    explicit ReportReading(const ReportScope& scope) : scope_(scope) {}
    virtual ~ReportReading() = default;
    ReportReading(const ReportReading&) = delete;
    ReportReading& operator=(const ReportReading&) = delete;

    virtual void begin(Reader& reader) { static_cast<void>(reader); }
    virtual void day(Reader& reader, Instant from, Instant to) {
        static_cast<void>(reader);
        static_cast<void>(from);
        static_cast<void>(to);
    }
    virtual Report report(const Setup& setup) = 0;

protected:
    const ReportScope& scope() const { return scope_; }

private:
    const ReportScope& scope_;
};

using ReportReadingPtr = std::unique_ptr<ReportReading>;

// One maker for each report; the scope outlives what it makes.
ReportReadingPtr make_sla_report(const ReportScope& scope, const Setup& setup);
ReportReadingPtr make_speed_report(const ReportScope& scope, const Setup& setup);
ReportReadingPtr make_workload_report(const ReportScope& scope, const Setup& setup);
ReportReadingPtr make_pause_report(const ReportScope& scope, const Setup& setup);
ReportReadingPtr make_volume_report(const ReportScope& scope, const Setup& setup);
ReportReadingPtr make_voice_report(const ReportScope& scope, const Setup& setup);
ReportReadingPtr make_topic_report(const ReportScope& scope, const Setup& setup);
ReportReadingPtr make_author_report(const ReportScope& scope, const Setup& setup);
ReportReadingPtr make_incident_report(const ReportScope& scope, const Setup& setup);

using MakeReport = ReportReadingPtr (*)(const ReportScope& scope, const Setup& setup);
/// By the name in its address; nullptr: there is none.
MakeReport find_report(std::string_view name);
std::vector<std::string> report_names();

// Cells.
ReportCell seconds_cell(const std::optional<Duration>& time);
ReportCell share_cell(const std::optional<double>& share);
ReportCell instant_cell(const std::optional<Instant>& at);
ReportCell text_cell(std::string_view text);  ///< empty: nothing
ReportCell day_cell(const ReportPeriod& period, std::size_t day);
ReportCell person_name(const Setup& setup, std::string_view id);  ///< nothing for nobody and for who is gone

/// The members of a report in an answer.
void write_report(JsonWriter& out, const Report& report);

/// The lines of a table for each report, with the days that they are about and, once, the names of the columns. Cells
/// that a spreadsheet would run as a formula are guarded.
std::string print_report_header(const ReportTable& table);
std::string print_report_rows(const ReportTable& table, const ReportPeriod& period);

}  // namespace rasid
