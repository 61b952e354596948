#include "core/setup_toml.hpp"
#include "tests/core/only_error.hpp"

#include <gtest/gtest.h>

namespace rasid {
namespace {

constexpr const char* kAllNotifications = R"([[calendar]]
name = "office"
time_zone = "Asia/Riyadh"
[[person]]
name = "Sara"
email = "sara@example.org"
quiet = "22:00-07:00"
time_zone = "Europe/London"
second = "slack:ops"
updates = false
digest = false
[notifications]
wait = "0s"
interval = "10m"
repeat = "2h"
ceiling = 6
burst = 3
burst_within = "5m"
digest = "07:30"
week_begins = "mon"
calendar = "office"
)";

std::string notification_error(const std::string& line) { return only_error("[notifications]\n" + line + "\n"); }

std::string person_error(const std::string& line) {
    return only_error("[[person]]\nname = \"Sara\"\nemail = \"sara@example.org\"\n" + line + "\n");
}

TEST(NotificationSettingsTest, every_setting_is_read_and_printed_back) {
    const auto parsed = parse_setup(kAllNotifications, "setup.toml");
    ASSERT_TRUE(parsed.errors.empty()) << to_string(parsed.errors.front());
    EXPECT_TRUE(check_references(parsed.setup).empty());
    const NotificationSettings expected{.wait = Duration(0),
                                        .interval = std::chrono::minutes(10),
                                        .repeat = std::chrono::hours(2),
                                        .ceiling = 6,
                                        .burst = 3,
                                        .burst_within = std::chrono::minutes(5),
                                        .digest = {.minute = 450, .week_begins = std::chrono::Monday},
                                        .calendar = "office"};
    EXPECT_EQ(parsed.setup.notifications, expected);
    const auto& sara = parsed.setup.people.front();
    EXPECT_EQ(sara.quiet, (DayInterval{22 * 60, 7 * 60}));
    EXPECT_EQ(sara.time_zone, "Europe/London");
    EXPECT_EQ(sara.second, "slack:ops");
    EXPECT_FALSE(sara.updates || sara.digest);
    const auto printed = print_setup(parsed.setup);
    EXPECT_EQ(parse_setup(printed, "again").setup, parsed.setup) << printed;
    EXPECT_EQ(print_setup(parse_setup(printed, "again").setup), printed);
}

TEST(NotificationSettingsTest, what_is_as_shipped_is_not_printed) {
    const auto parsed = parse_setup("[notifications]\nwait = \"30s\"\n", "setup.toml");
    EXPECT_EQ(parsed.setup.notifications, NotificationSettings());
    EXPECT_EQ(print_setup(parsed.setup), "");
}

TEST(NotificationSettingsTest, errors_say_what_to_write) {
    EXPECT_EQ(notification_error("ceiling = 0"), "setup.toml:2:11: `ceiling` must be a whole number from 1 to 10000");
    EXPECT_EQ(notification_error("burst = 1"), "setup.toml:2:9: `burst` must be a whole number from 2 to 10000");
    EXPECT_EQ(notification_error("repeat = \"1m\""), "setup.toml:2:10: `repeat` must be at least 5m");
    EXPECT_EQ(notification_error("digest = \"8\""), "setup.toml:2:10: `8` is no time of a day; write \"08:00\"");
    EXPECT_EQ(notification_error("week_begins = \"son\""),
              "setup.toml:2:15: `son` is no week_begins, did you mean `sun`?");
    EXPECT_EQ(notification_error("calendar = \"office\""),
              "setup.toml:1:1: [notifications] names the unknown calendar `office`");
    EXPECT_EQ(notification_error("ceilling = 3"),
              "setup.toml:2:1: unknown key `ceilling` in [notifications], did you mean `ceiling`?");
    EXPECT_EQ(person_error("quiet = \"22-7\""), "setup.toml:4:9: `22-7` are no hours of a day; write \"22:00-07:00\"");
    EXPECT_EQ(person_error("quiet = \"07:00-07:00\""),
              "setup.toml:4:9: `07:00-07:00` are no hours of a day; write \"22:00-07:00\"");
    EXPECT_EQ(person_error("second = \"slack\""), "setup.toml:4:10: `slack` is no e-mail address");
}

TEST(NotificationSettingsTest, a_file_that_does_not_speak_of_them_leaves_them_alone) {
    const auto base = parse_setup("[notifications]\nceiling = 3\n", "a").setup;
    const auto other = parse_setup("[[queue]]\nname = \"care\"\n", "b").setup;
    EXPECT_EQ(merge(base, other, false).notifications.ceiling, 3);
    EXPECT_EQ(merge(base, other, true).notifications, NotificationSettings());
    const auto changes = difference(base, merge(base, other, true));
    ASSERT_EQ(changes.size(), 2u);
    EXPECT_EQ(changes[1].kind, "notifications");
}

}  // namespace
}  // namespace rasid
