#include "web/rule_backtest.hpp"

#include "core/customer.hpp"
#include "core/limits.hpp"
#include "escalation/local_instant.hpp"
#include "escalation/target_policy.hpp"
#include "web/copy_views.hpp"
#include "web/request.hpp"

#include <algorithm>
#include <cmath>

namespace rasid {
namespace {

/// A person who writes again so soon writes about the same thing.
constexpr std::chrono::hours kSameAuthor{24};
constexpr std::size_t kMostArrivals = 20000;

/// Tier and plan of the customers who wrote these.
void look_up_customers(Reader& reader, std::vector<TriedMention>& mentions) {
    std::set<std::string> ids;
    for (const auto& each : mentions)
        if (!each.stored.customer.empty()) ids.insert(each.stored.customer);
    std::map<std::string, Context::KnownCustomer> known;
    for (const auto& customer : reader.customers_by_id({ids.begin(), ids.end()}))
        known[customer.id] = {customer.id, customer.tier, customer.plan};
    for (auto& each : mentions) {
        const auto found = known.find(each.stored.customer);
        if (found != known.end()) each.customer = found->second;
    }
}

const TargetClock* first_response_of(const Ticket& ticket) {
    const auto clock = std::ranges::find(ticket.clocks, Target::first_response, &TargetClock::target);
    return clock == ticket.clocks.end() ? nullptr : &*clock;
}

std::int64_t whole(double number) { return std::llround(number); }

std::int64_t seconds_of(Duration duration) { return std::chrono::floor<std::chrono::seconds>(duration).count(); }

}  // namespace

std::vector<TriedDay> last_days(const std::string& time_zone, std::size_t count, Instant now) {
    std::vector<TriedDay> days;
    const auto* zone = find_zone(time_zone);
    if (!zone) zone = find_zone("UTC");
    const auto today = local_day(*zone, now);
    for (std::size_t back = 0; back < count; ++back) {
        const auto day = today - std::chrono::days(back);
        const auto next = local_instant(*zone, day + std::chrono::days(1), 0);
        days.push_back({.date = Date{std::chrono::sys_days(day.time_since_epoch())},
                        .from = local_instant(*zone, day, 0),
                        .to = std::min(next, now + std::chrono::microseconds(1))});
    }
    return days;
}

HeardDay heard_between(Reader& reader, const std::vector<std::string>& brands, Instant from, Instant to,
                       bool with_customers) {
    HeardDay day;
    for (auto end = to; end > from;) {
        const auto begin = std::max(from, end - std::chrono::hours(1));
        auto found = reader.mentions_stored(begin, end, kTriedOfHour);
        const auto read = static_cast<std::int64_t>(found.size());
        const auto heard = read < kTriedOfHour ? read : std::max(read, reader.mentions_stored_count(begin, end));
        day.heard += heard;
        day.read += read;
        for (auto& stored : found) {
            const bool seen =
                brands.empty() || std::find(brands.begin(), brands.end(), stored.verdict.brand) != brands.end();
            if (!seen) continue;
            day.mentions.push_back({std::move(stored), {}, static_cast<double>(heard) / static_cast<double>(read)});
        }
        end = begin;
    }
    if (with_customers) look_up_customers(reader, day.mentions);
    return day;
}

Authors muted_authors(Reader& reader) {
    Authors authors;
    for (auto& muted : reader.muted_authors()) authors.emplace(std::move(muted.platform), std::move(muted.handle));
    return authors;
}

void RuleBacktest::add(TriedDay day, const HeardDay& heard) {
    day.heard = heard.heard;
    day.read = heard.read;
    for (const auto& [stored, customer, weight] : heard.mentions) {
        const auto& rules = stored.verdict.rules;
        day.before += std::find(rules.begin(), rules.end(), rule_.name) != rules.end();
        Context context;
        context.customer = customer;
        auto hits = trial_.hits(stored.mention, context, stored.verdict);
        if (!hits) continue;
        ++day.hits;
        day.estimate += weight;
        if (samples_.size() < kTrialSamples) samples_.push_back({stored, std::move(*hits)});
        if (!would_open(stored)) continue;
        const auto& mention = stored.mention;
        const auto& platform = mention.key.platform;
        hitting_.push_back(
            {stored.stored_at, mention.conversation.empty() ? std::string() : platform + '\n' + mention.conversation,
             mention.author.handle.empty() ? std::string() : platform + '\n' + fold_handle(mention.author.handle),
             weight});
    }
    days_.push_back(day);
}

bool RuleBacktest::would_open(const StoredMention& stored) const {
    if (!routes() || stored.verdict.ignore || !stored.ticket.empty()) return false;
    return !muted_.contains({stored.mention.key.platform, fold_handle(stored.mention.author.handle)});
}

TriedDay* RuleBacktest::day_of(Instant at) {
    const auto day = std::ranges::find_if(days_, [&](const TriedDay& each) { return at >= each.from && at < each.to; });
    return day == days_.end() ? nullptr : &*day;
}

void RuleBacktest::count_present(const std::vector<QueueArrival>& arrivals) {
    for (const auto& arrival : arrivals)
        if (auto* day = day_of(arrival.at)) ++day->present;
}

std::vector<Instant> RuleBacktest::opened() {
    std::vector<Instant> opened;
    std::map<std::string, Instant> conversations;
    std::map<std::string, Instant> authors;
    double owed = 0;
    const auto since = [](std::map<std::string, Instant>& known, const std::string& key, Instant at, Duration within) {
        if (key.empty()) return false;
        const auto [entry, fresh] = known.try_emplace(key, at);
        if (fresh) return false;
        const bool joins = at - entry->second < within;
        entry->second = at;
        return joins;
    };
    for (auto hit = hitting_.rbegin(); hit != hitting_.rend() && opened.size() < kMostArrivals; ++hit) {
        const bool told = since(conversations, hit->conversation, hit->at, limits::kReopenWithin);
        const bool met = since(authors, hit->author, hit->at, kSameAuthor);
        if (told || met) continue;
        if (auto* day = day_of(hit->at)) day->added += hit->weight;
        for (owed += hit->weight; owed >= 1; owed -= 1) opened.push_back(hit->at);
    }
    return opened;
}

std::vector<QueueArrival> arrivals_of(Reader& reader, const Person& person, std::string_view queue, Instant from,
                                      Instant to) {
    std::vector<QueueArrival> arrivals;
    reader.each_ticket_of(from, to, [&](const Ticket& ticket) {
        if (ticket.queue != queue || ticket.opened_at < from || ticket.opened_at >= to) return;
        if (!sees_brand(person, ticket.brand) || arrivals.size() >= kMostArrivals) return;
        QueueArrival arrival{.at = ticket.opened_at};
        if (const auto* clock = first_response_of(ticket)) {
            arrival.at = clock->started_at;
            arrival.target = clock->length;
            arrival.answered_at = clock->met_at;
        }
        arrivals.push_back(arrival);
    });
    return arrivals;
}

QueueForecast forecast(const Policies& policies, const Rule& rule, const std::vector<QueueArrival>& present,
                       const std::vector<Instant>& opened, Instant now) {
    QueueForecast found{.queue = rule.queue};
    found.present = static_cast<std::int64_t>(present.size());
    found.added = static_cast<std::int64_t>(opened.size());
    const auto promises = targets_for(policies, rule.queue, rule.priority, "");
    const auto promise = std::ranges::find(promises, Target::first_response, &PromisedTarget::target);
    if (promise == promises.end()) return found;
    found.target = promise->length;
    found.calendar = promise->calendar.name;
    const auto* calendar = &promise->calendar;
    auto promised = present;
    std::erase_if(promised, [](const QueueArrival& each) { return each.target <= Duration::zero(); });
    found.speed = measure_handling(calendar, promised);
    if (!found.speed) return found;
    found.real = real_breaches(calendar, promised, now);
    found.present_model = expected_breaches(calendar, promised, found.speed->each);
    for (const auto at : opened) promised.push_back({at, promise->length, {}});
    found.with_rule = expected_breaches(calendar, std::move(promised), found.speed->each);
    return found;
}

namespace {

void write_forecast(JsonWriter& out, const QueueForecast& forecast) {
    out.object([&] {
        out.member("name", forecast.queue);
        out.member("present", forecast.present);
        out.member("added", forecast.added);
        out.key("target_seconds");
        if (!forecast.target)
            out.null();
        else
            out.value(seconds_of(*forecast.target));
        out.text_or_null("calendar", forecast.calendar);
        out.text_or_null("why_not", !forecast.target ? "no_target" : !forecast.speed ? "few_answers" : "");
        out.key("speed");
        if (!forecast.speed) {
            out.null();
            out.key("breaches");
            return out.null();
        }
        out.object([&] {
            out.member("seconds", seconds_of(forecast.speed->each));
            out.member("answers", forecast.speed->answers);
        });
        out.key("breaches");
        out.object([&] {
            out.member("real", forecast.real);
            out.member("model", forecast.present_model);
            out.member("with_rule", forecast.with_rule);
        });
    });
}

}  // namespace

void write_backtest(JsonWriter& out, const RuleBacktest& backtest, const std::optional<QueueForecast>& forecast,
                    bool complete, bool limited) {
    std::int64_t heard = 0;
    std::int64_t read = 0;
    for (const auto& day : backtest.days()) {
        heard += day.heard;
        read += day.read;
    }
    out.object([&] {
        out.member("heard", heard);
        out.member("read", read);
        out.member("complete", complete);
        out.member("limited", limited);
        out.objects("days", backtest.days(), [&](const TriedDay& day) {
            out.member("date", to_string(day.date));
            out.member("heard", day.heard);
            out.member("read", day.read);
            out.member("hits", day.hits);
            out.member("estimate", whole(day.estimate));
            out.member("before", day.before);
            out.member("present", day.present);
            out.member("added", whole(day.added));
        });
        out.objects("samples", backtest.samples(), [&](const RuleBacktest::Sample& sample) {
            write_mention_line(out, sample.stored, 0);
            out.objects("hits", sample.hits, [&](const Hit& hit) {
                out.member("start", hit.start);
                out.member("end", hit.end);
            });
        });
        out.key("queue");
        if (!forecast) return out.null();
        write_forecast(out, *forecast);
    });
}

}  // namespace rasid
