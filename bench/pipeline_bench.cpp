#include "bench/raw_rows.hpp"
#include "bench/recorded_pages.hpp"
#include "connectors/source_kind.hpp"
#include "connectors/sources/mastodon_status.hpp"
#include "connectors/sources/x_page.hpp"
#include "daemon/intake.hpp"
#include "storage/store.hpp"
#include "tests/support/fake_files.hpp"
#include "tests/support/fake_http.hpp"
#include "tests/support/fake_random.hpp"
#include "tests/support/fake_websocket.hpp"
#include "tests/support/run_task.hpp"
#include "tests/support/temp_folder.hpp"

#include <malloc.h>
#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <condition_variable>
#include <cstdio>
#include <ctime>
#include <mutex>
#include <queue>
#include <thread>

// What a mention costs from the platform's JSON to the durable row, beside a bare insertion of the same rows in the
// same run. `./dev bench pipeline [BATCHES]`; docs/performance.md keeps the results.

namespace rasid {
namespace {

constexpr std::size_t kBatch = 1000;  ///< posts committed together
constexpr std::size_t kRules = 10000;
constexpr int kRounds = 3;
const std::string kWatched = "نسمة";
const Instant kBegin = *parse_rfc3339("2026-03-01T10:00:00Z");

double seconds_of(clockid_t clock) {
    timespec now{};
    clock_gettime(clock, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

/// CPU time of the calling thread between two points.
class Stopwatch {
public:
    double lap() {
        const auto now = seconds_of(CLOCK_THREAD_CPUTIME_ID);
        const auto passed = now - since_;
        since_ = now;
        return passed;
    }

private:
    double since_ = seconds_of(CLOCK_THREAD_CPUTIME_ID);
};

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

/// A thousand posts as one platform sends them.
struct Batch {
    enum class Platform { mastodon, x, bluesky } platform = Platform::mastodon;
    std::vector<std::string> bodies = {};
};

std::vector<Batch> recorded(std::size_t count) {
    InventedPosts posts(7);
    RecordedPages pages(posts, kWatched, kBegin);
    std::vector<Batch> batches;
    for (std::size_t i = 0; i < count; ++i) {
        Batch batch{static_cast<Batch::Platform>(i % 3)};
        switch (batch.platform) {
        case Batch::Platform::mastodon:
            for (int page = 0; page < 25; ++page) batch.bodies.push_back(pages.mastodon(kBatch / 25));
            break;
        case Batch::Platform::x:
            for (int page = 0; page < 10; ++page) batch.bodies.push_back(pages.x(kBatch / 10));
            break;
        case Batch::Platform::bluesky:
            batch.bodies = pages.jetstream(kBatch);
            break;
        }
        batches.push_back(std::move(batch));
    }
    return batches;
}

/// A Jetstream that delivers what it is given.
class Firehose {
public:
    explicit Firehose(std::vector<std::string> words) {
        clock_.set(kBegin + std::chrono::hours(1));
        Options options;
        options.source = "firehose";
        options.values = {{"url", "ws://127.0.0.1/subscribe"}, {"page", std::to_string(kBatch)}};
        options.lists = {{"words", std::move(words)}};
        source_ = std::move(*find_source_kind("jetstream")->make(options, {http_, sockets_, clock_, random_, files_}));
        // The first poll connects.
        cursor_ = run_task(source_->poll({}))->next;
    }

    Page poll(const std::vector<std::string>& messages) {
        for (const auto& message : messages) sockets_.push(message);
        auto page = run_task(source_->poll(cursor_));
        cursor_ = page->next;
        return std::move(*page);
    }

private:
    FakeClock clock_;
    FakeHttp http_;
    FakeWebSockets sockets_{clock_};
    FakeRandom random_;
    FakeFiles files_;
    std::unique_ptr<Source> source_;
    Cursor cursor_;
};

/// The connectors' own reading of a batch.
class Reading {
public:
    Page read(const Batch& batch) {
        if (batch.platform == Batch::Platform::bluesky) return firehose_.poll(batch.bodies);
        Page page;
        for (const auto& body : batch.bodies) {
            const auto json = parse_json(body);
            if (batch.platform == Batch::Platform::x) {
                auto posts = read_x_page(json->root(), {.source = "x"});
                std::move(posts.mentions.begin(), posts.mentions.end(), std::back_inserter(page.mentions));
            } else {
                for (auto status : json->root().items())
                    if (auto read = read_status(status, mastodon_, known_)) page.mentions.push_back(read->mention);
            }
        }
        return page;
    }

private:
    Firehose firehose_{{kWatched, "nasma"}};
    MastodonReading mastodon_{.host = "social.example", .platform = "mastodon", .source = "mastodon"};
    MastodonCursor known_;
};

/// Ten thousand rules, of which one in a hundred opens tickets and the others tag.
Decisions decisions() {
    const auto terms = InventedPosts(11).terms(kRules * 2);
    std::vector<Rule> rules;
    for (std::size_t i = 0; i < kRules; ++i) {
        Rule rule;
        rule.name = "rule " + std::to_string(i);
        rule.query = '"' + terms[i * 2] + "\" OR \"" + terms[i * 2 + 1] + '"';
        rule.tags = {"tag " + std::to_string(i % 50)};
        if (i % 100 == 0) rule.queue = "care";
        rules.push_back(std::move(rule));
    }
    Queue care;
    care.name = "care";
    care.targets.first_response = std::chrono::minutes(15);
    care.targets.resolution = std::chrono::hours(8);
    Decisions result;
    result.rules = compile(rules).rules;
    result.policies.queues = {care};
    return result;
}

const SourceFacts kSource{.name = "bench", .since = kBegin - std::chrono::hours(1)};

struct Assessed {
    Page page = {};
    std::vector<Verdict> verdicts = {};
};

void commit(Store& store, const Decisions& made, const Assessed& batch, Random& random, Instant now) {
    store.transact([&] { take(store, decide(store, made, kSource, batch.page, batch.verdicts, random, now)); });
}

std::vector<Verdict> verdicts_of(const Decisions& made, const Page& page, const std::vector<Context>& contexts) {
    std::vector<Verdict> verdicts;
    verdicts.reserve(page.mentions.size());
    for (std::size_t i = 0; i < page.mentions.size(); ++i)
        verdicts.push_back(assess(made.rules, page.mentions[i], contexts[i]));
    return verdicts;
}

std::string url_of(const TempFolder& folder, const char* name) { return "sqlite:" + (folder.path() / name).string(); }

struct Costs {
    double read = 0;
    double customers = 0;
    double assess = 0;
    double commit = 0;
    double wall = 0;
};

Costs one_thread(const std::vector<Batch>& batches, const Decisions& made, const std::string& url) {
    const auto store = open_store({.url = url});
    Reading reading;
    FakeRandom random;
    Costs costs;
    auto now = kBegin;
    const auto began = seconds_of(CLOCK_MONOTONIC);
    for (const auto& batch : batches) {
        Stopwatch watch;
        Assessed assessed{.page = reading.read(batch)};
        costs.read += watch.lap();
        const auto contexts = contexts_of(*store, assessed.page.mentions, "");
        costs.customers += watch.lap();
        assessed.verdicts = verdicts_of(made, assessed.page, contexts);
        costs.assess += watch.lap();
        commit(*store, made, assessed, random, now += std::chrono::seconds(1));
        costs.commit += watch.lap();
    }
    costs.wall = seconds_of(CLOCK_MONOTONIC) - began;
    return costs;
}

/// Reading and assessing on the calling thread, the store on a thread of its own, as in the daemon.
double two_threads(const std::vector<Batch>& batches, const Decisions& made, const std::string& url) {
    const auto store = open_store({.url = url});
    const auto reader = open_reader({.url = url});
    std::mutex mutex;
    std::condition_variable changed;
    std::queue<Assessed> waiting;
    bool ended = false;
    constexpr std::size_t kWaiting = 4;

    const auto began = seconds_of(CLOCK_MONOTONIC);
    std::thread writer([&] {
        FakeRandom random;
        auto now = kBegin;
        for (;;) {
            std::unique_lock lock(mutex);
            changed.wait(lock, [&] { return ended || !waiting.empty(); });
            if (waiting.empty()) return;
            auto batch = std::move(waiting.front());
            waiting.pop();
            lock.unlock();
            changed.notify_all();
            commit(*store, made, batch, random, now += std::chrono::seconds(1));
        }
    });
    Reading reading;
    for (const auto& batch : batches) {
        Assessed assessed{.page = reading.read(batch)};
        assessed.verdicts = verdicts_of(made, assessed.page, contexts_of(*reader, assessed.page.mentions, ""));
        std::unique_lock lock(mutex);
        changed.wait(lock, [&] { return waiting.size() < kWaiting; });
        waiting.push(std::move(assessed));
        lock.unlock();
        changed.notify_all();
    }
    {
        const std::lock_guard lock(mutex);
        ended = true;
    }
    changed.notify_all();
    writer.join();
    return seconds_of(CLOCK_MONOTONIC) - began;
}

std::string path_of(const std::string& url) { return url.substr(std::string("sqlite:").size()); }

void print_stored(const std::vector<Batch>& batches, const Decisions& made) {
    std::vector<double> alone, together, raw;
    Costs last;
    std::size_t tickets = 0;
    std::string written;
    const auto posts = static_cast<double>(batches.size() * kBatch);
    for (int round = 0; round < kRounds; ++round) {
        const TempFolder folder;
        last = one_thread(batches, made, url_of(folder, "one.db"));
        alone.push_back(posts / last.wall);
        together.push_back(posts / two_threads(batches, made, url_of(folder, "two.db")));
        const auto fresh = path_of(url_of(folder, "raw.db"));
        open_store({.url = url_of(folder, "raw.db")});
        const Rows rows(path_of(url_of(folder, "one.db")), fresh);
        raw.push_back(posts / rows.insert(fresh, batches.size()));
        written.clear();
        for (const auto& table : rows.tables())
            written += (written.empty() ? "" : ", ") + table.name() + ' ' + std::to_string(table.size());
        tickets = open_reader({.url = url_of(folder, "one.db")})
                      ->tickets({.filter = {.view = TicketView::all}, .limit = 500})
                      .tickets.size();
    }
    std::printf("stored: %.0f posts, %zu%s tickets, %zu rules, batches of %zu, median of %d rounds\n", posts, tickets,
                tickets == 500 ? " or more" : "", kRules, kBatch, kRounds);
    std::printf("  rows written: %s\n", written.c_str());
    std::printf("  raw insertion of these   %9.0f posts/s\n", median(raw));
    std::printf("  one thread               %9.0f posts/s   %.2f of raw (goal 0.50)\n", median(alone),
                median(alone) / median(raw));
    std::printf("  writer on its own        %9.0f posts/s   %.2f of raw (goal 0.80)\n", median(together),
                median(together) / median(raw));
    const auto total = last.read + last.customers + last.assess + last.commit;
    const auto stage = [&](const char* name, double cost) {
        std::printf("  %-24s %9.2f us a post %5.1f %%\n", name, cost / posts * 1e6, cost / total * 100);
    };
    stage("read JSON", last.read);
    stage("known customers", last.customers);
    stage("assess", last.assess);
    stage("decide and commit", last.commit);
}

/// What a firehose lets go by, and what no rule hits.
void print_filtered(const Decisions& made) {
    InventedPosts posts(13);
    RecordedPages pages(posts, kWatched, kBegin);
    const auto foreign = pages.jetstream(20000, true);
    std::printf("filtered out, per second and core (goal 120000)\n");
    for (const std::size_t count : {std::size_t{10}, kRules}) {
        std::vector<std::string> words;
        // Letters that no post holds end beginnings that many do.
        for (auto& term : InventedPosts(17).terms(count * 5))
            if (words.size() < count && term.find_first_of("x") != std::string::npos) words.push_back(std::move(term));
        Firehose firehose(words);
        std::vector<double> rates;
        for (int round = 0; round < kRounds; ++round) {
            Stopwatch watch;
            const auto page = firehose.poll(foreign);
            rates.push_back(static_cast<double>(foreign.size()) / watch.lap());
            if (!page.mentions.empty()) std::printf("  (%zu were kept)\n", page.mentions.size());
        }
        std::printf("  firehose, %5zu words     %9.0f messages/s\n", count, median(rates));
    }
    std::vector<Mention> mentions;
    for (const auto& text : posts.posts(20000)) mentions.push_back({.text = text});
    std::vector<double> rates;
    for (int round = 0; round < kRounds; ++round) {
        Stopwatch watch;
        for (const auto& mention : mentions) assess(made.rules, mention, {});
        rates.push_back(static_cast<double>(mentions.size()) / watch.lap());
    }
    std::printf("  assessed, %5zu rules     %9.0f posts/s\n", kRules, median(rates));
}

/// The rules' words and pages of one platform, a line each, for bench/pipeline_peer.py.
int write_pages(std::size_t count) {
    JsonWriter terms;
    terms.object([&] { terms.strings("terms", InventedPosts(11).terms(kRules)); });
    std::printf("%s\n", std::move(terms).take().c_str());
    InventedPosts posts(7);
    RecordedPages pages(posts, kWatched, kBegin);
    for (std::size_t i = 0; i < count; ++i) std::printf("%s\n", pages.mastodon(40).c_str());
    return 0;
}

int run(std::size_t count) {
    const auto made = decisions();
    print_filtered(made);
    print_stored(recorded(count), made);
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    std::printf("memory at most %ld MB, pages and rows of the comparison included\n", usage.ru_maxrss / 1024);
    return 0;
}

}  // namespace
}  // namespace rasid

int main(int argc, char** argv) {
    // As in daemon/main.cpp.
    mallopt(M_MMAP_THRESHOLD, 8 << 20);
    mallopt(M_TRIM_THRESHOLD, 32 << 20);
    constexpr std::size_t kBatches = 60;
    const std::string_view first = argc > 1 ? argv[1] : "";
    const auto number = [](const char* text) { return std::max<std::size_t>(1, std::strtoul(text, nullptr, 10)); };
    if (first == "--pages") return rasid::write_pages(number(argc > 2 ? argv[2] : "1"));
    return rasid::run(first.empty() ? kBatches : number(argv[1]));
}
