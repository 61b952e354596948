#pragma once

#include "core/failure.hpp"
#include "core/pilot.hpp"
#include "core/setup.hpp"
#include "core/survey.hpp"
#include "core/touch.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace rasid {

enum class Arm { old_template, changed_template };

/// Which template a customer of the segment gets: drawn by name and id, always the same, and the same for all who are
/// drawn already when the share grows.
Arm arm_of(const Pilot& pilot, std::string_view customer);

/// How one customer fared while the pilot ran.
struct CustomerOutcome {
    int due = 0;  ///< touches that fell due
    int done = 0;
    bool answered = false;  ///< wrote to us or answered a survey
    bool praised = false;
    bool complained = false;
    bool referred = false;
    std::optional<int> nps = {};  ///< newest answer
};

CustomerOutcome outcome_of(std::span<const PlannedTouch> touches, std::span<const LedgerEntry> ledger,
                           std::span<const Survey> surveys, std::span<const BadExperience> cases, const Pilot& pilot,
                           Date today);

/// A mean over customers with its 95 % interval.
struct Measured {
    int customers = 0;
    double mean = 0;
    double low = 0;
    double high = 0;
};

struct Comparison {
    std::string measure = {};  ///< done rate | answered | praised | complained | referred | NPS
    Measured changed = {};
    Measured old = {};
    double difference = 0;  ///< changed − old, with its interval
    double low = 0;
    double high = 0;
    std::string verdict = {};  ///< "better", "worse", "no difference shown", "too few to tell (12 and 9, 30 needed)"
};

/// Measure by measure. Every customer counts once, for the touches of one are not independent of each other; two
/// made-up customers at both ends of the scale keep small groups from looking certain; under 30 customers an arm says
/// nothing. Six measures are looked at: one of twenty such intervals misses by chance alone.
std::vector<Comparison> compare(std::span<const CustomerOutcome> changed, std::span<const CustomerOutcome> old);

}  // namespace rasid
