#include "daemon/calendar_import.hpp"

#include "core/setup_toml.hpp"
#include "tests/support/temp_folder.hpp"

#include <gtest/gtest.h>

namespace rasid {
namespace {

const Instant kImportedAt = *parse_rfc3339("2026-03-01T08:00:00Z");

constexpr const char* kFile =
    "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20260923\r\nSUMMARY:National day\r\n"
    "END:VEVENT\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20261126\r\nEND:VEVENT\r\n"
    "BEGIN:VEVENT\r\nDTSTART:20261127T080000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

class CalendarImport : public testing::Test {
protected:
    CalendarImport() : store(open_store({"sqlite:" + folder.file("x.db"), false})) {
        store->put_setup(
            parse_setup("[[calendar]]\nname = \"office\"\nholidays = [\"2026-09-23\", \"hijri:10-01\"]\n", "setup.toml")
                .setup);
    }

    CommandResult import(const std::string& name, const std::string& content, bool dry_run = false) {
        StoreCommand command{"calendar-import", {{"name", name}}, {{"holidays.ics", content}}};
        if (dry_run) command.arguments["dry_run"] = "true";
        return import_calendar(*store, command, kImportedAt);
    }
    std::vector<std::string> holidays() { return store->setup().calendars.at(0).holidays; }
    using Days = std::vector<std::string>;

    TempFolder folder;
    std::unique_ptr<Store> store;
};

TEST_F(CalendarImport, adds_what_the_calendar_does_not_have_and_says_what_it_left_out) {
    const auto result = import("office", kFile);
    EXPECT_EQ(result.exit, kOk) << result.err;
    EXPECT_TRUE(result.setup_changed);
    EXPECT_EQ(result.out, "add holiday 2026-11-26\ncalendar office: 1 holidays added, 1 there already\n");
    EXPECT_EQ(result.err, "1 events left out: they take some hours only\n");
    EXPECT_EQ(holidays(), (Days{"2026-09-23", "hijri:10-01", "2026-11-26"}));
    EXPECT_FALSE(import("office", kFile).setup_changed) << "twice changes nothing";
}

TEST_F(CalendarImport, a_dry_run_changes_nothing) {
    const auto result = import("office", kFile, true);
    EXPECT_NE(result.out.find("add holiday 2026-11-26"), std::string::npos);
    EXPECT_FALSE(result.setup_changed);
    EXPECT_EQ(holidays().size(), 2u);
}

TEST_F(CalendarImport, an_unknown_calendar_and_a_file_that_is_none_are_refused) {
    const auto unknown = import("ofice", kFile);
    EXPECT_EQ(unknown.exit, kFailed);
    EXPECT_NE(unknown.err.find("did you mean `office`?"), std::string::npos) << unknown.err;
    const auto broken = import("office", "no calendar at all");
    EXPECT_EQ(broken.exit, kFailed);
    EXPECT_EQ(broken.err.rfind("holidays.ics: ", 0), 0u) << broken.err;
    EXPECT_EQ(holidays().size(), 2u);
}

}  // namespace
}  // namespace rasid
