#include "engagement/pilot.hpp"

#include "engagement/explanation.hpp"
#include "engagement/plan_progress.hpp"
#include "engagement/stable_hash.hpp"

#include <algorithm>
#include <cmath>

namespace rasid {
namespace {

constexpr double kZ = 1.959964;  ///< 95 % of a normal distribution
constexpr int kEnough = 30;

struct Measure {
    std::string_view name;
    double lowest;
    double highest;
    bool more_is_better;
    std::optional<double> (*value)(const CustomerOutcome&);
};

std::optional<double> share(bool yes) { return yes ? 1.0 : 0.0; }

const std::vector<Measure>& measures() {
    static const std::vector<Measure> all = {
        {"done rate", 0, 1, true,
         [](const CustomerOutcome& each) -> std::optional<double> {
             if (each.due == 0) return std::nullopt;
             return static_cast<double>(each.done) / each.due;
         }},
        {"answered", 0, 1, true, [](const CustomerOutcome& each) { return share(each.answered); }},
        {"praised", 0, 1, true, [](const CustomerOutcome& each) { return share(each.praised); }},
        {"complained", 0, 1, false, [](const CustomerOutcome& each) { return share(each.complained); }},
        {"referred", 0, 1, true, [](const CustomerOutcome& each) { return share(each.referred); }},
        {"NPS", -100, 100, true,
         [](const CustomerOutcome& each) -> std::optional<double> {
             if (!each.nps) return std::nullopt;
             return *each.nps >= 9 ? 100.0 : *each.nps <= 6 ? -100.0 : 0.0;
         }},
    };
    return all;
}

struct Sample {
    int count = 0;
    double mean = 0;
    double centre = 0;    ///< of the interval: the mean with the two made-up ones
    double variance = 0;  ///< of the centre
};

Sample sample_of(std::span<const CustomerOutcome> customers, const Measure& measure) {
    std::vector<double> values;
    for (const auto& customer : customers) {
        if (const auto value = measure.value(customer)) values.push_back(*value);
    }
    Sample sample{.count = static_cast<int>(values.size())};
    const auto mean_of = [](const std::vector<double>& list) {
        double sum = 0;
        for (const double value : list) sum += value;
        return list.empty() ? 0.0 : sum / static_cast<double>(list.size());
    };
    sample.mean = mean_of(values);
    values.push_back(measure.lowest);
    values.push_back(measure.highest);
    sample.centre = mean_of(values);
    double squares = 0;
    for (const double value : values) squares += (value - sample.centre) * (value - sample.centre);
    const auto n = static_cast<double>(values.size());
    sample.variance = squares / (n - 1) / n;
    return sample;
}

Measured measured(const Sample& sample, const Measure& measure) {
    const double half = kZ * std::sqrt(sample.variance);
    return {.customers = sample.count,
            .mean = sample.mean,
            .low = std::max(measure.lowest, std::min(sample.mean, sample.centre - half)),
            .high = std::min(measure.highest, std::max(sample.mean, sample.centre + half))};
}

bool within(Date day, const Pilot& pilot, Date today) {
    return pilot.from <= day && day <= std::min(today, pilot.until.value_or(today));
}

}  // namespace

Arm arm_of(const Pilot& pilot, std::string_view customer) {
    const double drawn = StableHash().add("pilot/").add(pilot.name).add("/").add(customer).fraction();
    return drawn < pilot.share ? Arm::changed_template : Arm::old_template;
}

CustomerOutcome outcome_of(std::span<const PlannedTouch> touches, std::span<const LedgerEntry> ledger,
                           std::span<const Survey> surveys, std::span<const BadExperience> cases, const Pilot& pilot,
                           Date today) {
    CustomerOutcome outcome;
    for (const auto& touch : touches) {
        const bool was_owed = touch.state == TouchState::done || is_owed(touch, touches);
        if (!counts_in_plan(touch.kind) || !was_owed || !within(touch.due_on, pilot, today)) continue;
        ++outcome.due;
        if (touch.state == TouchState::done) ++outcome.done;
    }
    for (const auto& entry : ledger) {
        if (!within(utc_date(entry.at), pilot, today)) continue;
        if (entry.kind == "referral") outcome.referred = true;
        if (entry.direction != Direction::inbound) continue;
        outcome.answered = true;
        if (entry.polarity == Polarity::positive) outcome.praised = true;
    }
    for (const auto& each : cases) outcome.complained |= within(utc_date(each.opened_at), pilot, today);
    std::optional<Instant> newest;
    for (const auto& survey : surveys) {
        if (!survey.answered_at || !within(utc_date(*survey.answered_at), pilot, today)) continue;
        outcome.answered = true;
        if (survey.kind != SurveyKind::nps || !survey.score || (newest && *survey.answered_at < *newest)) continue;
        newest = survey.answered_at;
        outcome.nps = survey.score;
    }
    return outcome;
}

std::vector<Comparison> compare(std::span<const CustomerOutcome> changed, std::span<const CustomerOutcome> old) {
    std::vector<Comparison> table;
    for (const auto& measure : measures()) {
        const auto left = sample_of(changed, measure);
        const auto right = sample_of(old, measure);
        const double half = kZ * std::sqrt(left.variance + right.variance);
        Comparison line{.measure = std::string(measure.name),
                        .changed = measured(left, measure),
                        .old = measured(right, measure),
                        .difference = left.mean - right.mean,
                        .low = left.centre - right.centre - half,
                        .high = left.centre - right.centre + half};
        if (left.count < kEnough || right.count < kEnough)
            line.verdict = "too few to tell (" + std::to_string(left.count) + " and " + std::to_string(right.count) +
                           ", " + std::to_string(kEnough) + " needed)";
        else if (line.low <= 0 && line.high >= 0)
            line.verdict = "no difference shown";
        else
            line.verdict = (line.low > 0) == measure.more_is_better ? "better" : "worse";
        table.push_back(std::move(line));
    }
    return table;
}

}  // namespace rasid
