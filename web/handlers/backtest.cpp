#include "web/handlers/handlers.hpp"
#include "web/json_members.hpp"
#include "web/rule_backtest.hpp"
#include "web/setup_items.hpp"

#include <algorithm>

namespace rasid::handlers {
namespace {

constexpr std::chrono::seconds kDeadline{12};

/// The rule of a request, refused as PUT of it would be.
std::optional<Response> read_rule(const Request& request, const Setup& setup, JsonView item, ParsedSetup& parsed) {
    if (!item.is_object()) return problem(400, "bad_request", "`rule` is an object with the members of a rule");
    if (const auto unknown = unknown_member("rules", item))
        return problem(400, "bad_request", "the member `" + *unknown + "` of the rule is unknown here");
    parsed = read_setup_item("rules", "new rule", item);
    if (!parsed.errors.empty()) return refused_setup(parsed.errors);
    const auto& rule = parsed.setup.rules.front();
    if (!sees_brand(request.person(), rule.brand) && !rule.brand.empty())
        return problem(403, "forbidden", "this does not belong to your brands");
    if (!rule.queue.empty() && !find_named(setup.queues, rule.queue))
        return refused_setup({{{}, "there is no queue `" + rule.queue + "`"}});
    return std::nullopt;
}

enum class Ended { complete, out_of_time, superseded, too_busy };

/// Tries the rule day by day: a read and a piece of work a day, so that nobody else waits long for either.
Task<Ended> try_days(Site& site, const Request& request, RuleBacktest& backtest, std::vector<TriedDay> days) {
    const auto person = request.person();
    const auto run = ++site.backtests[person.id];
    const auto until = site.clock.now() + kDeadline;
    const bool with_customers = backtest.trial().asks_for_customer();
    for (const auto& day : days) {
        if (site.clock.now() > until) co_return Ended::out_of_time;
        const auto read = [&](Reader& reader) {
            return heard_between(reader, person.brands, day.from, day.to, with_customers);
        };
        const auto heard = co_await site.database.read(read);
        const auto work = [&] {
            backtest.add(day, heard);
            return true;
        };
        const auto done = co_await site.accounts.workers().run(work);
        if (!done) co_return Ended::too_busy;
        if (site.backtests[person.id] != run) co_return Ended::superseded;
    }
    co_return Ended::complete;
}

/// What the rule would do to its queue over the days that were tried; nullopt: too busy.
Task<std::optional<QueueForecast>> forecast_of(Site& site, const Request& request, RuleBacktest& backtest) {
    const auto& rule = backtest.rule();
    const auto workspace = site.workspace;
    const auto person = request.person();
    const auto now = site.clock.now();
    const auto from = backtest.days().back().from;
    const auto read = [&](Reader& reader) { return arrivals_of(reader, person, rule.queue, from, now); };
    const auto present = co_await site.database.read(read);
    const auto work = [&] {
        backtest.count_present(present);
        const auto opened = backtest.opened();
        return forecast(workspace->policies, rule, present, opened, now);
    };
    auto made = co_await site.accounts.workers().run(work);
    co_return made;
}

}  // namespace

Task<Response> post_rule_backtest(Site& site, const Request& request) {
    JsonMembers in(request);
    const auto item = in.value("rule");
    const auto asked = in.value("days");
    if (auto refused = in.refuse()) co_return std::move(*refused);
    const auto count = asked.exists() ? asked.integer().value_or(0) : static_cast<std::int64_t>(kTrialDays);
    if (count < 1 || count > static_cast<std::int64_t>(kTrialDays))
        co_return problem(400, "bad_request", "`days` is 1 to 30");
    ParsedSetup parsed;
    if (auto refused = read_rule(request, site.workspace->setup, item, parsed)) co_return std::move(*refused);
    auto authors = co_await site.database.read([](Reader& reader) { return muted_authors(reader); });
    RuleBacktest backtest(parsed.setup.rules.front(), std::move(authors));
    if (auto errors = backtest.trial().errors(); !errors.empty()) {
        place_in_query(errors, parsed.setup);
        co_return refused_setup(errors);
    }
    auto days = last_days(site.config.time_zone, static_cast<std::size_t>(count), site.clock.now());
    const auto ended = co_await try_days(site, request, backtest, std::move(days));
    if (ended == Ended::superseded)
        co_return problem(409, "superseded", "the same person tried another rule meanwhile");
    if (ended == Ended::too_busy) co_return throttled(std::chrono::seconds(1));
    std::optional<QueueForecast> forecast;
    if (backtest.routes() && !backtest.days().empty()) {
        forecast = co_await forecast_of(site, request, backtest);
        if (!forecast) co_return throttled(std::chrono::seconds(1));
    }
    JsonWriter out;
    write_backtest(out, backtest, forecast, ended == Ended::complete, !request.person().brands.empty());
    co_return json_response(std::move(out).take());
}

}  // namespace rasid::handlers
