#include "daemon/poller.hpp"

#include "core/limits.hpp"
#include "core/on_thread.hpp"
#include "daemon/log.hpp"
#include "daemon/pause.hpp"
#include "daemon/source_options.hpp"

#include <algorithm>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <cassert>

namespace rasid {

namespace asio = boost::asio;

namespace {

/// The longest nap between two looks at the wall clock, so that a clock that jumps is noticed.
constexpr Duration kNap = std::chrono::seconds(30);

/// One poll that cannot hang. A connector that throws has broken its promise; that is its own failure, not the
/// daemon's.
Task<PollResult> poll_in_time(Source& source, Cursor after) {
    using namespace asio::experimental::awaitable_operators;
    std::string broken;
    try {
        auto polling = source.poll(std::move(after));
        auto deadline = pause_for(limits::kPollDeadline);
        auto outcome = co_await (std::move(polling) || std::move(deadline));
        if (outcome.index() == 0) co_return std::move(std::get<0>(outcome));
        co_return Failure{Failure::Kind::unreachable,
                          "the poll took longer than " + to_duration_text(limits::kPollDeadline)};
    } catch (const boost::system::system_error& error) {
        if (error.code() == asio::error::operation_aborted) throw;
        broken = error.what();
    } catch (const std::exception& error) {
        broken = error.what();
    }
    co_return Failure{Failure::Kind::malformed, "the connector failed: " + broken};
}

}  // namespace

class Poller::Runner {
public:
    Runner(SourceConfig config, const SourceKind& kind, Options options, PollerEnv& env)
        : config_(std::move(config)), kind_(kind), options_(std::move(options)), env_(env),
          http_(env.http, env.clock, config_.budget_requests, config_.budget_window),
          tasks_(env.executor, env.on_failure) {}

    Result<void> start() {
        const SourceEnv source_env{http_, env_.sockets, env_.clock, env_.random, env_.files};
        auto source = kind_.make(options_, source_env);
        if (!source) return source.error();
        source_ = std::move(*source);
        if (kind_.make_publisher) publisher_ = kind_.make_publisher(options_, source_env);
        return {};
    }
    void run_in_background() { tasks_.spawn("source " + config_.name, run()); }
    Task<void> stop() { co_await tasks_.stop(); }

    Publisher* publisher() { return publisher_.get(); }
    const SourceKind& kind() const { return kind_; }
    const SourceConfig& config() const { return config_; }
    const Options& options() const { return options_; }

private:
    PollRhythm rhythm() const { return {config_.every, config_.silent_after, kind_.streams}; }

    Task<void> run() {
        SourceRecord record = co_await open_record();
        env_.on_source(record);
        for (;;) {
            for (auto seen = env_.clock.now(); record.next_poll_at && *record.next_poll_at > seen;) {
                co_await pause_for(std::min<Duration>(*record.next_poll_at - seen, kNap));
                const auto now = env_.clock.now();
                // A clock that was set back delays no poll: the wait moves with it.
                if (now < seen) *record.next_poll_at -= seen - now;
                seen = now;
            }
            record = co_await poll_once(std::move(record));
        }
    }

    Task<SourceRecord> open_record() {
        const auto now = env_.clock.now();
        auto record = co_await env_.database.write([&](Store& store) {
            auto known = store.source(config_.name);
            if (!known) {
                known.emplace();
                known->name = config_.name;
                // Many platforms tell the second alone: what is published in this one is new.
                known->since = std::chrono::floor<std::chrono::seconds>(now);
            }
            known->kind = config_.kind;
            if (config_.since) known->since = *config_.since;
            // A wait promised to the platform is kept across restarts; one of our own making is not worth more than an
            // interval.
            if (known->next_poll_at && known->failures == 0)
                known->next_poll_at = std::min(*known->next_poll_at, now + config_.every);
            store.put_source(*known);
            return *known;
        });
        co_return record;
    }

    Task<SourceRecord> poll_once(SourceRecord record) {
        // GCC 12 destroys an aggregate that is made inside an awaiting expression twice; here and below they have
        // names.
        // An erasure may have changed it since the last poll.
        auto stored = co_await env_.database.read([this](Reader& reader) { return reader.source(config_.name); });
        if (stored) record.cursor = std::move(stored->cursor);
        const Cursor after{record.cursor};
        auto polled = co_await poll_in_time(*source_, after);
        const auto now = env_.clock.now();
        const bool was_silent = record.silent;
        if (!polled) {
            record = after_failure(std::move(record), rhythm(), polled.error(), env_.random, now);
            env_.metrics.source_fetch(config_.name, to_string(polled.error().kind));
            log_event(record.failures == 1 ? Level::warning : Level::debug, "source_failing", polled.error().what,
                      {{"source", config_.name}});
        } else {
            const auto page = std::make_shared<const Page>(std::move(*polled));
            for (const auto& warning : page->warnings) {
                log_event(Level::warning, "source_warning", warning, {{"source", config_.name}});
            }
            const auto mentions = co_await take(*page, page, record.since);
            record.cursor = page->next.token;
            record = after_success(std::move(record), rhythm(), *page, mentions, env_.random, now);
            env_.metrics.source_fetch(config_.name, "ok");
            env_.metrics.source_success(config_.name, now);
        }
        if (record.silent && !was_silent) {
            log_event(Level::warning, "source_silent", "nothing new for " + to_duration_text(config_.silent_after),
                      {{"source", config_.name}});
        }
        co_await env_.database.write([&](Store& store) { store.put_source(record); });
        env_.on_source(record);
        co_return record;
    }

    Task<std::int64_t> take(const Page& page, std::shared_ptr<const Page> shared, Instant since) {
        const auto decisions = env_.decisions();
        auto contexts = co_await env_.database.read(
            [&](Reader& reader) { return contexts_of(reader, page.mentions, decisions->default_plan); });
        if (env_.sentiment.asks()) co_await ask_about(page, contexts);
        const auto& rules = decisions->rules_of(config_.brand);
        auto verdicts = co_await on_thread(env_.worker, [&rules, &page, &contexts] {
            std::vector<Verdict> assessed;
            assessed.reserve(page.mentions.size());
            for (std::size_t i = 0; i < page.mentions.size(); ++i) {
                assessed.push_back(assess(rules, page.mentions[i], contexts[i]));
            }
            return assessed;
        });
        const bool can_reply =
            publisher_ && std::ranges::find(kind_.actions, PublishAction::reply) != kind_.actions.end();
        const SourceFacts facts{config_.name, config_.brand, since, can_reply, env_.time_zone};
        const auto committed = co_await commit_page(env_.database, decisions, facts, shared, std::move(verdicts),
                                                    env_.duplicates, env_.incidents, env_.random, env_.clock.now());
        for (const auto& stored : committed.mentions) {
            env_.metrics.mention_taken(config_.name, stored.verdict.language,
                                       stored.stored_at - stored.mention.created_at);
        }
        env_.on_page(committed);
        co_return committed.new_mentions;
    }

    /// Puts what the external model says of the page's texts into their contexts.
    Task<void> ask_about(const Page& page, std::vector<Context>& contexts) {
        auto questions = co_await on_thread(env_.worker, [&page] { return sentiment_questions(page.mentions); });
        auto asked = questions.asked();
        auto answers = co_await env_.sentiment.ask(std::move(asked));
        for (std::size_t i = 0; i < answers.size(); ++i) contexts[questions.about[i]].sentiment = std::move(answers[i]);
    }

    SourceConfig config_;
    const SourceKind& kind_;
    Options options_;
    PollerEnv& env_;
    BudgetedHttp http_;
    std::unique_ptr<Source> source_;
    std::unique_ptr<Publisher> publisher_;
    TaskGroup tasks_;
};

Poller::Poller(PollerEnv env) : env_(std::move(env)) {}
Poller::~Poller() = default;

Task<std::vector<SetupError>> Poller::configure(std::vector<SourceConfig> sources) {
    std::vector<SetupError> errors;
    std::map<std::string, std::unique_ptr<Runner>, std::less<>> next;
    for (auto& source : sources) {
        const auto* kind = find_source_kind(source.kind);
        assert(kind && "parse_config refuses unknown kinds");
        auto read = read_options(source, *kind);
        errors.insert(errors.end(), read.errors.begin(), read.errors.end());
        const auto name = source.name;
        const auto origin = source.origin;
        auto runner = std::make_unique<Runner>(std::move(source), *kind, std::move(read.options), env_);
        if (auto made = runner->start(); !made)
            errors.push_back({origin, "source `" + name + "`: " + made.error().what});
        next.emplace(name, std::move(runner));
    }
    if (!errors.empty()) co_return errors;
    co_await stop();
    runners_ = std::move(next);
    for (auto& [name, runner] : runners_) runner->run_in_background();
    co_return errors;
}

Publisher* Poller::publisher(std::string_view source) {
    const auto found = runners_.find(source);
    return found == runners_.end() ? nullptr : found->second->publisher();
}

std::vector<PublishAction> Poller::actions_of(std::string_view source) const {
    const auto found = runners_.find(source);
    if (found == runners_.end()) return {};
    const auto actions = found->second->kind().actions;
    return {actions.begin(), actions.end()};
}

Task<void> Poller::stop() {
    for (auto& [name, runner] : runners_) co_await runner->stop();
}

Result<std::unique_ptr<Source>> make_source(const SourceConfig& config, SourceEnv env) {
    const auto* kind = find_source_kind(config.kind);
    assert(kind && "parse_config refuses unknown kinds");
    auto read = read_options(config, *kind);
    if (!read.errors.empty()) return Failure{Failure::Kind::refused, to_string(read.errors.front())};
    return kind->make(read.options, env);
}

}  // namespace rasid
