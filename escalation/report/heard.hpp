#pragma once

#include "core/counted_mention.hpp"
#include "core/setup.hpp"
#include "escalation/report/period.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace rasid {

struct PolarityCount {
    std::int64_t mentions = 0;
    std::int64_t negative = 0;
    std::int64_t positive = 0;

    std::int64_t neutral() const { return mentions - negative - positive; }
    void add(Polarity polarity);

    bool operator==(const PolarityCount&) const = default;
};

/// Mentions and how they lean, over time and by source.
class VolumeCount {
public:
    explicit VolumeCount(const ReportPeriod& period) : period_(period), hours(24) { days.resize(period.days.size()); }

    void add(const CountedMention& mention);  ///< one outside the period counts nothing

private:
    const ReportPeriod& period_;

public:
    PolarityCount total = {};
    std::vector<PolarityCount> days = {};
    std::vector<PolarityCount> hours;                                           ///< of the day
    std::map<std::pair<std::string, std::string>, PolarityCount> sources = {};  ///< by platform and source
};

/// Mentions by the tags of the rules that hit them.
class TagCount {
public:
    void add(const CountedMention& mention);
    /// The most negative ones first, then the most mentioned; at most so many.
    std::vector<std::pair<std::string, PolarityCount>> most(std::size_t count) const;

private:
    std::map<std::string, PolarityCount> tags_;
};

/// How much of what is said is said of whom. A brand is what rules name; those that are all tagged `competitor` watch
/// somebody else. A mention counts once for each brand that one of its rules names.
class VoiceCount {
public:
    struct Brand {
        std::string name = {};
        bool competitor = false;
        PolarityCount count = {};
        double share = 0;  ///< of the mentions of all of them, each counted for each brand
    };

    /// `brands`: own ones that are counted, none: all. Competitors always are.
    VoiceCount(const Setup& setup, const std::vector<std::string>& brands);

    void add(const CountedMention& mention);
    std::vector<Brand> brands() const;  ///< the most mentioned first; those that nobody mentions too

private:
    std::map<std::string, std::size_t, std::less<>> brand_of_rule_;
    std::vector<Brand> brands_;
};

/// Who reaches most.
class AuthorCount {
public:
    struct Author {
        std::string platform = {};
        std::string handle = {};
        std::string name = {};
        std::int64_t followers = 0;  ///< the most that the platform said in the period
        PolarityCount count = {};
        Instant last_at = {};
    };

    void add(const CountedMention& mention);  ///< one whose platform does not tell followers counts nothing
    std::vector<Author> most(std::size_t count) const;

private:
    void prune();

    std::map<std::pair<std::string, std::string>, Author> authors_;
};

}  // namespace rasid
