#pragma once

#include "core/audit.hpp"
#include "core/clock.hpp"
#include "core/failure.hpp"
#include "core/limits.hpp"
#include "core/outbox.hpp"
#include "core/random.hpp"
#include "core/reply_form.hpp"
#include "core/setup.hpp"
#include "core/setup_toml.hpp"
#include "core/task.hpp"
#include "storage/database.hpp"
#include "web/churn_rates.hpp"
#include "web/source_desk.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace rasid {

class CustomerMails;
class EventHub;

struct WebConfig {
    std::string listen = "127.0.0.1:8420";  ///< address:port (port 0: any free one) or unix:PATH
    int inherited_fd = -1;        ///< a listening socket that systemd passed; then `listen` is not used. Owned.
    std::string public_url = {};  ///< what links in mails start with, e.g. "https://rasid.example.org"
    std::string tls_cert = {};    ///< PEM file with the chain; empty: no TLS
    std::string tls_key = {};
    std::vector<std::string> trusted_proxies = {};  ///< "10.0.0.5" or "10.0.0.0/24": their X-Forwarded-For is believed
    bool demo = false;
    std::string web_dir = {};  ///< serve the page from this folder instead of the embedded one
    std::string version = {};
    std::string time_zone = "UTC";  ///< of the workspace, for the page
    std::string ack_key = {};       ///< 32 random bytes that sign the links in mails; must outlive a restart

    // Bounds; tests shorten them.
    std::chrono::milliseconds header_deadline = limits::kRequestHeaderDeadline;
    std::chrono::milliseconds body_deadline = limits::kRequestBodyDeadline;
    std::chrono::milliseconds keep_alive = std::chrono::seconds(75);
    std::chrono::milliseconds heartbeat = std::chrono::seconds(15);
    std::chrono::milliseconds stop_grace = std::chrono::seconds(4);
    std::size_t connections = limits::kConnections;
    std::size_t connections_per_address = 20;  ///< before anybody has signed in on them
};

/// One answered request, for metrics. `route` is the pattern, never the path.
struct ServedRequest {
    std::string_view route;
    std::string_view method;
    int status = 0;
    std::chrono::microseconds duration = {};
};

/// What the server asks of the rest of the daemon. Called on the loop thread unless said otherwise; unset ones do
/// nothing.
struct WebHooks {
    std::function<void()> outbox_changed = {};       ///< something was put into, changed or cancelled in the outbox
    std::function<void()> tickets_changed = {};      ///< a ticket's check_at may have moved
    std::function<void()> setup_changed = {};        ///< a new setup was stored: compile rules, wake the escalation
    std::function<void()> presence_changed = {};     ///< somebody came or left: give him tickets, or take his
    std::function<void()> corrections_changed = {};  ///< somebody corrected the machine, or took that back: learn
    /// What the Publisher of a source can do: "reply", "reshare", "like", "hide".
    std::function<std::vector<std::string>(const std::string& source)> actions_of = {};
    /// What a reply through a source to a mention of this platform may look like.
    std::function<ReplyForm(const std::string& source, const std::string& platform)> reply_form_of = {};
    /// Platform of a configured source; empty: unknown.
    std::function<std::string(const std::string& source)> platform_of = {};
    SourceDesk sources = {};
    /// What is wrong with a setup beyond its references: rules that do not compile, calendars that cannot be used.
    /// Pure; called on a worker thread.
    std::function<std::vector<SetupError>(const Setup&)> check_setup = {};
    std::function<std::vector<std::string>()> not_ready = {};  ///< reasons; empty: ready
    std::function<void(const AuditRecord&)> audit = {};
    std::function<void(const ServedRequest&)> served = {};
    /// An exception ended a request or a background task. The client saw only `error_id`.
    std::function<void(const std::string& error_id, const std::string& what)> failed = {};
};

/// The moderators' page and the HTTP API, on the loop thread.
///
/// Order of calls: construct, `start`, … `stop` awaited, destroy. Everything referred to outlives it.
class WebServer {
public:
    WebServer(boost::asio::any_io_executor executor, WebConfig config, Database& database, Clock& clock, Random& random,
              WebHooks hooks);
    ~WebServer();
    WebServer(const WebServer&) = delete;
    WebServer& operator=(const WebServer&) = delete;

    /// Reads the setup, loads the page, listens. Fails with refused when it cannot: a listener beyond loopback without
    /// TLS, an address in use, a certificate that does not load, a page folder that does not exist.
    Task<Result<void>> start();

    /// Stops listening, says `bye` to event streams, lets running requests finish within the grace, closes the rest,
    /// and returns when nothing runs any more.
    Task<void> stop();

    std::uint16_t port() const;  ///< 0 on a Unix socket
    /// What links start with: as configured, or where it listens when only this machine can reach that; else empty.
    const std::string& public_url() const;
    std::size_t event_streams() const;

    /// To announce changes that others than the page make: tickets, mails, sources.
    EventHub& events();

    /// The setup was changed elsewhere (import): reads it again and ends event streams of people who are gone.
    Task<void> reload_setup();

    /// Reads certificate and key again; connections that stand keep the old one. Keeps the old pair when it fails.
    Result<void> reload_certificate();

    /// Opens POST /api/v1/first-admin for this code, for 15 minutes. Prints nothing: the caller shows the code on the
    /// console.
    void expect_first_admin(std::string code);

    /// A token for /demo/sign-in?t=TOKEN, good as long as this server lives. Only in a demo.
    std::string add_sign_in_token(std::string person_id);

    /// The link of a mail's button: GET shows the ticket, POST acknowledges it once. Good for 48 hours.
    std::string acknowledge_url(std::string_view ticket, std::string_view person);
    /// The one-click way out of digests for a person. Safe from every thread.
    std::string stop_digests_url(std::string_view person) const;
    /// Mails to customers, with their links (web/customer_mails.hpp). Good as long as this server lives.
    CustomerMails customer_mails() const;
    Task<ChurnRatesPtr> churn_rates();

    /// The page's address of a ticket.
    std::string ticket_url(std::string_view ticket) const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace rasid
