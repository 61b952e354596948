#include "web/as_outcome.hpp"
#include "web/client_address.hpp"
#include "web/connection.hpp"
#include "web/listener.hpp"
#include "web/news.hpp"
#include "web/passwords.hpp"
#include "web/presence_views.hpp"
#include "web/web.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <algorithm>
#include <cassert>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

namespace rasid {
namespace {

namespace asio = boost::asio;

constexpr std::chrono::seconds kPresenceRound{5};        ///< how often is looked who has not been heard of
constexpr std::chrono::milliseconds kGatherEvents{100};  ///< rows and counts of what changed within are read together
constexpr std::chrono::milliseconds kDescriptorPause{100};
constexpr std::chrono::minutes kFirstAdminCode{15};

Result<std::shared_ptr<asio::ssl::context>> load_certificate(const WebConfig& config) {
    auto context = std::make_shared<asio::ssl::context>(asio::ssl::context::tls_server);
    SSL_CTX_set_min_proto_version(context->native_handle(), TLS1_2_VERSION);
    boost::system::error_code failure;
    context->use_certificate_chain_file(config.tls_cert, failure);
    if (failure)
        return Failure{Failure::Kind::refused,
                       "the certificate `" + config.tls_cert + "` cannot be read: " + failure.message()};
    context->use_private_key_file(config.tls_key, asio::ssl::context::pem, failure);
    if (failure)
        return Failure{Failure::Kind::refused, "the key `" + config.tls_key + "` cannot be used: " + failure.message()};
    return context;
}

}  // namespace

struct WebServer::State {
    State(asio::any_io_executor the_executor, WebConfig config, Database& database, Clock& clock, Random& random,
          WebHooks hooks)
        : executor(the_executor), site(the_executor, std::move(config), database, clock, random, std::move(hooks)),
          connections(the_executor), presence_round(the_executor), ended(the_executor) {}

    asio::any_io_executor executor;
    Site site;
    OriginRules origin = {};
    std::shared_ptr<asio::ssl::context> tls = {};  // shared with the connections that were opened under it
    std::optional<Listener> listener = {};
    Connections connections;
    std::size_t running = 0;
    Wake presence_round;
    Wake ended;
    bool stopping = false;

    /// Runs a coroutine that stop() waits for.
    void spawn(std::string_view name, Task<void> task) {
        ++running;
        asio::co_spawn(executor, std::move(task), [this, name](std::exception_ptr failure) {
            --running;
            if (failure) report(name, failure);
            ended.notify();
        });
    }

    void report(std::string_view name, std::exception_ptr failure) {
        if (!site.hooks.failed) return;
        try {
            std::rethrow_exception(failure);
        } catch (const std::exception& known) {
            site.hooks.failed(std::string(name), known.what());
        } catch (...) {
            site.hooks.failed(std::string(name), "unknown exception");
        }
    }

    Result<void> open_listener();
    Task<void> accept();
    Task<void> tell_news();
    Task<void> watch_presence();
};

Result<void> WebServer::State::open_listener() {
    auto& config = site.config;
    if (const auto* bad = unreadable_entry(config.trusted_proxies)) {
        return Failure{Failure::Kind::refused,
                       "trusted_proxies: `" + *bad + "` is no address; write \"10.0.0.5\" or \"10.0.0.0/24\""};
    }
    const bool wants_tls = !config.tls_cert.empty() || !config.tls_key.empty();
    if (wants_tls) {
        auto loaded = load_certificate(config);
        if (!loaded) return loaded.error();
        tls = std::move(*loaded);
    }
    auto opened =
        config.inherited_fd >= 0 ? adopt_listener(executor, config.inherited_fd) : listen_on(executor, config.listen);
    if (!opened) return opened.error();
    if (!opened->loopback && !opened->local && !tls) {
        return Failure{Failure::Kind::refused,
                       "passwords would cross the network unencrypted: give `tls_cert` and `tls_key`, or listen on "
                       "127.0.0.1 or a Unix socket behind a proxy that has them"};
    }
    // Whoever can open our Unix socket is the proxy that was meant to.
    if (opened->local) config.trusted_proxies.emplace_back("unix");
    origin = OriginRules(config.public_url, opened->loopback);
    // Where nobody gave it a name, its links are for who sits at this machine.
    if (config.public_url.empty() && opened->loopback && config.inherited_fd < 0) {
        const auto host = config.listen.substr(0, config.listen.rfind(':'));
        config.public_url = (tls ? "https://" : "http://") + host + ":" + std::to_string(opened->port);
    }
    listener.emplace(std::move(*opened));
    return {};
}

Task<void> WebServer::State::accept() {
    asio::steady_timer pause(executor);
    while (!stopping) {
        auto outcome = co_await listener->acceptor.async_accept(kAsOutcome);
        if (stopping) co_return;
        if (const auto failure = std::get<0>(outcome)) {
            // Out of descriptors: a bare loop would spin on the same error, so connections wait in the kernel's queue
            // for a moment.
            if (failure == asio::error::operation_aborted || failure == asio::error::bad_descriptor) co_return;
            pause.expires_after(kDescriptorPause);
            auto waited = co_await pause.async_wait(kAsOutcome);
            static_cast<void>(waited);
            continue;
        }
        spawn("connection",
              serve_connection(site, origin, connections, std::move(std::get<1>(outcome)), tls, listener->local));
    }
}

Task<void> WebServer::State::tell_news() {
    asio::steady_timer pause(executor);
    while (!stopping) {
        co_await site.events.changed().wait(std::chrono::hours(1));
        if (stopping) co_return;
        auto pending = site.events.take_pending();
        try {
            co_await tell_pages(site, std::move(pending));
        } catch (const std::exception&) {
            // The page reads everything again when it comes back; an event that could not be read is not worth the
            // stream.
            report("events", std::current_exception());
        }
        pause.expires_after(kGatherEvents);
        auto waited = co_await pause.async_wait(kAsOutcome);
        static_cast<void>(waited);
    }
}

Task<void> WebServer::State::watch_presence() {
    while (!stopping) {
        co_await presence_round.wait(kPresenceRound);
        tell_presence(site, site.presence.expire(site.clock.now()));
    }
}

WebServer::WebServer(asio::any_io_executor executor, WebConfig config, Database& database, Clock& clock, Random& random,
                     WebHooks hooks)
    : state_(
          std::make_unique<State>(std::move(executor), std::move(config), database, clock, random, std::move(hooks))) {}

WebServer::~WebServer() { assert(state_->running == 0 && "stop() is awaited before the server goes"); }

Task<Result<void>> WebServer::start() {
    auto& state = *state_;
    if (sodium_init() < 0) co_return Failure{Failure::Kind::refused, "libsodium cannot be used"};
    if (state.site.config.web_dir.empty()) {
        state.site.files = StaticFiles::embedded();
    } else {
        auto files = StaticFiles::from_folder(state.site.config.web_dir);
        if (!files) co_return files.error();
        state.site.files = std::move(*files);
    }
    auto opened = state.open_listener();
    if (!opened) co_return opened.error();
    co_await state.site.reload_workspace();
    state.spawn("accept", state.accept());
    state.spawn("events", state.tell_news());
    state.spawn("presence", state.watch_presence());
    co_return Result<void>();
}

Task<void> WebServer::stop() {
    auto& state = *state_;
    state.stopping = true;
    boost::system::error_code ignored;
    if (state.listener) {
        state.listener->acceptor.close(ignored);
        if (!state.listener->path.empty()) ::unlink(state.listener->path.c_str());
    }
    state.connections.stop();
    state.site.events.say_goodbye();
    state.site.events.changed().notify();
    state.presence_round.notify();
    state.connections.close_idle();
    const auto deadline = std::chrono::steady_clock::now() + state.site.config.stop_grace;
    while (state.running > 0) {
        const auto left = deadline - std::chrono::steady_clock::now();
        if (left <= std::chrono::steady_clock::duration::zero()) state.connections.close_all();
        co_await state.ended.wait(
            std::max(std::chrono::milliseconds(10), std::chrono::duration_cast<std::chrono::milliseconds>(left)));
    }
}

const std::string& WebServer::public_url() const { return state_->site.config.public_url; }

std::uint16_t WebServer::port() const { return state_->listener ? state_->listener->port : 0; }

std::size_t WebServer::event_streams() const { return state_->site.events.size(); }

EventHub& WebServer::events() { return state_->site.events; }

Task<void> WebServer::reload_setup() { return state_->site.reload_workspace(); }

Result<void> WebServer::reload_certificate() {
    if (!state_->tls) return {};
    auto loaded = load_certificate(state_->site.config);
    if (!loaded) return loaded.error();
    state_->tls = std::move(*loaded);
    return {};
}

void WebServer::expect_first_admin(std::string code) {
    state_->site.first_admin = Site::FirstAdminCode{std::move(code), state_->site.clock.now() + kFirstAdminCode};
}

std::string WebServer::add_sign_in_token(std::string person_id) {
    assert(state_->site.config.demo);
    auto token = new_token(state_->site.random);
    state_->site.sign_in_tokens[token_hash(token)] = std::move(person_id);
    return token;
}

std::string WebServer::acknowledge_url(std::string_view ticket, std::string_view person) {
    auto& site = state_->site;
    return site.config.public_url +
           "/m/ack?t=" + site.ack.make(ticket, person, "acknowledge", site.clock.now(), site.random);
}

Task<ChurnRatesPtr> WebServer::churn_rates() { return rasid::churn_rates(state_->site); }

CustomerMails WebServer::customer_mails() const { return state_->site.customer_mails(); }

std::string WebServer::stop_digests_url(std::string_view person) const {
    const auto& site = state_->site;
    return site.config.public_url + "/m/digest?t=" + site.ack.make_lasting(LinkPurpose::digest, person);
}

std::string WebServer::ticket_url(std::string_view ticket) const {
    return state_->site.config.public_url + "/tickets/" + url_encode(ticket);
}

}  // namespace rasid
