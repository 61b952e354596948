#include "daemon/daemon.hpp"

#include "core/limits.hpp"
#include "core/on_thread.hpp"
#include "daemon/control_socket.hpp"
#include "daemon/curl/http.hpp"
#include "daemon/curl/smtp.hpp"
#include "daemon/digester.hpp"
#include "daemon/dispatcher.hpp"
#include "daemon/escalator.hpp"
#include "daemon/files_adapter.hpp"
#include "daemon/handing_out.hpp"
#include "daemon/key_file.hpp"
#include "daemon/log.hpp"
#include "daemon/metrics_listener.hpp"
#include "daemon/notifier.hpp"
#include "daemon/plan_keeper.hpp"
#include "daemon/poller.hpp"
#include "daemon/retargeting.hpp"
#include "daemon/sentiment_client.hpp"
#include "daemon/setup_check.hpp"
#include "daemon/source_options.hpp"
#include "daemon/system_clock.hpp"
#include "daemon/systemd.hpp"
#include "daemon/version.hpp"
#include "daemon/webhook_delivery.hpp"
#include "daemon/websocket_adapter.hpp"
#include "rules/correction_lines.hpp"
#include "rules/sentiment_layers.hpp"
#include "storage/storage_threads.hpp"
#include "web/events.hpp"
#include "web/web.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <csignal>
#include <cstdio>
#include <cstdlib>

namespace rasid {

namespace asio = boost::asio;

namespace {

constexpr int kMostCorrections = 20000;  // the newest; older ones have faded
constexpr std::chrono::weeks kSeriesHoursKept{10};

void complain(const std::vector<SetupError>& errors) {
    for (const auto& error : errors) std::fprintf(stderr, "%s\n", to_string(error).c_str());
}

/// The content of a configured secret file, empty without one; unreadable is an error at its place.
std::string secret_of(const Config& config, const std::string& file, const std::string& key,
                      std::vector<SetupError>& errors) {
    if (file.empty()) return {};
    auto secret = read_secret(file);
    if (secret) return std::move(*secret);
    const auto found = config.origins.find(key);
    errors.push_back({found == config.origins.end() ? Origin{} : found->second, secret.error().what});
    return {};
}

SmtpConfig smtp_of(const Config& config, std::vector<SetupError>& errors) {
    return {config.mail_url, config.mail_username,
            secret_of(config, config.mail_password_file, "mail.password_file", errors), config.mail_ca_file};
}

SentimentServiceConfig sentiment_of(const Config& config, std::vector<SetupError>& errors) {
    return {config.sentiment_url, secret_of(config, config.sentiment_token_file, "sentiment.token_file", errors),
            config.sentiment_timeout};
}

FetchConfig fetch_of(const Config& config) {
    FetchConfig fetch;
    fetch.guard = AddressGuard(config.allow_private);
    fetch.proxy = config.proxy;
    fetch.user_agent = std::string("Rasid/") + kVersion;
    return fetch;
}

Task<void> wait(Duration duration) {
    asio::steady_timer timer(co_await asio::this_coro::executor, duration);
    co_await timer.async_wait(asio::use_awaitable);
}

}  // namespace

struct Daemon::Parts {
    Parts(asio::any_io_executor e, DaemonOptions o)
        : executor(std::move(e)), options(std::move(o)), config(options.config), curl(executor),
          http(curl, fetch_of(config)),
          sockets(
              executor, [this] { return AddressGuard(config.allow_private); }, fetch_of(config).ca_file),
          smtp(curl, {}), webhooks(http), sentiment(http, clock, metrics), signals(executor), stopped(executor),
          tasks(executor, [this](const std::string& name, std::exception_ptr failure) { fail(name, failure); }) {
        stopped.expires_at(asio::steady_timer::time_point::max());
    }

    // ---- start, in order of dependence

    bool open_storage() {
        try {
            database = std::make_unique<StorageThreads>(executor, StoreOptions{config.storage_url, false});
            return true;
        } catch (const StoreError& error) {
            const auto found = config.origins.find("storage.url");
            complain({{found == config.origins.end() ? Origin{} : found->second, error.what()}});
            return false;
        }
    }

    Task<bool> start() {
        std::vector<SetupError> errors;
        smtp.configure(smtp_of(config, errors));
        sentiment.configure(sentiment_of(config, errors));
        webhooks.configure(webhook_targets(config, errors));
        if (!errors.empty()) {
            complain(errors);
            co_return false;
        }
        if (!open_storage()) co_return false;
        co_await load_setup();
        co_await learn();
        const auto now = clock.now();
        co_await database->read([&](Reader& reader) {
            remember_stored(duplicates, reader, now);
            return true;
        });
        make_web();
        make_poller();
        make_workers();
        if (auto started = co_await web->start(); !started) {
            complain({{{}, started.error().what}});
            co_return false;
        }
        if (auto opened = control->open(); !opened) {
            // Without /run/rasid (a daemon started by hand) commands that change the store have to wait for its end.
            log_event(Level::warning, "control_socket", opened.error().what, {});
        } else {
            tasks.spawn("control socket", control->run());
        }
        if (!config.metrics_listen.empty()) {
            metrics_listener = std::make_unique<MetricsListener>(executor, config.metrics_listen, metrics);
            if (auto opened = metrics_listener->open(); !opened) {
                complain({{config.origins["metrics.listen"], opened.error().what}});
                co_return false;
            }
            tasks.spawn("metrics", metrics_listener->run());
        }
        errors = co_await poller->configure(config.sources);
        if (!errors.empty()) {
            complain(errors);
            co_return false;
        }
        co_await offer_first_admin();
        tasks.spawn("escalation", escalator->run());
        tasks.spawn("targets", retarget_tickets());
        tasks.spawn("assignment", keep_giving());
        tasks.spawn("notifications", notifier->run());
        tasks.spawn("digests", digester->run());
        tasks.spawn("outbox metrics", watch_outbox());
        tasks.spawn("outbox", dispatcher->run());
        tasks.spawn("housekeeping", housekeeping());
        tasks.spawn("customers", keep_customers());
        tasks.spawn("surveys", keep_asking());
        tasks.spawn("incidents", watch_incidents());
        tasks.spawn("watchdog", watchdog());
        if (!config.heartbeat_url.empty()) tasks.spawn("heartbeat", heartbeat());
        co_return true;
    }

    Task<void> load_setup() {
        const auto turn = ++setup_turn;
        const auto setup = co_await database->read([](Reader& reader) { return reader.setup(); });
        auto compiled = co_await on_thread(worker, [&setup] { return decisions_of(setup); });
        // Of two that overlap the one that read later counts.
        if (turn != setup_turn) co_return;
        auto next = *compiled;
        if (decisions) next.churn = decisions->churn;
        decisions = taught(next, layers);
    }

    /// Open tickets, a page at a time: others write between two pages. A later edit of the setup takes over.
    Task<void> retarget_tickets() {
        constexpr int kTicketsAtOnce = 200;
        const auto turn = setup_turn;
        Retargeted done;
        do {
            const auto after = done.last;
            const auto known = decisions;
            done = co_await database->write([&](Store& store) {
                return retarget(store, known->policies, after, kTicketsAtOnce, random, clock.now());
            });
            for (const auto& ticket : done.changed) web->events().ticket(ticket.id, "retargeted");
        } while (!done.last.empty() && turn == setup_turn);
    }

    Task<void> adopt_setup() {
        co_await load_setup();
        co_await retarget_tickets();
    }

    /// Learns again from all corrections that count. Those made meanwhile start it again.
    Task<void> learn() {
        const auto turn = ++learning_turn;
        const auto said = co_await database->read(
            [](Reader& reader) { return reader.corrections(CorrectionKind::sentiment, kMostCorrections); });
        if (turn != learning_turn) co_return;
        const auto now = clock.now();
        auto learnt = co_await on_thread(worker, [&] {
            const auto corrections = sentiment_corrections(said);
            return learn_layers(corrections, now);
        });
        if (turn != learning_turn) co_return;
        layers = std::move(learnt);
        decisions = taught(*decisions, layers);
        const auto all = layers.find("");
        const auto words = all == layers.end() ? 0 : static_cast<std::int64_t>(all->second->words().size());
        metrics.corrections_learnt(static_cast<std::int64_t>(said.size()), words);
    }

    void make_web() {
        WebConfig web_config;
        web_config.listen = config.web_listen;
        web_config.inherited_fd = systemd_listen_fd();
        web_config.public_url = config.public_url;
        web_config.tls_cert = config.tls_cert;
        web_config.tls_key = config.tls_key;
        web_config.trusted_proxies = config.trusted_proxies;
        web_config.demo = options.demo;
        web_config.web_dir = options.web_dir;
        web_config.version = kVersion;
        web_config.time_zone = config.time_zone;
        web_config.ack_key = key_beside(config.storage_url, random);
        WebHooks hooks;
        hooks.outbox_changed = [this] { dispatcher->wake(); };
        hooks.tickets_changed = [this] { notifier->wake(); };
        hooks.setup_changed = [this] { tasks.spawn("reload setup", adopt_setup()); };
        hooks.presence_changed = [this] { tasks.spawn("give tickets", give_first_page()); };
        hooks.corrections_changed = [this] { tasks.spawn("learn", learn()); };
        hooks.actions_of = [this](const std::string& source) {
            std::vector<std::string> words;
            for (const auto action : poller->actions_of(source)) words.emplace_back(to_string(action));
            return words;
        };
        hooks.platform_of = [this](const std::string& name) {
            for (const auto& source : config.sources) {
                if (source.name == name) return platform_of(source, *find_source_kind(source.kind));
            }
            return std::string();
        };
        hooks.check_setup = &check_setup;
        hooks.audit = [](const AuditRecord& record) {
            log_event(Level::info, "audit", record.action + " " + record.result,
                      {{"actor", record.actor}, {"client", record.client}, {"object", record.object}});
        };
        hooks.served = [this](const ServedRequest& request) {
            metrics.http_request(request.route, request.method, request.status, request.duration);
        };
        hooks.failed = [](const std::string& id, const std::string& what) {
            log_event(Level::error, "request_failed", what, {{"error", id}});
        };
        web = std::make_unique<WebServer>(executor, std::move(web_config), *database, clock, random, std::move(hooks));
    }

    void make_poller() {
        const auto announce_page = [this](const CommittedPage& page) {
            for (const auto& ticket : page.tickets) web->events().ticket(ticket.id, "mention");
            announce_incidents(page.rises);
        };
        poller = std::make_unique<Poller>(PollerEnv{
            executor, worker, *database, http, sockets, options.files ? *options.files : machine_files, clock, random,
            metrics, duplicates, incidents, sentiment, [this] { return decisions; }, announce_page,
            [this](const SourceRecord& record) { announce_source(record); },
            [this](const std::string& name, std::exception_ptr failure) { fail(name, failure); }, config.time_zone});
    }

    void make_workers() {
        const auto announce_ticket = [this](const Ticket& ticket, std::string_view cause) {
            web->events().ticket(ticket.id, cause);
            notifier->wake();
        };
        escalator = std::make_unique<Escalator>(
            EscalatorEnv{*database, clock, random, metrics, [this] { return decisions; },
                         [this](std::string_view ticket) { return web->ticket_url(ticket); }, announce_ticket,
                         [this] { dispatcher->wake(); }});
        notifier = std::make_unique<Notifier>(
            NotifierEnv{executor, *database, clock, random, [this] { return decisions; },
                        NoticeLinks{[this](std::string_view ticket, std::string_view person) {
                                        return web->acknowledge_url(ticket, person);
                                    },
                                    [this](std::string_view ticket) { return web->ticket_url(ticket); },
                                    config.public_url + "/", config.public_url + "/settings"},
                        [this] { dispatcher->wake(); }, config.time_zone});
        digester = std::make_unique<Digester>(
            DigesterEnv{*database, clock, random, [this] { return decisions; },
                        DigestLinks{[this](std::string_view person) { return web->stop_digests_url(person); },
                                    config.public_url + "/", config.public_url + "/settings"},
                        [this] { dispatcher->wake(); }, config.time_zone});
        dispatcher = std::make_unique<Dispatcher>(
            DispatcherEnv{executor, *database, clock, random, metrics, [this] { return mail_sender(); },
                          [this] { return config.mail_from; }, webhooks,
                          [this](std::string_view source) { return poller->publisher(source); },
                          [this] { return decisions; }, announce_ticket,
                          [this](const OutboxItem& item) {
                              if (is_mail(item) || is_webhook(item)) web->events().mail(item);
                          },
                          [this](const std::string& name, std::exception_ptr failure) { fail(name, failure); },
                          config.time_zone, [this](std::string_view ticket) { return web->ticket_url(ticket); }});
        control = std::make_unique<ControlSocket>(
            executor, config.control_socket, [this](StoreCommand command) { return run_command(std::move(command)); });
    }

    Task<void> offer_first_admin() {
        const bool somebody = co_await database->read([](Reader& reader) { return reader.any_password(); });
        if (somebody || options.demo) co_return;
        const auto code = new_token(random).substr(0, 12);
        web->expect_first_admin(code);
        std::fprintf(
            stderr,
            "No account exists yet. Open the page and make the first admin with this code (good for 15 minutes): %s\n",
            code.c_str());
    }

    // ---- while running

    void announce_source(const SourceRecord& record) {
        web->events().source(record.name, record.state);
        metrics.source_state(record.name, record.state, record.silent);
    }

    Task<CommandResult> run_command(StoreCommand command) {
        if (command.name == "backup") {
            // Not a write: a group's transaction would be in the way, and the copy is of what is committed.
            const auto path = command.argument("path");
            co_return co_await database->read([&path](Reader& reader) { return run_backup(reader, path); });
        }
        auto result = co_await database->write(
            [&](Store& store) { return run_store_command(store, command, random, clock.now()); });
        if (result.setup_changed) {
            co_await load_setup();
            tasks.spawn("targets", retarget_tickets());
            co_await web->reload_setup();
        }
        co_return result;
    }

    Task<void> housekeeping() {
        for (;;) {
            const auto now = clock.now();
            const auto forget_before = now - std::chrono::days(config.retention_days);
            co_await database->write([&](Store& store) {
                store.end_sessions_before(now - limits::kSessionIdle, now - limits::kSessionAbsolute);
                store.forget_before(forget_before, 5000);
                store.forget_incidents(now - kSeriesHoursKept, forget_before);
            });
            co_await wait(std::chrono::hours(1));
        }
    }

    /// One page of the tickets that nobody here has; returns the last one's id.
    Task<std::string> give_page(std::string after) {
        constexpr int kTicketsAtOnce = 100;
        const auto known = decisions;
        if (!known->policies.assigns()) co_return std::string();
        const auto now = clock.now();
        const auto given = co_await database->write(
            [&](Store& store) { return give_tickets(store, known->policies, after, kTicketsAtOnce, random, now); });
        for (const auto& ticket : given.changed) web->events().ticket(ticket.id, "assigned");
        co_return given.last;
    }

    Task<void> give_first_page() {
        std::string first;
        co_await give_page(std::move(first));
    }

    /// A page a round, so that a long list that nobody can take costs little.
    Task<void> keep_giving() {
        std::string after;
        for (;;) {
            auto last = co_await give_page(std::move(after));
            after = std::move(last);
            co_await wait(std::chrono::seconds(10));
        }
    }

    void remember_churn(const ChurnRates& rates) {
        auto next = std::make_shared<Decisions>(*decisions);
        next->churn.clear();
        for (const auto& [brand, rate] : rates) {
            if (rate.value) next->churn.emplace(brand, *rate.value);
        }
        decisions = std::move(next);
    }

    /// Customers one page at a time: others write between two pages.
    Task<void> keep_customers() {
        constexpr int kCustomersAtOnce = 200;
        for (;;) {
            const auto now = clock.now();
            auto churn = co_await web->churn_rates();
            remember_churn(*churn);
            auto setup = co_await database->read([](Reader& reader) { return reader.setup(); });
            const PlanKeeper keeper(std::move(setup), std::move(churn));
            PlanKeeper::Kept kept;
            do {
                const auto after = kept.last;
                kept = co_await database->write(
                    [&](Store& store) { return keeper.keep(store, after, kCustomersAtOnce, random, now); });
            } while (!kept.last.empty());
            co_await database->write([&](Store& store) { propose_links(store, now - std::chrono::days(1), now); });
            co_await ask_customers();
            co_await wait(std::chrono::hours(6));
        }
    }

    Task<void> ask_customers() {
        const auto now = clock.now();
        const int asked =
            co_await database->write([&](Store& store) { return send_surveys(store, web->customer_mails(), now); });
        if (asked > 0) dispatcher->wake();
    }

    Task<void> keep_asking() {
        for (;;) {
            co_await ask_customers();
            co_await wait(std::chrono::minutes(1));
        }
    }

    /// Their own tickets' rows tell how many members there are.
    void announce_incidents(const std::vector<IncidentRise>& rises) {
        for (const auto& rise : rises) {
            web->events().ticket(rise.ticket, "incident");
            web->events().incident(rise);
        }
    }

    Task<void> watch_incidents() {
        for (;;) {
            const auto known = decisions;
            const auto now = clock.now();
            const auto news = co_await database->write([&](Store& store) {
                return tick_incidents(store, incidents, known->incidents, known->policies, random, now);
            });
            for (const auto& ticket : news.tickets) web->events().ticket(ticket.id, "incident_over");
            announce_incidents(news.rises);
            co_await wait(std::chrono::minutes(1));
        }
    }

    Task<void> watch_outbox() {
        for (;;) {
            const auto now = clock.now();
            const auto unsent = co_await database->read([](Reader& reader) { return reader.unsent(); });
            const auto age = unsent.oldest ? std::max(now - *unsent.oldest, Duration(0)) : Duration(0);
            metrics.mail_queue(unsent.count, age);
            co_await wait(std::chrono::seconds(15));
        }
    }

    Task<void> watchdog() {
        const auto interval = systemd_watchdog_interval();
        // A statement of its own: GCC 12 evaluates both arms of a conditional inside an awaited expression.
        const Duration pause = interval ? *interval / 3 : Duration(std::chrono::hours(1));
        for (;;) {
            systemd_watchdog();
            co_await wait(pause);
        }
    }

    Task<void> heartbeat() {
        for (;;) {
            HttpRequest request;
            request.url = config.heartbeat_url;
            FetchConfig own = fetch_of(config);
            own.guard = AddressGuard({*parse_allowance("0.0.0.0/0"), *parse_allowance("::/0")});
            CurlHttpClient client(curl, own);
            const auto answer = co_await client.fetch(std::move(request));
            if (!answer) log_event(Level::warning, "heartbeat_failed", answer.error().what, {});
            co_await wait(config.heartbeat_every);
        }
    }

    Task<void> watch_signals() {
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
    Task<void> reload() {
        if (options.config_file.empty()) co_return;
        systemd_reloading();
        auto read = read_config_files(options.config_file);
        auto parsed = parse_config(read.files);
        auto errors = read.errors;
        errors.insert(errors.end(), parsed.errors.begin(), parsed.errors.end());
        SmtpConfig new_smtp;
        SentimentServiceConfig new_sentiment;
        std::vector<WebhookTarget> new_webhooks;
        if (errors.empty()) new_smtp = smtp_of(parsed.config, errors);
        if (errors.empty()) new_sentiment = sentiment_of(parsed.config, errors);
        if (errors.empty()) new_webhooks = webhook_targets(parsed.config, errors);
        if (errors.empty()) {
            const auto old_fetch = fetch_of(config);
            http.configure(fetch_of(parsed.config));
            errors = co_await poller->configure(parsed.config.sources);
            if (!errors.empty()) http.configure(old_fetch);
        }
        if (errors.empty()) {
            warn_about_fixed(parsed.config);
            config = std::move(parsed.config);
            smtp.configure(std::move(new_smtp));
            sentiment.configure(std::move(new_sentiment));
            webhooks.configure(std::move(new_webhooks));
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

    void warn_about_fixed(const Config& next) {
        if (next.storage_url != config.storage_url || next.web_listen != config.web_listen ||
            next.metrics_listen != config.metrics_listen || next.control_socket != config.control_socket) {
            log_event(Level::warning, "restart_needed",
                      "storage, listeners and the control socket change only at a restart", {});
        }
    }

    MailSender* mail_sender() {
        if (options.mail_sender) return options.mail_sender;
        return config.mail_url.empty() ? nullptr : &smtp;
    }

    std::string status() const { return "watching " + std::to_string(config.sources.size()) + " sources"; }

    void fail(const std::string& name, const std::exception_ptr& failure) {
        try {
            std::rethrow_exception(failure);
        } catch (const std::exception& error) {
            log_event(Level::error, "task_failed", name + ": " + error.what(), {});
        }
        request_stop(kFailed);
    }

    void request_stop(int code) {
        if (code != kOk) exit_code = code;
        stopping = true;
        stopped.cancel();
    }

    // ---- the end, in reverse

    Task<void> shut_down() {
        systemd_stopping();
        if (web) co_await web->stop();
        if (poller) co_await poller->stop();
        co_await tasks.stop();
        if (dispatcher) co_await dispatcher->stop();
        worker.join();
    }

    asio::any_io_executor executor;
    DaemonOptions options;
    Config config;
    SystemClock clock;
    SystemRandom random;
    MachineFiles machine_files;
    Metrics metrics;
    asio::thread_pool worker{1};
    CurlLoop curl;
    CurlHttpClient http;
    BeastWebSockets sockets;
    CurlSmtpSender smtp;
    WebhookCaller webhooks;
    SentimentClient sentiment;
    asio::signal_set signals;
    asio::steady_timer stopped;
    std::unique_ptr<Database> database;
    std::shared_ptr<const Decisions> decisions = std::make_shared<Decisions>();
    SentimentLayers layers;  ///< what stands in `decisions`
    int setup_turn = 0;
    int learning_turn = 0;
    DuplicateIndex duplicates;
    IncidentDesk incidents;
    std::unique_ptr<WebServer> web;
    std::unique_ptr<Poller> poller;
    std::unique_ptr<Escalator> escalator;
    std::unique_ptr<Notifier> notifier;
    std::unique_ptr<Digester> digester;
    std::unique_ptr<Dispatcher> dispatcher;
    std::unique_ptr<ControlSocket> control;
    std::unique_ptr<MetricsListener> metrics_listener;
    TaskGroup tasks;
    bool stopping = false;
    int exit_code = kOk;
};

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
