#include "web/rule_backtest.hpp"

#include "daemon/commands/loaded_config.hpp"
#include "daemon/system_clock.hpp"
#include "daemon/terminal.hpp"
#include "web/setup_items.hpp"

#include <array>
#include <cmath>
#include <iomanip>
#include <iostream>

namespace rasid {
namespace {

/// The stored rule of that name or a rule of that query; nullopt after telling on stderr why there is none.
std::optional<Rule> asked_rule(const Invocation& invocation, const Setup& setup) {
    if (!invocation.query.empty()) {
        Rule rule;
        rule.name = "query";
        rule.query = invocation.query;
        rule.query_origin = {"query", 1, 0};
        return rule;
    }
    const auto* rule = find_named(setup.rules, invocation.name);
    if (rule) return *rule;
    std::cerr << "no rule is called `" << invocation.name << "`; see: rasid rule list\n";
    return std::nullopt;
}

std::optional<QueueForecast> forecast_of(Reader& reader, const Setup& setup, RuleBacktest& backtest, Instant now) {
    if (!backtest.routes()) return std::nullopt;
    const auto& rule = backtest.rule();
    const auto present = arrivals_of(reader, Person(), rule.queue, backtest.days().back().from, now);
    backtest.count_present(present);
    const auto opened = backtest.opened();
    return forecast(policies_of(setup), rule, present, opened, now);
}

std::int64_t whole(double number) { return std::llround(number); }

void print_days(const RuleBacktest& backtest) {
    std::cout << "date          heard    tried     hits estimate  tickets    added\n";
    for (const auto& day : backtest.days()) {
        std::cout << to_string(day.date);
        const std::array<std::int64_t, 6> numbers = {day.heard,           day.read,    day.hits,
                                                     whole(day.estimate), day.present, whole(day.added)};
        for (const auto number : numbers) std::cout << std::setw(9) << number;
        std::cout << "\n";
    }
}

void print_forecast(const QueueForecast& found) {
    std::cout << "queue " << found.queue << ": " << found.present << " tickets, " << found.added
              << " more with the rule\n";
    if (!found.target)
        std::cout << "  no first response is promised there\n";
    else if (!found.speed)
        std::cout << "  too few answers to tell what that does to the promise\n";
    else
        std::cout << "  breaches: " << found.real << " there were, " << found.present_model
                  << " expected without the rule, " << found.with_rule << " with it\n";
}

}  // namespace

int rule_backtest(const Invocation& invocation) {
    if (invocation.name.empty() == invocation.query.empty()) {
        std::cerr << "write the name of a rule, or --query and a query\n";
        return kUsage;
    }
    const auto config = load_config(invocation);
    if (!config) return kBadConfiguration;
    const auto reader = read_store(*config);
    if (!reader) return kFailed;
    const auto setup = reader->setup();
    const auto rule = asked_rule(invocation, setup);
    if (!rule) return kFailed;
    RuleBacktest backtest(*rule, muted_authors(*reader));
    auto errors = backtest.trial().errors();
    Setup alone;
    alone.rules = {*rule};
    if (!invocation.query.empty()) place_in_query(errors, alone);
    for (const auto& error : errors) std::cerr << to_string(error, terminal_language()) << "\n";
    if (!errors.empty()) return kFailed;

    const auto now = SystemClock().now();
    const bool with_customers = backtest.trial().asks_for_customer();
    for (const auto& day : last_days(config->time_zone, static_cast<std::size_t>(invocation.days), now))
        backtest.add(day, heard_between(*reader, {}, day.from, day.to, with_customers));
    const auto found = forecast_of(*reader, setup, backtest, now);
    if (invocation.json) {
        JsonWriter out;
        write_backtest(out, backtest, found, true, false);
        std::cout << out.text() << "\n";
        return kOk;
    }
    print_days(backtest);
    if (found) print_forecast(*found);
    return kOk;
}

}  // namespace rasid
