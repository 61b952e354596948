#include "daemon/daemon_parts.hpp"

#include "daemon/key_file.hpp"
#include "daemon/log.hpp"
#include "daemon/service_config.hpp"
#include "daemon/setup_check.hpp"
#include "daemon/source_options.hpp"
#include "daemon/systemd.hpp"
#include "daemon/version.hpp"
#include "web/events.hpp"

#include <algorithm>
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

namespace rasid {

namespace asio = boost::asio;

Daemon::Parts::Parts(asio::any_io_executor e, DaemonOptions o)
    : executor(std::move(e)), options(std::move(o)), config(options.config), curl(executor),
      http(curl, fetch_of(config)),
      sockets(
          executor, [this] { return AddressGuard(config.allow_private); }, fetch_of(config).ca_file),
      smtp({}), webhooks(http), sentiment(http, clock, metrics), signals(executor), stopped(executor),
      tasks(executor, [this](const std::string& name, std::exception_ptr failure) { fail(name, failure); }) {
    stopped.expires_at(asio::steady_timer::time_point::max());
}

void Daemon::Parts::make_web() {
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
    web = std::make_unique<WebServer>(executor, std::move(web_config), *database, clock, random, web_hooks());
}

WebHooks Daemon::Parts::web_hooks() {
    WebHooks hooks;
    hooks.outbox_changed = [this] { dispatcher->wake(); };
    hooks.tickets_changed = [this] { notifier->wake(); };
    hooks.setup_changed = [this] { tasks.spawn("reload setup", adopt_setup()); };
    hooks.presence_changed = [this] { tasks.spawn("give tickets", upkeep->give_first_page()); };
    hooks.corrections_changed = [this] { tasks.spawn("learn", decisions->learn()); };
    hooks.reply_form_of = [this](const std::string& source, const std::string& platform) {
        return poller->reply_form_of(source, platform);
    };
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
    hooks.sources = source_desk();
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
    return hooks;
}

SourceDesk Daemon::Parts::source_desk() {
    SourceDesk desk;
    desk.facts = [this](const std::string& name) {
        auto facts = poller->facts(name);
        if (facts) facts->sign_in = sign_ins->facts(name);
        return facts;
    };
    desk.paused = [this](const std::string& name, bool paused) { poller->set_paused(name, paused); };
    desk.poll = [this](const std::string& name) { poller->poll_soon(name); };
    desk.try_out = [this](std::string name) { return poller->try_out(std::move(name)); };
    desk.begin_sign_in = [this](std::string name, std::string session) {
        return sign_ins->begin(std::move(name), std::move(session));
    };
    desk.finish_sign_in = [this](SignInAnswer answer, std::string session) {
        return sign_ins->finish(std::move(answer), std::move(session));
    };
    desk.sign_out = [this](std::string name) { return sign_ins->sign_out(std::move(name)); };
    return desk;
}

void Daemon::Parts::make_sign_ins() {
    grants = std::make_unique<FolderPrivateFiles>(grants_folder_beside(config.storage_url));
    auto way_back = web->public_url();
    if (!way_back.empty()) way_back += "/api/v1/sign-ins/callback";
    sign_ins = std::make_unique<SignIns>(
        SignInsEnv{http, clock, random, *grants,
                   [this](std::string_view name) -> const SourceConfig* {
                       const auto named = [name](const SourceConfig& source) { return source.name == name; };
                       const auto found = std::ranges::find_if(config.sources, named);
                       return found == config.sources.end() ? nullptr : &*found;
                   },
                   std::move(way_back), [this](std::string name) { return restart_source(std::move(name)); }});
}

void Daemon::Parts::make_poller() {
    const auto announce_page = [this](const CommittedPage& page) {
        for (const auto& ticket : page.tickets) web->events().ticket(ticket.id, "mention");
        announce_incidents(web->events(), page.rises);
        search_indexer->wake();
        if (page.answers) dispatcher->wake();
    };
    poller = std::make_unique<Poller>(
        PollerEnv{executor, worker, *database, http, sockets, options.files ? *options.files : machine_files, clock,
                  random, metrics, duplicates, incidents, sentiment, [this] { return decisions->current(); },
                  announce_page, [this](const SourceRecord& record) { announce_source(record); },
                  [this](const std::string& name, std::exception_ptr failure) { fail(name, failure); },
                  config.time_zone, [this](const SourceConfig& source) { return sign_ins->token_for(source); }});
}

void Daemon::Parts::make_workers() {
    const auto known = [this] { return decisions->current(); };
    const auto wake_dispatcher = [this] { dispatcher->wake(); };
    const auto announce_ticket = [this](const Ticket& ticket, std::string_view cause) {
        web->events().ticket(ticket.id, cause);
        notifier->wake();
    };
    escalator = std::make_unique<Escalator>(EscalatorEnv{
        *database, clock, random, metrics, known, [this](std::string_view ticket) { return web->ticket_url(ticket); },
        announce_ticket, wake_dispatcher});
    notifier = std::make_unique<Notifier>(
        NotifierEnv{executor, *database, clock, random, known,
                    NoticeLinks{[this](std::string_view ticket, std::string_view person) {
                                    return web->acknowledge_url(ticket, person);
                                },
                                [this](std::string_view ticket) { return web->ticket_url(ticket); },
                                web->public_url() + "/", web->public_url() + "/settings"},
                    wake_dispatcher, config.time_zone});
    event_relay = std::make_unique<EventRelay>(EventRelayEnv{*database, clock, random, config, wake_dispatcher});
    search_indexer = std::make_unique<SearchIndexer>(executor, *database);
    digester = std::make_unique<Digester>(
        DigesterEnv{*database, clock, random, known,
                    DigestLinks{[this](std::string_view person) { return web->stop_digests_url(person); },
                                web->public_url() + "/", web->public_url() + "/settings"},
                    wake_dispatcher, config.time_zone});
    dispatcher = std::make_unique<Dispatcher>(
        DispatcherEnv{executor, *database, clock, random, metrics, [this] { return mail_sender(); },
                      [this] { return config.mail_from; }, webhooks,
                      [this](std::string_view source) { return poller->publisher(source); }, known, announce_ticket,
                      [this](const OutboxItem& item) {
                          if (is_mail(item) || is_webhook(item)) web->events().mail(item);
                      },
                      [this](const std::string& name, std::exception_ptr failure) { fail(name, failure); },
                      config.time_zone, [this](std::string_view ticket) { return web->ticket_url(ticket); }});
    upkeep = std::make_unique<Upkeep>(
        UpkeepEnv{*database, clock, random, metrics, *decisions, incidents, web->events(), config, *sign_ins});
    customer_upkeep = std::make_unique<CustomerUpkeep>(
        CustomerUpkeepEnv{*database, clock, random, *decisions, *web, wake_dispatcher});
    control = std::make_unique<ControlSocket>(executor, config.control_socket,
                                              [this](StoreCommand command) { return run_command(std::move(command)); });
}

Task<void> Daemon::Parts::offer_first_admin() {
    const bool somebody = co_await database->read([](Reader& reader) { return reader.any_password(); });
    if (somebody || options.demo) co_return;
    const auto code = new_token(random).substr(0, 12);
    web->expect_first_admin(code);
    std::fprintf(
        stderr,
        "No account exists yet. Open the page and make the first admin with this code (good for 15 minutes): %s\n",
        code.c_str());
}

MailSender* Daemon::Parts::mail_sender() {
    if (options.mail_sender) return options.mail_sender;
    return config.mail_url.empty() ? nullptr : &smtp;
}

void Daemon::Parts::announce_source(const SourceRecord& record) {
    web->events().source(record.name, record.state);
    metrics.source_state(record.name, record.state, record.silent);
}

Task<void> Daemon::Parts::restart_source(std::string name) {
    const auto errors = co_await poller->restart(name);
    for (const auto& error : errors)
        log_event(Level::error, "source_not_restarted", to_string(error), {{"source", name}});
}

Task<void> Daemon::Parts::adopt_setup() {
    co_await decisions->load_setup();
    co_await upkeep->retarget_tickets();
}

Task<CommandResult> Daemon::Parts::run_command(StoreCommand command) {
    if (command.name == "backup") {
        // Not a write: a group's transaction would be in the way, and the copy is of what is committed.
        const auto path = command.argument("path");
        const auto back_up = [&path](Reader& reader) { return run_backup(reader, path); };
        co_return co_await database->read(back_up);
    }
    const auto run = [&](Store& store) { return run_store_command(store, command, random, clock.now()); };
    auto result = co_await database->write(run);
    if (result.setup_changed) {
        co_await decisions->load_setup();
        tasks.spawn("targets", upkeep->retarget_tickets());
        co_await web->reload_setup();
    }
    co_return result;
}

}  // namespace rasid
