#include "daemon/daemon.hpp"

#include "daemon/daemon_parts.hpp"
#include "daemon/log.hpp"
#include "daemon/pause.hpp"
#include "daemon/service_config.hpp"
#include "daemon/systemd.hpp"
#include "storage/storage_threads.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <csignal>
#include <cstdio>
#include <cstdlib>

namespace rasid {

namespace asio = boost::asio;

namespace {

void complain(const std::vector<SetupError>& errors) {
    for (const auto& error : errors) std::fprintf(stderr, "%s\n", to_string(error).c_str());
}

}  // namespace

// ---- start, in order of dependence

bool Daemon::Parts::open_storage() {
    try {
        database = std::make_unique<StorageThreads>(executor, StoreOptions{config.storage_url, false});
    } catch (const StoreError& error) {
        complain({{origin_of(config, "storage.url"), error.what()}});
        return false;
    }
    decisions = std::make_unique<DecisionDesk>(*database, worker, clock, metrics);
    return true;
}

bool Daemon::Parts::open_listeners() {
    if (auto opened = control->open(); !opened) {
        // Without /run/rasid (a daemon started by hand) commands that change the store have to wait for its end.
        log_event(Level::warning, "control_socket", opened.error().what, {});
    } else {
        tasks.spawn("control socket", control->run());
    }
    if (config.metrics_listen.empty()) return true;
    metrics_listener = std::make_unique<MetricsListener>(executor, config.metrics_listen, metrics);
    if (auto opened = metrics_listener->open(); !opened) {
        complain({{origin_of(config, "metrics.listen"), opened.error().what}});
        return false;
    }
    tasks.spawn("metrics", metrics_listener->run());
    return true;
}

Task<bool> Daemon::Parts::start() {
    std::vector<SetupError> errors;
    smtp.configure(smtp_of(config, errors));
    sentiment.configure(sentiment_of(config, errors));
    webhooks.configure(webhook_targets(config, errors));
    if (!errors.empty()) {
        complain(errors);
        co_return false;
    }
    if (!open_storage()) co_return false;
    co_await decisions->load_setup();
    co_await decisions->learn();
    const auto now = clock.now();
    const auto remember_copies = [&](Reader& reader) {
        remember_stored(duplicates, reader, now);
        return true;
    };
    co_await database->read(remember_copies);
    make_web();
    if (auto started = co_await web->start(); !started) {
        complain({{{}, started.error().what}});
        co_return false;
    }
    // The links of all these start where the page turned out to listen; nothing is served before the next suspension.
    make_sign_ins();
    make_poller();
    make_workers();
    if (!open_listeners()) co_return false;
    errors = co_await poller->configure(config.sources);
    if (!errors.empty()) {
        complain(errors);
        co_return false;
    }
    co_await offer_first_admin();
    spawn_tasks();
    co_return true;
}

void Daemon::Parts::spawn_tasks() {
    tasks.spawn("escalation", escalator->run());
    tasks.spawn("targets", upkeep->retarget_tickets());
    tasks.spawn("assignment", upkeep->keep_giving());
    tasks.spawn("notifications", notifier->run());
    tasks.spawn("webhooks", event_relay->run());
    tasks.spawn("digests", digester->run());
    tasks.spawn("search index", search_indexer->run());
    tasks.spawn("outbox metrics", upkeep->watch_outbox());
    tasks.spawn("outbox", dispatcher->run());
    tasks.spawn("housekeeping", upkeep->forget_old());
    tasks.spawn("customers", customer_upkeep->keep_customers());
    tasks.spawn("surveys", customer_upkeep->keep_asking());
    tasks.spawn("incidents", upkeep->watch_incidents());
    tasks.spawn("sign-ins", upkeep->keep_signed_in());
    tasks.spawn("watchdog", watchdog());
    if (!config.heartbeat_url.empty()) tasks.spawn("heartbeat", heartbeat());
}

// ---- while running

Task<void> Daemon::Parts::watchdog() {
    const auto interval = systemd_watchdog_interval();
    // A statement of its own: GCC 12 evaluates both arms of a conditional inside an awaited expression.
    const Duration pause = interval ? *interval / 3 : Duration(std::chrono::hours(1));
    for (;;) {
        systemd_watchdog();
        co_await pause_for(pause);
    }
}

Task<void> Daemon::Parts::heartbeat() {
    for (;;) {
        HttpRequest request;
        request.url = config.heartbeat_url;
        FetchConfig own = fetch_of(config);
        own.guard = AddressGuard({*parse_allowance("0.0.0.0/0"), *parse_allowance("::/0")});
        CurlHttpClient client(curl, own);
        const auto answer = co_await client.fetch(std::move(request));
        if (!answer) log_event(Level::warning, "heartbeat_failed", answer.error().what, {});
        co_await pause_for(config.heartbeat_every);
    }
}

Task<void> Daemon::Parts::watch_signals() {
    signals.add(SIGTERM);
    signals.add(SIGINT);
    signals.add(SIGHUP);
    for (;;) {
        const int signal = co_await signals.async_wait(asio::use_awaitable);
        if (signal == SIGHUP) {
            co_await reload();
            continue;
        }
        if (stopping) std::_Exit(kOk);  // asked a second time: now
        request_stop(kOk);
    }
}

/// A bad file keeps the running configuration and says so.
Task<void> Daemon::Parts::reload() {
    if (options.config_file.empty()) co_return;
    systemd_reloading();
    auto again = read_again(options.config_file);
    auto& errors = again.errors;
    if (errors.empty()) {
        const auto old_fetch = fetch_of(config);
        http.configure(fetch_of(again.config));
        errors = co_await poller->configure(again.config.sources);
        if (!errors.empty()) http.configure(old_fetch);
    }
    if (errors.empty()) {
        if (needs_restart(config, again.config)) {
            log_event(Level::warning, "restart_needed",
                      "storage, listeners and the control socket change only at a restart", {});
        }
        config = std::move(again.config);
        smtp.configure(std::move(again.smtp));
        sentiment.configure(std::move(again.sentiment));
        webhooks.configure(std::move(again.webhooks));
        if (!config.tls_cert.empty()) {
            if (auto reloaded = web->reload_certificate(); !reloaded) errors.push_back({{}, reloaded.error().what});
        }
    }
    metrics.config_reload(errors.empty(), clock.now());
    for (const auto& error : errors) log_event(Level::error, "reload_refused", to_string(error), {});
    if (errors.empty())
        log_event(Level::info, "reloaded", "the configuration was read again", {});
    else
        log_event(Level::warning, "reload_kept", "the running configuration stays in force", {});
    systemd_ready(errors.empty() ? status() : "running; the last reload was refused, see the log");
}

std::string Daemon::Parts::status() const { return "watching " + std::to_string(config.sources.size()) + " sources"; }

void Daemon::Parts::fail(const std::string& name, const std::exception_ptr& failure) {
    try {
        std::rethrow_exception(failure);
    } catch (const std::exception& error) {
        log_event(Level::error, "task_failed", name + ": " + error.what(), {});
    }
    request_stop(kFailed);
}

void Daemon::Parts::request_stop(int code) {
    if (code != kOk) exit_code = code;
    stopping = true;
    stopped.cancel();
}

// ---- the end, in reverse

Task<void> Daemon::Parts::shut_down() {
    systemd_stopping();
    if (web) co_await web->stop();
    if (poller) co_await poller->stop();
    co_await tasks.stop();
    if (dispatcher) co_await dispatcher->stop();
    worker.join();
}

Daemon::Daemon(asio::any_io_executor executor, DaemonOptions options)
    : parts_(std::make_unique<Parts>(std::move(executor), std::move(options))) {}
Daemon::~Daemon() = default;

Task<int> Daemon::run() {
    auto& parts = *parts_;
    parts.tasks.spawn("signals", parts.watch_signals());
    bool started = false;
    std::exception_ptr trouble;
    try {
        started = co_await parts.start();
    } catch (const StoreError&) {
        trouble = std::current_exception();
    }
    if (trouble)
        parts.fail("start", trouble);
    else if (!started)
        parts.exit_code = kBadConfiguration;
    if (started && !parts.stopping) {
        systemd_ready(parts.status());
        log_event(Level::info, "ready", parts.status(), {});
        if (parts.options.on_ready) parts.options.on_ready();
        boost::system::error_code ended;
        co_await parts.stopped.async_wait(asio::redirect_error(asio::use_awaitable, ended));
    }
    co_await parts.shut_down();
    co_return parts.exit_code;
}

void Daemon::request_stop() { parts_->request_stop(kOk); }
std::uint16_t Daemon::port() const { return parts_->web->port(); }
std::string Daemon::add_sign_in_token(const std::string& person_id) {
    return parts_->web->add_sign_in_token(person_id);
}

}  // namespace rasid
