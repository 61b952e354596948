#include "engagement/plan.hpp"
#include "engagement/plan_progress.hpp"
#include "engagement/relay.hpp"

#include <benchmark/benchmark.h>

#include <random>
#include <string>
#include <vector>

namespace {

using namespace rasid;
using namespace std::chrono_literals;

constexpr Date kNoStart{std::chrono::year(1), std::chrono::month(1), std::chrono::day(1)};

/// Customers as they come: some with a birthday, a few occasions, a purchase, a refusal, a silence.
std::vector<Customer> invented_customers(std::size_t count) {
    std::mt19937 random(33);
    const auto pick = [&](unsigned most) { return static_cast<int>(random() % (most + 1)); };
    const auto date = [&](int year) { return Date(std::chrono::year(year) / (pick(11) + 1) / (pick(27) + 1)); };
    std::vector<Customer> customers(count);
    for (std::size_t i = 0; i < count; ++i) {
        auto& customer = customers[i];
        customer.id = "01HZ" + std::to_string(1'000'000'000'000'000'000U + i) + "ABC";
        customer.emails = {"customer@example.org"};
        if (pick(1) == 1) customer.birthday = date(1970 + pick(40));
        for (const auto& occasion : shipped_occasions()) {
            if (pick(3) == 0) customer.occasions.push_back(occasion.key);
        }
        if (pick(1) == 1) customer.purchases.push_back({date(2024), 10'000, "SAR"});
        if (pick(9) == 0) customer.consents.push_back({.channel = "phone", .granted = false});
        if (pick(9) == 0) customer.quiet.push_back({2027y / 7 / 1, 2027y / 7 / 31, "away"});
    }
    return customers;
}

/// The years of 100,000 customers, one load for all: what an installation does in December.
void lay_out_years(benchmark::State& state) {
    const auto customers = invented_customers(static_cast<std::size_t>(state.range(0)));
    const auto plan = default_plan();
    const YearFrame frame(2027);
    std::size_t touches = 0;
    for (auto _ : state) {
        DayLoad load(2027);
        for (const auto& customer : customers) {
            const auto year = lay_out_year(plan, customer, frame, kNoStart, &load);
            load.add(year.touches);
            touches += year.touches.size();
        }
        benchmark::DoNotOptimize(load);
    }
    const auto laid = static_cast<double>(state.iterations() * state.range(0));
    state.SetItemsProcessed(state.iterations() * state.range(0));
    state.counters["touches_per_customer"] = static_cast<double>(touches) / laid;
    state.counters["s_per_customer"] =
        benchmark::Counter(laid, benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}
BENCHMARK(lay_out_years)->Arg(1'000)->Arg(100'000)->Unit(benchmark::kMillisecond);

/// One customer's year laid anew because of a silence.
void lay_out_one_anew(benchmark::State& state) {
    PlanState plan{.customer = invented_customers(1).front()};
    const YearFrame frame(2027);
    plan.touches = lay_out_year(default_plan(), plan.customer, frame, kNoStart).touches;
    plan.customer.quiet = {{2027y / 9 / 1, 2027y / 9 / 30, "away"}};
    for (auto _ : state)
        benchmark::DoNotOptimize(
            lay_out_anew(plan, default_plan(), frame, 2027y / 6 / 1, "he asked for silence", Instant{}));
}
BENCHMARK(lay_out_one_anew)->Unit(benchmark::kMicrosecond);

void summarise_one(benchmark::State& state) {
    const auto touches = lay_out_year(default_plan(), invented_customers(1).front(), 2027, kNoStart);
    for (auto _ : state) benchmark::DoNotOptimize(progress_of(touches, 2027y / 6 / 1));
}
BENCHMARK(summarise_one)->Unit(benchmark::kMicrosecond);

}  // namespace

BENCHMARK_MAIN();
