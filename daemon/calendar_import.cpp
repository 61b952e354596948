#include "daemon/calendar_import.hpp"

#include "core/toml.hpp"
#include "daemon/setup_check.hpp"
#include "escalation/holiday_import.hpp"

#include <algorithm>

namespace rasid {
namespace {

constexpr int kYears = 5;

CommandResult unknown_calendar(const Setup& setup, const std::string& name) {
    std::vector<std::string> names;
    for (const auto& calendar : setup.calendars) names.push_back(calendar.name);
    return {kFailed, "", "the setup has no calendar `" + name + "`" + suggestion(name, names) + "\n", false};
}

/// What the file has and the calendar has not.
std::vector<std::string> missing_in(const Calendar& calendar, const std::vector<std::string>& holidays) {
    std::vector<std::string> missing;
    std::ranges::copy_if(holidays, std::back_inserter(missing), [&](const std::string& holiday) {
        return std::ranges::find(calendar.holidays, holiday) == calendar.holidays.end();
    });
    return missing;
}

std::string count_text(int count, std::string_view why) {
    return count == 0 ? std::string() : std::to_string(count) + " events left out: " + std::string(why) + "\n";
}

}  // namespace

CommandResult import_calendar(Store& store, const StoreCommand& command, Instant now) {
    const auto name = command.argument("name");
    auto setup = store.setup();
    const auto calendar = std::ranges::find(setup.calendars, name, &Calendar::name);
    if (calendar == setup.calendars.end()) return unknown_calendar(setup, name);
    if (command.files.size() != 1) return {kUsage, "", "name one iCalendar file\n", false};

    using std::chrono::January, std::chrono::December;
    const auto year = utc_date(now).year();
    const auto imported = import_holidays(command.files.front().content, year / January / 1,
                                          (year + std::chrono::years(kYears - 1)) / December / 31);
    if (!imported) return {kFailed, "", command.files.front().name + ": " + imported.error().what + "\n", false};
    const auto added = missing_in(*calendar, imported->holidays);
    CommandResult result;
    for (const auto& holiday : added) result.out += "add holiday " + holiday + "\n";
    result.out += "calendar " + name + ": " + std::to_string(added.size()) + " holidays added, " +
                  std::to_string(imported->holidays.size() - added.size()) + " there already\n";
    result.err = count_text(imported->timed, "they take some hours only") +
                 count_text(imported->unreadable, "their date or rule is not understood");
    if (command.flag("dry_run") || added.empty()) return result;

    calendar->holidays.insert(calendar->holidays.end(), added.begin(), added.end());
    if (const auto errors = check_setup(setup); !errors.empty())
        return {kBadConfiguration, "", to_string(errors.front()) + "\n", false};
    store.put_setup(setup, {.way = "calendar import", .at = now});
    result.setup_changed = true;
    return result;
}

}  // namespace rasid
