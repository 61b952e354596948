#include "core/incident.hpp"
#include "core/setup_toml.hpp"
#include "tests/core/only_error.hpp"

#include <gtest/gtest.h>

namespace rasid {
namespace {

using namespace std::chrono_literals;

constexpr const char* kAllIncidents = R"([incidents]
enabled = false
least = 12
volume_chance = 1e-08
negativity_chance = 0.0001
calm = "1h"
again = "6h"
longest = "24h"
)";

std::string incident_error(const std::string& line) { return only_error("[incidents]\n" + line + "\n"); }

TEST(IncidentSettingsTest, every_setting_is_read_and_printed_back_byte_for_byte) {
    const auto parsed = parse_setup(kAllIncidents, "setup.toml");
    ASSERT_TRUE(parsed.errors.empty()) << to_string(parsed.errors.front());
    const IncidentSettings wanted{false, 12, 1e-8, 1e-4, 1h, 6h, 24h};
    EXPECT_EQ(parsed.setup.incidents, wanted);
    EXPECT_EQ(print_setup(parse_setup(print_setup(parsed.setup), "printed.toml").setup), print_setup(parsed.setup));
    EXPECT_EQ(parse_setup(print_setup(parsed.setup), "printed.toml").setup, parsed.setup);
    EXPECT_EQ(print_incidents({}), "") << "shipped values are not printed";
}

TEST(IncidentSettingsTest, what_makes_no_sense_is_refused) {
    EXPECT_NE(incident_error("least = 1").find("from 2 to"), std::string::npos);
    EXPECT_NE(incident_error("volume_chance = 0.5").find("from 1e-12 to 0.01"), std::string::npos);
    EXPECT_NE(incident_error("negativity_chance = \"rare\"").find("a number without quotes"), std::string::npos);
    EXPECT_NE(incident_error("calm = \"1m\"").find("at least 5m"), std::string::npos);
    EXPECT_NE(incident_error("longest = \"1h\"").find("at least 2h"), std::string::npos);
    EXPECT_NE(incident_error("leest = 3").find("least"), std::string::npos);
}

TEST(IncidentSettingsTest, a_file_that_does_not_speak_of_it_leaves_it_alone) {
    rasid::Setup base;
    base.incidents.least = 9;
    EXPECT_EQ(merge(base, {}, false).incidents.least, 9);
    EXPECT_EQ(merge(base, {}, true).incidents, IncidentSettings());
    const auto changes = difference(base, {});
    ASSERT_EQ(changes.size(), 1u);
    EXPECT_EQ(changes.front().kind, "incidents");
}

TEST(SeriesTest, has_a_written_form_that_reads_back) {
    for (const auto* text : {"rule:late order", "tag:a:b", "source:x"}) {
        const auto series = parse_series(text);
        ASSERT_TRUE(series) << text;
        EXPECT_EQ(to_string(*series), text);
    }
    EXPECT_FALSE(parse_series("rule:"));
    EXPECT_FALSE(parse_series("late order"));
    EXPECT_FALSE(parse_series("topic:x"));
}

}  // namespace
}  // namespace rasid
