#pragma once

#include "daemon/control_socket.hpp"
#include "daemon/curl/http.hpp"
#include "daemon/curl/smtp.hpp"
#include "daemon/customer_upkeep.hpp"
#include "daemon/daemon.hpp"
#include "daemon/decision_desk.hpp"
#include "daemon/digester.hpp"
#include "daemon/dispatcher.hpp"
#include "daemon/escalator.hpp"
#include "daemon/event_relay.hpp"
#include "daemon/files_adapter.hpp"
#include "daemon/metrics_listener.hpp"
#include "daemon/notifier.hpp"
#include "daemon/poller.hpp"
#include "daemon/private_files_adapter.hpp"
#include "daemon/search_indexer.hpp"
#include "daemon/sentiment_client.hpp"
#include "daemon/sign_ins.hpp"
#include "daemon/system_clock.hpp"
#include "daemon/upkeep.hpp"
#include "daemon/webhook_delivery.hpp"
#include "daemon/websocket_adapter.hpp"
#include "web/web.hpp"

#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>

#include <exception>
#include <memory>
#include <string>

namespace rasid {

/// All that a daemon is made of. Members stand in order of dependence: each refers only to those above it, but for what
/// is called while all of them live. `shut_down` ends every coroutine before any of them goes.
struct Daemon::Parts {
    Parts(boost::asio::any_io_executor executor, DaemonOptions options);

    // How the parts are made and told of each other: daemon_parts.cpp.
    void make_web();
    void make_sign_ins();
    void make_poller();
    void make_workers();
    WebHooks web_hooks();
    SourceDesk source_desk();
    MailSender* mail_sender();
    Task<void> offer_first_admin();
    void announce_source(const SourceRecord& record);
    Task<void> restart_source(std::string name);
    Task<void> adopt_setup();
    Task<CommandResult> run_command(StoreCommand command);

    // How they live: daemon.cpp.
    Task<bool> start();
    bool open_storage();
    bool open_listeners();
    void spawn_tasks();
    Task<void> watchdog();
    Task<void> heartbeat();
    Task<void> watch_signals();
    Task<void> reload();
    std::string status() const;
    void fail(const std::string& name, const std::exception_ptr& failure);
    void request_stop(int code);
    Task<void> shut_down();

    boost::asio::any_io_executor executor;
    DaemonOptions options;
    Config config;
    SystemClock clock;
    SystemRandom random;
    MachineFiles machine_files;
    Metrics metrics;
    boost::asio::thread_pool worker{1};
    CurlLoop curl;
    CurlHttpClient http;
    BeastWebSockets sockets;
    CurlSmtpSender smtp;
    WebhookCaller webhooks;
    SentimentClient sentiment;
    boost::asio::signal_set signals;
    boost::asio::steady_timer stopped;
    std::unique_ptr<Database> database;
    std::unique_ptr<DecisionDesk> decisions;
    DuplicateIndex duplicates;
    IncidentDesk incidents;
    std::unique_ptr<WebServer> web;
    std::unique_ptr<PrivateFiles> grants;
    std::unique_ptr<SignIns> sign_ins;
    std::unique_ptr<Poller> poller;
    std::unique_ptr<Escalator> escalator;
    std::unique_ptr<Notifier> notifier;
    std::unique_ptr<EventRelay> event_relay;
    std::unique_ptr<Digester> digester;
    std::unique_ptr<SearchIndexer> search_indexer;
    std::unique_ptr<Dispatcher> dispatcher;
    std::unique_ptr<Upkeep> upkeep;
    std::unique_ptr<CustomerUpkeep> customer_upkeep;
    std::unique_ptr<ControlSocket> control;
    std::unique_ptr<MetricsListener> metrics_listener;
    TaskGroup tasks;
    bool stopping = false;
    int exit_code = kOk;
};

}  // namespace rasid
