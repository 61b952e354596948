#include "engagement/plan.hpp"
#include "engagement/plan_progress.hpp"
#include "engagement/promises.hpp"
#include "engagement/relay.hpp"
#include "engagement/today.hpp"
#include "storage/sqlite_engine.hpp"
#include "storage/store.hpp"
#include "tests/support/temp_folder.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <map>
#include <random>
#include <string>
#include <vector>

// Laying out 100,000 customers' years, and one person's list of today out of all of their touches in a real database.
// `./dev bench engagement`; docs/performance.md keeps the results.

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

constexpr std::size_t kCustomers = 100'000;
constexpr std::size_t kPeople = 400;  ///< who keep 250 customers each
constexpr int kLists = 50;
constexpr double kLimitMs = 50;
constexpr Date kToday{2027y / 6 / 1};
const Instant kNow = std::chrono::sys_days(kToday) + 9h;

std::string person(std::size_t number) { return "person-" + std::to_string(number); }

double ms_since(std::chrono::steady_clock::time_point begin) {
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
}

void put_customers(Store& store, const std::vector<Customer>& customers) {
    store.transact([&] {
        for (const auto& customer : customers) {
            PlanChange change{.customer = customer.id};
            for (int i = 0; i < 3; ++i) {
                change.ledger.push_back({.id = customer.id + "/" + std::to_string(i),
                                         .customer = customer.id,
                                         .at = kNow - std::chrono::days(30 * (i + 1)),
                                         .channel = "mastodon",
                                         .kind = "mention",
                                         .text = "The coffee in the branch at the corniche was good, as ever."});
            }
            store.put_customer(customer);
            store.apply_plan(change);
        }
    });
}

/// The years of all customers with one prepared statement in one transaction. Of what was due before today, one in
/// twenty is late still. Returns how many rows.
std::size_t put_touches(Engine& engine, const std::vector<Customer>& customers) {
    const auto plan = default_plan();
    const YearFrame frame(2027);
    DayLoad load(2027);
    std::mt19937 random(7);
    std::size_t rows = 0;
    engine.begin(Engine::Access::write);
    for (std::size_t i = 0; i < customers.size(); ++i) {
        const auto year = lay_out_year(plan, customers[i], frame, kNoStart, &load);
        load.add(year.touches);
        for (const auto& touch : year.touches) {
            const bool done = touch.due_on < kToday && random() % 20 != 0;
            engine.run(R"sql(
                INSERT INTO touches (id, customer, year, kind, ordinal, due_on, state, reason, done_at, plan, channel, owner, occasion,
                                     follows, draft)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL, $9, $10, $11, $12, $13, ''))sql",
                       touch.id, touch.customer, touch.year, touch.kind, touch.ordinal, to_string(touch.due_on),
                       to_string(done ? TouchState::done : TouchState::planned), touch.reason, touch.plan,
                       touch.channel, person(i % kPeople), touch.occasion, touch.follows);
            ++rows;
        }
    }
    engine.commit();
    return rows;
}

/// As the page shows it: with briefs, contents and scores' inputs of every customer on the list.
std::size_t list_of(Reader& reader, const std::string& owner, const std::vector<PlanTemplate>& plans) {
    std::map<std::string, std::vector<PlannedTouch>> due;
    for (auto& touch : reader.touches_due(owner, kToday, {}, 1'000)) due[touch.customer].push_back(std::move(touch));
    std::vector<CustomerToday> customers;
    for (auto& [id, touches] : due) {
        const bool calls = std::ranges::any_of(touches, is_call);
        auto& customer = customers.emplace_back();
        customer.plan = plan_around(reader, std::move(touches)).value();
        if (!calls) continue;
        customer.ledger = reader.ledger(id, 100);
        customer.tickets = reader.tickets_of_customer(id, 10);
        customer.promises = fold_promises(reader.promise_events(id), kNow);
    }
    return list_of_today(customers, plans, owner, kToday, "en").size();
}

struct Laps {
    std::vector<double> ms = {};
    double at(double share) const { return ms[static_cast<std::size_t>(share * static_cast<double>(ms.size() - 1))]; }
};

template <typename Run>
Laps laps_of(Run run) {
    Laps laps;
    for (int i = 0; i < kLists; ++i) {
        const auto begin = std::chrono::steady_clock::now();
        run(person(static_cast<std::size_t>(i) * 7 % kPeople));
        laps.ms.push_back(ms_since(begin));
    }
    std::ranges::sort(laps.ms);
    return laps;
}

/// False: over the limit.
bool report_lists_of_today() {
    const TempFolder folder;
    const auto path = folder.file("rasid.db");
    const StoreOptions options{.url = "sqlite:" + path};
    const auto customers = invented_customers(kCustomers);
    put_customers(*open_store(options), customers);
    const auto begin = std::chrono::steady_clock::now();
    const auto rows = put_touches(*open_sqlite(path, false), customers);
    std::printf("\n%zu touches of %zu customers, loaded in %.0f s\n", rows, customers.size(), ms_since(begin) / 1e3);

    const auto reader = open_reader(options);
    const std::vector<PlanTemplate> plans = {default_plan()};
    std::size_t due = 0;
    std::size_t listed = 0;
    const auto found =
        laps_of([&](const std::string& owner) { due += reader->touches_due(owner, kToday, {}, 1'000).size(); });
    const auto whole = laps_of([&](const std::string& owner) { listed += list_of(*reader, owner, plans); });
    std::printf("database %.0f MB; %zu touches on a list on average\n",
                static_cast<double>(std::filesystem::file_size(path)) / 1e6, listed / kLists);
    std::printf("%-42s p50 %6.2f ms  p99 %6.2f ms\n", "what one person owes today", found.at(0.5), found.at(0.99));
    std::printf("%-42s p50 %6.2f ms  p99 %6.2f ms  (limit %.0f ms)\n", "his whole list, with briefs and contents",
                whole.at(0.5), whole.at(0.99), kLimitMs);
    return due == listed && whole.at(0.99) < kLimitMs;
}

}  // namespace

int main(int argc, char** argv) {
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
    benchmark::RunSpecifiedBenchmarks();
    return report_lists_of_today() ? 0 : 1;
}
