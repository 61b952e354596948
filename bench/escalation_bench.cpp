#include "daemon/escalator.hpp"
#include "escalation/route.hpp"
#include "storage/storage_threads.hpp"
#include "tests/support/fake_random.hpp"
#include "tests/support/temp_folder.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

// 100,000 live tickets with two running clocks each, in a real database: what a tick of the daemon's escalator costs,
// how late it is, and how long it takes to catch up. `./dev bench escalation`; docs/performance.md keeps the results.

namespace {

using namespace rasid;
using namespace std::chrono_literals;

constexpr int kTickets = 100'000;
constexpr Duration kSpread = 10h;      // over which they fall due
constexpr int kSeconds = 600;          // of a day like any other
constexpr int kBurst = 1'000;          // that fall due at one moment
constexpr double kLateLimitMs = 1000;  // p99
constexpr double kCatchUpLimitMs = 5000;
const Instant kBegin = *parse_rfc3339("2026-03-01T00:00:00Z");

class MovedClock final : public Clock {
public:
    Instant now() const override { return at; }
    Instant at = kBegin;
};

Setup house() {
    Setup setup;
    setup.people = {{.id = "p-sara", .name = "Sara", .email = "sara@example.org"}};
    setup.ladders = {{.name = "care", .steps = {{.at_percent = 100, .to = "person:Sara"}}}};
    setup.queues = {{.name = "care", .targets = {.first_response = 1h, .resolution = 1000h}, .ladder = "care"}};
    return setup;
}

double cpu_ms() { return 1e3 * static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

double wall_ms() {
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

double resident_mb() {
    std::ifstream file("/proc/self/statm");
    long pages = 0;
    file >> pages >> pages;
    return static_cast<double>(pages) * 4096 / 1e6;
}

/// A ticket whose first response is due at `due`.
TicketChange ticket_due(const Policies& policies, int number, Instant due, Random& random) {
    Mention mention{.key = {"mastodon", "https://social.example/" + std::to_string(number)},
                    .source = "fedi",
                    .text = "The coffee in the branch at the corniche was cold, as ever."};
    mention.author = {.handle = "somebody_" + std::to_string(number), .name = "Somebody", .followers = 120};
    mention.created_at = due - 1h;
    Verdict verdict;
    verdict.queue = "care";
    verdict.rules = {"complaints"};
    const TicketContext context{.mention_id = "m" + std::to_string(number), .since = kBegin - 100h};
    auto change = route(policies, mention, verdict, context, random, std::max(kBegin, due - 1h)).value();
    return change;
}

class Bench {
public:
    Bench() : storage_(loop_.get_executor(), StoreOptions{"sqlite:" + path(), false}) {
        auto decisions = std::make_shared<Decisions>();
        decisions->policies = policies_of(house());
        decisions_ = std::move(decisions);
    }

    std::string path() const { return folder_.file("rasid.db"); }

    void fill(int count, const std::function<Instant(int)>& due_of) {
        constexpr int kAtOnce = 1000;
        for (int first = 0; first < count; first += kAtOnce) {
            await(storage_.write([&](Store& store) {
                for (int i = first; i < std::min(count, first + kAtOnce); ++i)
                    store.apply(ticket_due(decisions_->policies, made_++, due_of(i), random_), {}, {});
                return true;
            }));
        }
    }

    /// Everything that is due at `now`; how many tickets changed.
    int tick(Instant now) {
        clock_.at = now;
        int all = 0;
        for (;;) {
            const int changed = await(escalator_.tick());
            if (changed == 0) return all;
            all += changed;
        }
    }

private:
    template <typename T>
    T await(Task<T> task) {
        auto future = boost::asio::co_spawn(loop_, std::move(task), boost::asio::use_future);
        loop_.restart();
        while (future.wait_for(0s) != std::future_status::ready) loop_.run_one();
        return future.get();
    }

    TempFolder folder_;
    boost::asio::io_context loop_;
    StorageThreads storage_;
    MovedClock clock_;
    FakeRandom random_;
    Metrics metrics_;
    std::shared_ptr<const Decisions> decisions_;
    int made_ = 0;
    Escalator escalator_{EscalatorEnv{storage_, clock_, random_, metrics_, [this] { return decisions_; },
                                      [](std::string_view) { return std::string(); },
                                      [](const Ticket&, std::string_view) {}, [] {}}};
};

double at(std::vector<double> laps, double share) {
    std::ranges::sort(laps);
    return laps[static_cast<std::size_t>(share * static_cast<double>(laps.size() - 1))];
}

}  // namespace

int main() {
    Bench bench;
    const double before_mb = resident_mb();
    auto begin = wall_ms();
    bench.fill(kTickets, [](int i) { return kBegin + 1min + kSpread * i / kTickets; });
    std::printf("%d open tickets, filled in %.0f s, database %.0f MB\n", kTickets, (wall_ms() - begin) / 1e3,
                static_cast<double>(std::filesystem::file_size(bench.path())) / 1e6);

    double cpu = cpu_ms();
    constexpr int kIdle = 1000;
    for (int i = 0; i < kIdle; ++i) bench.tick(kBegin);
    const double idle = (cpu_ms() - cpu) / kIdle;
    std::printf("a tick with nothing due             %8.3f ms CPU: %.3f %% of a core\n", idle, idle / 10);

    std::vector<double> late;
    int changed = 0;
    cpu = cpu_ms();
    for (int second = 0; second < kSeconds; ++second) {
        begin = wall_ms();
        const int now = bench.tick(kBegin + 1min + std::chrono::seconds(second));
        for (int i = 0; i < now; ++i) late.push_back(wall_ms() - begin);
        changed += now;
    }
    const double busy = (cpu_ms() - cpu) / kSeconds;
    const double p99 = at(late, 0.99);
    std::printf("%d s with %d tickets falling due      %8.3f ms CPU a second: %.2f %% of a core\n", kSeconds, changed,
                busy, busy / 10);
    std::printf("  on record after they were due     p50 %6.1f ms  p99 %6.1f ms  (limit %.0f ms)\n", at(late, 0.5), p99,
                kLateLimitMs);

    const Instant evening = kBegin + 20h;
    bench.fill(kBurst, [&](int) { return evening + 30min; });
    bench.tick(evening);  // what fell due while the bench was busy
    begin = wall_ms();
    const int burst = bench.tick(evening + 30min);
    const double burst_ms = wall_ms() - begin;
    std::printf("%d tickets due at one moment         %8.0f ms  (limit %.0f ms)\n", burst, burst_ms, kLateLimitMs);

    bench.fill(5 * kBurst, [&](int) { return evening + 1h; });
    begin = wall_ms();
    const int missed = bench.tick(evening + 2h);
    const double missed_ms = wall_ms() - begin;
    std::printf("%d tickets missed while it was down  %8.0f ms  (limit %.0f ms)\n", missed, missed_ms, kCatchUpLimitMs);
    std::printf("memory                               %8.0f MB more than before\n", resident_mb() - before_mb);
    return p99 < kLateLimitMs && burst_ms < kLateLimitMs && missed_ms < kCatchUpLimitMs ? 0 : 1;
}
