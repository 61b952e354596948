#include "core/setup_toml.hpp"
#include "tests/core/only_error.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace rasid {
namespace {

constexpr const char* kAllEngagement = R"([[calendar]]
name = "office"
time_zone = "Asia/Riyadh"
[[plan]]
name = "clients for life"
touches = [ { kind = "greeting_card", count = 7 } ]
occasions = ["eid_al_fitr", "national_day"]
value_items = [ { kind = "greeting_card", text = "وصفة" }, { kind = "call", text = "a \"tip\"" } ]
referral_steps = ["tell us a name", "we call"]
[engagement]
calendar = "office"
quiet = ["2026-03-01/2026-03-10=Ramadan starts"]
newsletters_by_consent_only = true
cases_without_ticket = false
same_thing_within = "3d"
survey_period = "30d"
survey_valid_for = "7d"
nps_every = "180d"
ces_every = "90d"
rfm_weights = [0.5, 0.25, 0.25]
recency_days = [7, 30]
frequency = [1, 2, 3]
money = [10, 20.5]
currency = "SAR"
window_days = 180
lost_after_days = 200
familiarity = { call = 0.3, newsletter = 0.01 }
)";

std::string engagement_error(const std::string& line) { return only_error("[engagement]\n" + line + "\n"); }

TEST(EngagementSettingsTest, every_setting_is_read_and_printed_back_byte_for_byte) {
    const auto parsed = parse_setup(kAllEngagement, "setup.toml");
    ASSERT_TRUE(parsed.errors.empty()) << to_string(parsed.errors.front());
    EXPECT_TRUE(check_references(parsed.setup).empty());
    const auto& settings = parsed.setup.engagement;
    EXPECT_EQ(settings.calendar, "office");
    ASSERT_EQ(settings.quiet.size(), 1u);
    EXPECT_EQ(settings.quiet.front().reason, "Ramadan starts");
    EXPECT_FALSE(settings.cases_without_ticket);
    EXPECT_EQ(settings.nps_every, Duration(std::chrono::days(180)));
    EXPECT_EQ(settings.money, (std::vector<double>{10, 20.5}));
    EXPECT_EQ(settings.familiarity.at("call"), 0.3);
    const auto& plan = parsed.setup.plans.front();
    EXPECT_EQ(plan.occasions.size(), 2u);
    EXPECT_EQ(plan.value_items.at(1).text, "a \"tip\"");
    EXPECT_EQ(plan.referral_steps.at(0), "tell us a name");

    const auto printed = print_setup(parsed.setup);
    const auto again = parse_setup(printed, "printed.toml");
    ASSERT_TRUE(again.errors.empty()) << to_string(again.errors.front()) << printed;
    EXPECT_EQ(again.setup, parsed.setup);
    EXPECT_EQ(print_setup(again.setup), printed);
}

TEST(EngagementSettingsTest, shipped_values_are_not_printed) {
    EXPECT_EQ(print_setup(rasid::Setup()), "");
    EXPECT_EQ(parse_setup("[engagement]\n", "setup.toml").setup.engagement, EngagementSettings());
}

TEST(EngagementSettingsTest, weights_that_do_not_sum_to_one_are_refused_at_their_place) {
    EXPECT_EQ(engagement_error("rfm_weights = [0.5, 0.5, 0.5]"),
              "setup.toml:2:15: three weights (recency, frequency, money) that sum to 1 are wanted, these sum to 1.5");
}

TEST(EngagementSettingsTest, what_makes_no_sense_is_refused) {
    EXPECT_NE(engagement_error("recency_days = [90, 30]").find("each greater"), std::string::npos);
    EXPECT_NE(engagement_error("recency_days = [\"30\"]").find("numbers without quotes"), std::string::npos);
    EXPECT_NE(engagement_error("survey_period = \"0s\"").find("longer than zero"), std::string::npos);
    EXPECT_NE(engagement_error("window_days = 0").find("1 to 3660"), std::string::npos);
    EXPECT_NE(engagement_error("quiet = [\"soon\"]").find("is no silence"), std::string::npos);
    EXPECT_NE(engagement_error("familiarity = { cal = 0.2 }").find("did you mean `call`"), std::string::npos);
    EXPECT_NE(engagement_error("familiarity = { call = 2 }").find("from 0 to 1"), std::string::npos);
    EXPECT_NE(engagement_error("calendar = \"nowhere\"").find("unknown calendar"), std::string::npos);
    EXPECT_NE(engagement_error("nps_ever = \"90d\"").find("nps_every"), std::string::npos);
}

TEST(EngagementSettingsTest, a_file_that_does_not_speak_of_it_leaves_it_alone) {
    rasid::Setup base;
    base.engagement.currency = "SAR";
    EXPECT_EQ(merge(base, {}, false).engagement.currency, "SAR");
    EXPECT_EQ(merge(base, {}, true).engagement.currency, "");
    rasid::Setup other;
    other.engagement.window_days = 100;
    EXPECT_EQ(merge(base, other, false).engagement.window_days, 100);
    const auto changes = difference(base, other);
    ASSERT_EQ(changes.size(), 1u);
    EXPECT_EQ(changes.front().kind, "engagement");
}

TEST(EngagementSettingsTest, the_example_of_the_setup_page_is_a_valid_setup) {
    std::ifstream file(RASID_SOURCE_DIR "/docs/setup.md");
    std::stringstream page;
    page << file.rdbuf();
    auto text = page.str();
    const auto begin = text.find("```toml\n");
    ASSERT_NE(begin, std::string::npos);
    text.erase(0, begin + 8);
    const auto parsed = parse_setup(text.substr(0, text.find("```")), "docs/setup.md");
    ASSERT_TRUE(parsed.errors.empty()) << to_string(parsed.errors.front());
    EXPECT_TRUE(check_references(parsed.setup).empty());
    auto engagement = parsed.setup.engagement;
    EXPECT_EQ(engagement.quiet.size(), 1u);
    // What the page says is shipped is.
    const EngagementSettings shipped;
    engagement.calendar.clear();
    engagement.quiet.clear();
    engagement.nps_every = engagement.ces_every = {};
    engagement.currency.clear();
    engagement.familiarity.clear();
    EXPECT_EQ(engagement, shipped);
    auto notifications = parsed.setup.notifications;
    EXPECT_EQ(notifications.calendar, "riyadh");
    notifications.calendar.clear();
    EXPECT_EQ(notifications, NotificationSettings());
}

}  // namespace
}  // namespace rasid
