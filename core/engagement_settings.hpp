#pragma once

#include "core/customer.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace rasid {

/// What an installation decided about its customers: the days of their plans, cases, surveys and scores. The values
/// here are the shipped ones.
struct EngagementSettings {
    std::string calendar = {};            ///< whose working days plans keep; empty: Sunday to Thursday
    std::vector<QuietPeriod> quiet = {};  ///< silence towards everybody
    bool newsletters_by_consent_only = false;

    bool cases_without_ticket = true;  ///< a negative post that opens no ticket opens a case all the same
    Duration same_thing_within = std::chrono::days(7);

    Duration survey_period = std::chrono::days(90);  ///< at most one question to a customer in this time
    Duration survey_valid_for = std::chrono::days(14);
    std::optional<Duration> nps_every = {};  ///< asked of every customer at this distance; absent: never
    std::optional<Duration> ces_every = {};

    std::vector<double> rfm_weights = {0.4, 0.3, 0.3};      ///< recency, frequency, money; they sum to 1
    std::vector<double> recency_days = {30, 90, 180, 365};  ///< days since the last purchase
    std::vector<double> frequency = {2, 4, 8, 12};          ///< purchases in the window
    std::vector<double> money = {100, 500, 1500, 3000};     ///< spent in the window
    std::string currency = {};                              ///< empty: that of most of a customer's purchases
    int window_days = 365;
    int lost_after_days = 365;                       ///< who bought nothing for this long is no customer any more
    std::map<std::string, double> familiarity = {};  ///< k by kind of contact, in place of the shipped one

    bool operator==(const EngagementSettings&) const = default;
};

class TomlReader;

/// Reads the table [engagement]; what it does not name stays as it is shipped. Errors go to the reader.
EngagementSettings read_engagement(TomlReader& in);

/// Its lines in TOML: what differs from the shipped values, empty where nothing does.
std::string print_engagement(const EngagementSettings& settings);

}  // namespace rasid
