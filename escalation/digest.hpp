#pragma once

#include "core/counted_mention.hpp"
#include "core/ticket.hpp"
#include "escalation/digest_schedule.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace rasid {

enum class DigestKind { daily, weekly };
std::string_view to_string(DigestKind kind);

/// Whole local days [from, to) that a digest tells of.
struct DigestPeriod {
    Instant from = {};
    Instant to = {};
    std::vector<Instant> bars = {};  ///< beginnings of the spans that are drawn: two hours of one day, else days
    Instant before = {};             ///< since when the days begin with which they are compared: as many, up to `from`

    bool operator==(const DigestPeriod&) const = default;
};

/// What the digest that is due at `moment` tells of. A daily one covers every day since the one before (`previous`; at
/// most 31 days, without one yesterday), a weekly one the week that ended last. nullopt: there is no such zone.
std::optional<DigestPeriod> digest_period(DigestKind kind, const DigestSchedule& schedule, const std::string& time_zone,
                                          std::optional<Instant> previous, Instant moment);

/// Figures of one brand in a period.
struct BrandFigures {
    std::int64_t mentions = 0;
    std::int64_t negative = 0;
    std::int64_t positive = 0;
    std::int64_t opened = 0;
    std::int64_t resolved = 0;
    std::int64_t answered = 0;          ///< first responses given
    std::int64_t answered_in_time = 0;  ///< of them
    std::int64_t late = 0;              ///< tickets that missed a target

    bool operator==(const BrandFigures&) const = default;
};

/// What became of one brand in a period.
struct BrandDigest : BrandFigures {
    struct Bar {
        std::int64_t mentions = 0;
        std::int64_t negative = 0;
    };
    struct QueueLine {
        std::int64_t opened = 0;
        std::int64_t late = 0;
        std::int64_t open = 0;  ///< at the end of the period
    };
    std::int64_t open = 0;
    std::vector<Bar> bars = {};                      ///< one for each of the period's
    std::map<std::string, QueueLine> queues = {};    ///< by name
    std::map<std::string, std::int64_t> rules = {};  ///< mentions that each rule hit
    BrandFigures before = {};                        ///< of the days with which these are compared

    bool nothing() const { return mentions + opened + resolved + late + open == 0; }
};

/// Counts the mentions and tickets of a period by brand.
class DigestCount {
public:
    explicit DigestCount(DigestPeriod period) : period_(std::move(period)) {}

    /// One outside the period and the days before counts nothing.
    void mention(const CountedMention& mention);
    void ticket(const Ticket& ticket);

    /// By brand; an empty name: of no brand. A brand of which there is nothing to tell is left out.
    std::map<std::string, BrandDigest> take() &&;

private:
    BrandDigest& of(const std::string& brand);

    DigestPeriod period_;
    std::map<std::string, BrandDigest> brands_;
    std::map<std::string, BrandFigures> before_;
};

}  // namespace rasid
