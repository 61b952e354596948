#include "daemon/poller.hpp"

#include "daemon/source_options.hpp"
#include "daemon/source_runner.hpp"

#include <algorithm>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cassert>

namespace rasid {

namespace asio = boost::asio;

Poller::Poller(PollerEnv env) : env_(std::move(env)), free_(env_.executor) {
    free_.expires_at(asio::steady_timer::time_point::max());
}
Poller::~Poller() = default;

/// Runners are started and stopped by one coroutine at a time: stopping takes a while, and the map changes.
struct Poller::Turn {
    explicit Turn(Poller& of) : poller(of) { poller.busy_ = true; }
    ~Turn() {
        poller.busy_ = false;
        poller.free_.cancel();
    }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    Poller& poller;
};

Task<void> Poller::wait_for_turn() {
    while (busy_) {
        boost::system::error_code woken;
        co_await free_.async_wait(asio::redirect_error(asio::use_awaitable, woken));
    }
}

std::shared_ptr<SourceRunner> Poller::make_runner(SourceConfig source, std::vector<SetupError>& errors) {
    const auto* kind = find_source_kind(source.kind);
    assert(kind && "parse_config refuses unknown kinds");
    auto read = read_options(source, *kind, env_.granted ? env_.granted(source) : std::string());
    errors.insert(errors.end(), read.errors.begin(), read.errors.end());
    const auto name = source.name;
    const auto origin = source.origin;
    auto runner = std::make_shared<SourceRunner>(std::move(source), *kind, std::move(read.options), env_);
    if (auto made = runner->start(); !made) errors.push_back({origin, "source `" + name + "`: " + made.error().what});
    return runner;
}

Task<std::vector<SetupError>> Poller::configure(std::vector<SourceConfig> sources) {
    co_await wait_for_turn();
    const Turn turn(*this);
    std::vector<SetupError> errors;
    std::map<std::string, std::shared_ptr<SourceRunner>, std::less<>> next;
    for (auto& source : sources) {
        const auto name = source.name;
        next.emplace(name, make_runner(std::move(source), errors));
    }
    if (!errors.empty() || ended_) co_return errors;
    co_await stop_runners();
    runners_ = std::move(next);
    for (auto& [name, runner] : runners_) runner->run_in_background();
    co_return errors;
}

Task<std::vector<SetupError>> Poller::restart(std::string source) {
    co_await wait_for_turn();
    const Turn turn(*this);
    std::vector<SetupError> errors;
    const auto found = runners_.find(source);
    if (found == runners_.end() || ended_) co_return errors;
    auto fresh = make_runner(found->second->config(), errors);
    if (!errors.empty()) co_return errors;
    const bool paused = found->second->paused();
    co_await found->second->stop();
    found->second = std::move(fresh);
    found->second->run_in_background();
    if (!paused) found->second->poll_soon();
    co_return errors;
}

std::shared_ptr<Publisher> Poller::publisher(std::string_view source) {
    const auto found = runners_.find(source);
    if (found == runners_.end() || !found->second->publisher()) return nullptr;
    return {found->second, found->second->publisher()};
}

std::vector<PublishAction> Poller::actions_of(std::string_view source) const {
    const auto found = runners_.find(source);
    if (found == runners_.end()) return {};
    const auto actions = found->second->kind().actions;
    return {actions.begin(), actions.end()};
}

ReplyForm Poller::reply_form_of(std::string_view source, std::string_view platform) const {
    const auto found = runners_.find(source);
    if (found == runners_.end()) return unknown_reply_form();
    return rasid::reply_form_of(found->second->kind(), found->second->options(), platform);
}

std::optional<PollingFacts> Poller::facts(std::string_view source) const {
    const auto found = runners_.find(source);
    if (found == runners_.end()) return std::nullopt;
    return found->second->facts();
}

void Poller::set_paused(std::string_view source, bool paused) {
    const auto found = runners_.find(source);
    if (found != runners_.end()) found->second->set_paused(paused);
}

void Poller::poll_soon(std::string_view source) {
    const auto found = runners_.find(source);
    if (found != runners_.end()) found->second->poll_soon();
}

Task<Result<SourceTrial>> Poller::try_out(std::string source) {
    const auto found = runners_.find(source);
    if (found == runners_.end()) co_return Failure{Failure::Kind::not_found, "there is no such source"};
    // Held, since a reload may replace it meanwhile.
    const auto runner = found->second;
    auto trial = co_await runner->try_out();
    co_return trial;
}

Task<void> Poller::stop() {
    ended_ = true;
    co_await wait_for_turn();
    const Turn turn(*this);
    co_await stop_runners();
}

Task<void> Poller::stop_runners() {
    for (auto& [name, runner] : runners_) co_await runner->stop();
}

Result<std::unique_ptr<Source>> make_source(const SourceConfig& config, SourceEnv env, const std::string& granted) {
    const auto* kind = find_source_kind(config.kind);
    assert(kind && "parse_config refuses unknown kinds");
    auto read = read_options(config, *kind, granted);
    if (!read.errors.empty()) return Failure{Failure::Kind::refused, to_string(read.errors.front())};
    return kind->make(read.options, env);
}

}  // namespace rasid
