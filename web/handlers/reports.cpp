#include "web/handlers/handlers.hpp"
#include "web/names.hpp"
#include "web/reports/report.hpp"

#include <algorithm>
#include <charconv>
#include <set>

namespace rasid::handlers {
namespace {

constexpr int kUsualDays = 30;
constexpr std::string_view kFileEnd = ".csv";
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";  // without it spreadsheets take Arabic for something else

/// What was asked for, or why not.
struct AskedReport {
    std::string report = {};
    bool as_file = false;
    std::string table = {};  ///< of the file; empty: the report's first
    bool compare = false;
    ReportScope scope = {};
    std::optional<Response> refused = {};
};

Response bad(std::string_view what) { return problem(400, "bad_request", what); }

std::optional<ReportPeriod> period_of(const Request& request, const std::string& zone, Instant now) {
    const auto since = request.parameter("since");
    const auto until = request.parameter("until");
    if (!since.empty() || !until.empty()) {
        const auto first = parse_date(since);
        const auto last = until.empty() ? std::optional(last_days(zone, now, 1)->last) : parse_date(until);
        return first && last ? report_period(zone, *first, *last) : std::nullopt;
    }
    const auto days = days_of(request);
    return days ? last_days(zone, now, *days) : std::nullopt;
}

AskedReport read(const Site& site, const Request& request) {
    AskedReport asked{.report = request.args.front()};
    asked.as_file = asked.report.ends_with(kFileEnd);
    if (asked.as_file) asked.report.resize(asked.report.size() - kFileEnd.size());
    asked.table = request.parameter("table");
    auto& scope = asked.scope;
    scope.now = site.clock.now();
    const auto period = period_of(request, site.config.time_zone, scope.now);
    if (!period) {
        asked.refused = bad("`since` and `until` are days such as 2026-03-01, at most 366 apart; or `days`, 1 to 366");
        return asked;
    }
    scope.period = *period;
    scope.queue = request.parameter("queue");
    scope.brands = request.person().brands;
    if (const auto brand = request.parameter("brand"); !brand.empty()) {
        if (!sees_brand(request.person(), brand)) asked.refused = not_found();
        scope.brands = {std::string(brand)};
    }
    const auto target = request.parameter("target");
    scope.target = parse_target(target);
    const auto compare = request.parameter("compare");
    asked.compare = !compare.empty();
    if (!target.empty() && !scope.target) asked.refused = bad("`target` is one of the targets");
    if (asked.compare && compare != "previous") asked.refused = bad("`compare` is previous");
    if (std::max(scope.queue.size(), request.parameter("brand").size()) > kLongestSetupName)
        asked.refused = bad("that name is too long");
    return asked;
}

Task<Report> report_of(Site& site, MakeReport make, const ReportScope& scope, WorkspacePtr workspace) {
    const auto reading = make(scope, workspace->setup);
    const auto begin = [&](Reader& reader) {
        reading->begin(reader);
        return true;
    };
    co_await site.database.read(begin);
    for (std::size_t i = 0; i < scope.period.days.size() && scope.period.days[i] <= scope.now; ++i) {
        const auto day = [&](Reader& reader) {
            reading->day(reader, scope.period.days[i], scope.period.end_of(i));
            return true;
        };
        co_await site.database.read(day);
    }
    co_return reading->report(workspace->setup);
}

void write_period(JsonWriter& out, const ReportPeriod& period) {
    out.member("since", to_string(period.first));
    out.member("until", to_string(period.last));
}

/// By what a report can be narrowed: brands and queues of the setup that the person sees.
void write_choices(JsonWriter& out, const Setup& setup, const Person& person) {
    std::set<std::string> brands;
    std::vector<std::string> queues;
    const auto add = [&](const std::string& brand) {
        if (!brand.empty() && sees_brand(person, brand)) brands.insert(brand);
    };
    for (const auto& rule : setup.rules) add(rule.brand);
    for (const auto& queue : setup.queues) {
        add(queue.brand);
        if (queue.brand.empty() || sees_brand(person, queue.brand)) queues.push_back(queue.name);
    }
    out.key("choices");
    out.object([&] {
        out.strings("brands", {brands.begin(), brands.end()});
        out.strings("queues", queues);
    });
}

/// One table of the report as a file; lines of an earlier period stand behind.
Response file_of(const AskedReport& asked, const Report& report, const ReportScope& before, const Report& previous) {
    const auto named = [&](const Report& one) {
        return std::ranges::find_if(one.tables, [&](const ReportTable& table) {
            return asked.table.empty() ? !table.single : table.name == asked.table;
        });
    };
    const auto table = named(report);
    if (table == report.tables.end()) return bad("`table` is one of the report's lists");
    Response response;
    response.type = "text/csv; charset=utf-8";
    response.body =
        std::string(kByteOrderMark) + print_report_header(*table) + print_report_rows(*table, asked.scope.period);
    if (asked.compare) response.body += print_report_rows(*named(previous), before.period);
    response.headers.push_back({"Content-Disposition", "attachment; filename=\"" + asked.report + "-" + table->name +
                                                           "-" + to_string(asked.scope.period.first) + "-" +
                                                           to_string(asked.scope.period.last) + ".csv\""});
    return response;
}

}  // namespace

std::optional<int> days_of(const Request& request) {
    const auto text = request.parameter("days");
    if (text.empty()) return kUsualDays;
    int days = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), days);
    const bool good =
        read.ec == std::errc() && read.ptr == text.data() + text.size() && days >= 1 && days <= kMostReportDays;
    return good ? std::optional(days) : std::nullopt;
}

Task<Response> get_report(Site& site, const Request& request) {
    auto asked = read(site, request);
    const auto make = find_report(asked.report);
    if (!make) co_return not_found();
    if (asked.refused) co_return *asked.refused;
    const auto workspace = site.workspace;
    const auto report = co_await report_of(site, make, asked.scope, workspace);
    ReportScope before = asked.scope;
    Report previous;
    if (asked.compare) {
        before.period = period_before(asked.scope.period);
        previous = co_await report_of(site, make, before, workspace);
    }
    if (asked.as_file) {
        site.audit(request, "report_exported", asked.report, "ok");
        co_return file_of(asked, report, before, previous);
    }
    JsonWriter out;
    out.object([&] {
        write_period(out, asked.scope.period);
        out.member("time_zone", site.config.time_zone);
        write_choices(out, workspace->setup, request.person());
        write_report(out, report);
        if (!asked.compare) return;
        out.key("previous");
        out.object([&] {
            write_period(out, before.period);
            write_report(out, previous);
        });
    });
    co_return json_response(std::move(out).take());
}

}  // namespace rasid::handlers
