#pragma once

#include "core/json.hpp"
#include "escalation/breach_forecast.hpp"
#include "rules/rule_trial.hpp"
#include "storage/reader.hpp"
#include "web/workspace.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace rasid {

/// What a day of stored mentions is tried on: at most so many of each hour, the newest first.
inline constexpr int kTriedOfHour = 40;
inline constexpr std::size_t kTrialSamples = 20;
inline constexpr std::size_t kTrialDays = 30;  ///< at most so many days back

/// A mention that a rule is tried on, and for how many of its hour it stands.
struct TriedMention {
    StoredMention stored = {};
    std::optional<Context::KnownCustomer> customer = {};
    double weight = 1;
};

struct TriedDay {
    Date date = {};
    Instant from = {};
    Instant to = {};
    std::int64_t heard = 0;  ///< mentions of that day
    std::int64_t read = 0;   ///< of them, tried
    std::int64_t hits = 0;
    double estimate = 0;       ///< hits, had all been tried
    std::int64_t before = 0;   ///< of those tried, hit by the stored rule of that name when they were understood
    std::int64_t present = 0;  ///< tickets that the queue got
    double added = 0;          ///< tickets that the rule would have opened besides
};

/// The last days until now, newest first, as the calendar of that zone has them.
std::vector<TriedDay> last_days(const std::string& time_zone, std::size_t count, Instant now);

struct HeardDay {
    std::int64_t heard = 0;
    std::int64_t read = 0;
    std::vector<TriedMention> mentions = {};  ///< newest first; those that the person may see
};

/// Mentions stored in [from, to) that a person limited to these brands may see. Customers are looked up where a rule
/// asks for them.
HeardDay heard_between(Reader& reader, const std::vector<std::string>& brands, Instant from, Instant to,
                       bool with_customers);

/// Authors as (platform, folded handle).
using Authors = std::set<std::pair<std::string, std::string>>;
Authors muted_authors(Reader& reader);

/// A rule tried day by day, the newest first.
class RuleBacktest {
public:
    RuleBacktest(Rule rule, Authors muted) : rule_(std::move(rule)), trial_(rule_), muted_(std::move(muted)) {}

    const Rule& rule() const { return rule_; }
    bool routes() const { return !rule_.queue.empty() && !rule_.ignore; }
    const RuleTrial& trial() const { return trial_; }

    void add(TriedDay day, const HeardDay& heard);

    struct Sample {
        StoredMention stored = {};
        std::vector<Hit> hits = {};
    };
    const std::vector<Sample>& samples() const { return samples_; }  ///< newest first
    const std::vector<TriedDay>& days() const { return days_; }      ///< newest first

    /// Counts the queue's tickets into the days on which they came.
    void count_present(const std::vector<QueueArrival>& arrivals);

    /// Tickets that the rule would have opened besides those there are: hits that belong to no ticket, of authors who
    /// are not muted, not ignored, and not of a conversation or author that it opened one for shortly before. A hit
    /// that stands for several of its hour counts as often. Oldest first; their days count them.
    std::vector<Instant> opened();

private:
    bool would_open(const StoredMention& stored) const;
    TriedDay* day_of(Instant at);

    struct Hitting {
        Instant at = {};
        std::string conversation = {};
        std::string author = {};
        double weight = 1;
    };
    Rule rule_;
    RuleTrial trial_;
    Authors muted_;
    std::vector<TriedDay> days_;
    std::vector<Sample> samples_;
    std::vector<Hitting> hitting_;  ///< newest first
};

/// What the rule would do to its queue.
struct QueueForecast {
    std::string queue = {};
    std::optional<Duration> target = {};  ///< of its first response; absent: none is promised
    std::string calendar = {};            ///< empty: round the clock
    std::int64_t present = 0;
    std::int64_t added = 0;
    std::optional<HandlingSpeed> speed = {};
    int real = 0;           ///< breaches there were
    int present_model = 0;  ///< that the model finds without the rule
    int with_rule = 0;      ///< and with it
};

/// Tickets of a queue opened in [from, to), as the forecast takes them. Their day counts them.
std::vector<QueueArrival> arrivals_of(Reader& reader, const Person& person, std::string_view queue, Instant from,
                                      Instant to);

QueueForecast forecast(const Policies& policies, const Rule& rule, const std::vector<QueueArrival>& present,
                       const std::vector<Instant>& opened, Instant now);

/// The answer of docs/api.md; `limited`: the person does not see every brand.
void write_backtest(JsonWriter& out, const RuleBacktest& backtest, const std::optional<QueueForecast>& forecast,
                    bool complete, bool limited);

}  // namespace rasid
