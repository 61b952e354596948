#include "daemon/source_runner.hpp"

#include "core/limits.hpp"
#include "core/on_thread.hpp"
#include "daemon/log.hpp"
#include "daemon/pause.hpp"
#include "daemon/unsigned_source.hpp"

#include <algorithm>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>

namespace rasid {

namespace asio = boost::asio;

namespace {

/// The longest nap between two looks at the wall clock, so that a clock that jumps is noticed.
constexpr Duration kNap = std::chrono::seconds(30);
/// Somebody is waiting for the answer.
constexpr std::chrono::seconds kTrialDeadline{15};

/// One poll that cannot hang. A connector that throws has broken its promise; that is its own failure, not the
/// daemon's.
Task<PollResult> poll_in_time(Source& source, Cursor after, std::chrono::seconds longest) {
    using namespace asio::experimental::awaitable_operators;
    std::string broken;
    try {
        auto polling = source.poll(std::move(after));
        auto deadline = pause_for(longest);
        auto outcome = co_await (std::move(polling) || std::move(deadline));
        if (outcome.index() == 0) co_return std::move(std::get<0>(outcome));
        co_return Failure{Failure::Kind::unreachable, "the poll took longer than " + to_duration_text(longest)};
    } catch (const boost::system::system_error& error) {
        if (error.code() == asio::error::operation_aborted) throw;
        broken = error.what();
    } catch (const std::exception& error) {
        broken = error.what();
    }
    co_return Failure{Failure::Kind::malformed, "the connector failed: " + broken};
}

}  // namespace

SourceRunner::SourceRunner(SourceConfig config, const SourceKind& kind, Options options, PollerEnv& env)
    : config_(std::move(config)), kind_(kind), options_(std::move(options)), env_(env),
      http_(env.http, env.clock, config_.budget_requests, config_.budget_window), nap_(env.executor),
      tasks_(env.executor, env.on_failure) {}

Result<void> SourceRunner::start() {
    const auto env = source_env();
    auto source = make_or_ask(kind_, options_, env);
    if (!source) return source.error();
    source_ = std::move(*source);
    if (kind_.make_publisher) publisher_ = kind_.make_publisher(options_, env);
    return {};
}

PollingFacts SourceRunner::facts() const {
    return {.brand = config_.brand,
            .every = config_.every,
            .streams = kind_.streams,
            .budget_requests = config_.budget_requests,
            .budget_window = config_.budget_window,
            .budget_left = http_.left(),
            .polling = polling_,
            .promised_until = promised_until_};
}

Task<Result<SourceTrial>> SourceRunner::try_out() {
    const auto env = source_env();
    auto source = make_or_ask(kind_, options_, env);
    if (!source) co_return source.error();
    const auto stored = co_await env_.database.read([this](Reader& reader) { return reader.source(config_.name); });
    const Cursor after{stored ? stored->cursor : std::string()};
    const auto begun = std::chrono::steady_clock::now();
    const auto polled = co_await poll_in_time(**source, after, kTrialDeadline);
    if (!polled) co_return polled.error();
    SourceTrial trial;
    trial.mentions = static_cast<int>(polled->mentions.size());
    if (!polled->mentions.empty()) trial.newest = polled->mentions.back().created_at;
    trial.warnings = polled->warnings;
    trial.took = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begun);
    co_return trial;
}

Task<void> SourceRunner::run() {
    SourceRecord record = co_await open_record();
    paused_ = record.paused;
    // Whether an older wait was promised is no longer known; one after a failure may have been.
    if (record.failures > 0) promised_until_ = record.next_poll_at;
    env_.on_source(record);
    for (;;) {
        co_await wait_for_turn(record);
        record = co_await poll_once(std::move(record));
    }
}

Task<void> SourceRunner::wait_for_turn(SourceRecord& record) {
    while (!asked_ && (paused_ || (record.next_poll_at && *record.next_poll_at > seen_))) {
        nap_.expires_after(paused_ ? kNap : std::min<Duration>(*record.next_poll_at - seen_, kNap));
        boost::system::error_code woken;
        co_await nap_.async_wait(asio::redirect_error(asio::use_awaitable, woken));
        const auto now = env_.clock.now();
        // A clock that was set back delays no poll: the wait moves with it.
        if (now < seen_ && record.next_poll_at) *record.next_poll_at -= seen_ - now;
        seen_ = now;
    }
    asked_ = false;
}

Task<SourceRecord> SourceRunner::open_record() {
    const auto now = env_.clock.now();
    seen_ = now;
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

Task<SourceRecord> SourceRunner::poll_once(SourceRecord record) {
    // GCC 12 destroys an aggregate that is made inside an awaiting expression twice; here and below they have
    // names.
    // An erasure may have changed it since the last poll.
    auto stored = co_await env_.database.read([this](Reader& reader) { return reader.source(config_.name); });
    if (stored) record.cursor = std::move(stored->cursor);
    const Cursor after{record.cursor};
    // A clock that was set back makes nothing that is said now history.
    const auto since = std::min<Instant>(record.since, std::chrono::floor<std::chrono::seconds>(env_.clock.now()));
    polling_ = true;
    auto polled = co_await poll_in_time(*source_, after, limits::kPollDeadline);
    polling_ = false;
    const auto now = env_.clock.now();
    seen_ = now;
    const bool was_silent = record.silent;
    if (!polled) {
        record = after_failure(std::move(record), rhythm(), polled.error(), env_.random, now);
        env_.metrics.source_fetch(config_.name, to_string(polled.error().kind));
        log_event(record.failures == 1 ? Level::warning : Level::debug, "source_failing", polled.error().what,
                  {{"source", config_.name}});
    } else {
        const auto page = std::make_shared<const Page>(*polled);
        for (const auto& warning : page->warnings) {
            log_event(Level::warning, "source_warning", warning, {{"source", config_.name}});
        }
        const auto mentions = co_await take(*page, page, since);
        record.cursor = page->next.token;
        record = after_success(std::move(record), rhythm(), *page, mentions, env_.random, now);
        env_.metrics.source_fetch(config_.name, "ok");
        env_.metrics.source_success(config_.name, now);
    }
    if (record.silent && !was_silent) {
        log_event(Level::warning, "source_silent", "nothing new for " + to_duration_text(config_.silent_after),
                  {{"source", config_.name}});
    }
    const bool promised = polled ? polled->not_before.has_value() : polled.error().retry_after.has_value();
    promised_until_ = promised ? record.next_poll_at : std::nullopt;
    co_await env_.database.write([&](Store& store) { store.put_source(record); });
    env_.on_source(record);
    co_return record;
}

Task<std::int64_t> SourceRunner::take(const Page& page, std::shared_ptr<const Page> shared, Instant since) {
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
    const bool can_reply = publisher_ && std::ranges::find(kind_.actions, PublishAction::reply) != kind_.actions.end();
    const SourceFacts facts{config_.name, config_.brand, since, can_reply, env_.time_zone};
    const auto committed = co_await commit_page(env_.database, decisions, facts, shared, std::move(verdicts),
                                                env_.duplicates, env_.incidents, env_.random, env_.clock.now());
    for (const auto& stored : committed.mentions) {
        env_.metrics.mention_taken(config_.name, stored.verdict.language, stored.stored_at - stored.mention.created_at);
    }
    env_.on_page(committed);
    co_return committed.new_mentions;
}

Task<void> SourceRunner::ask_about(const Page& page, std::vector<Context>& contexts) {
    auto questions = co_await on_thread(env_.worker, [&page] { return sentiment_questions(page.mentions); });
    auto asked = questions.asked();
    auto answers = co_await env_.sentiment.ask(std::move(asked));
    for (std::size_t i = 0; i < answers.size(); ++i) contexts[questions.about[i]].sentiment = std::move(answers[i]);
}

}  // namespace rasid
