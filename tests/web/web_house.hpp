#pragma once

#include "core/random.hpp"
#include "escalation/route.hpp"
#include "storage/storage_threads.hpp"
#include "tests/support/temp_folder.hpp"
#include "tests/web/browser.hpp"
#include "web/passwords.hpp"
#include "web/web.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

#include <atomic>
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <sodium.h>
#include <string>
#include <thread>
#include <vector>

namespace rasid {

/// A clock that the test moves while the loop reads it.
class SharedClock final : public Clock {
public:
    Instant now() const override { return from_micros(micros_); }
    void advance(Duration by) { micros_ += by.count(); }

private:
    std::atomic<std::int64_t> micros_ = to_micros(*parse_rfc3339("2026-03-01T12:00:00Z"));
};

class RealRandom final : public Random {
public:
    void fill(std::span<std::uint8_t> bytes) override { randombytes_buf(bytes.data(), bytes.size()); }
};

/// What the server told the daemon.
struct Told {
    std::atomic<int> outbox_changed = 0;
    std::atomic<int> setup_changed = 0;
    std::atomic<int> presence_changed = 0;
    std::atomic<int> tickets_changed = 0;
    std::atomic<int> corrections_changed = 0;
    std::mutex mutex = {};
    std::vector<AuditRecord> audit = {};
    std::vector<std::string> failures = {};
};

/// The pollers as the server sees them. Set before it answers.
struct FakeSourceDesk {
    std::map<std::string, PollingFacts> facts = {};
    std::atomic<bool> broken = false;  ///< trying a source out fails
    std::vector<std::string> done = {};
    std::map<std::string, std::string> begun = {};  ///< session by state, of sign-ins; the state is the source's name
    SourceDesk desk();
};

/// A whole server on a loopback port over a real store in a folder of its own; its loop runs on a thread, the test is
/// its visitor.
class WebHouse {
public:
    explicit WebHouse(const std::function<void(WebConfig&)>& adjust = [](WebConfig&) {}) {
        WebConfig config;
        config.listen = "127.0.0.1:0";
        config.version = "0.1.0";
        config.time_zone = "Asia/Riyadh";
        config.ack_key = std::string(32, 'k');
        adjust(config);
        database = std::make_unique<StorageThreads>(loop_.get_executor(),
                                                    StoreOptions{"sqlite:" + folder.file("rasid.db"), false});
        thread_ = std::thread([this] { loop_.run(); });
        write([](Store& store) { store.put_setup(sample_setup()); });
        server = std::make_unique<WebServer>(loop_.get_executor(), config, *database, clock, random, hooks());
        started = await(server->start());
    }

    ~WebHouse() {
        if (server) {
            await_void(server->stop());
            std::promise<void> gone;
            boost::asio::post(loop_, [&] {
                server.reset();
                gone.set_value();
            });
            gone.get_future().get();
        }
        database.reset();
        work_.reset();
        loop_.stop();
        thread_.join();
    }
    WebHouse(const WebHouse&) = delete;
    WebHouse& operator=(const WebHouse&) = delete;

    template <typename T>
    T await(Task<T> task) {
        return boost::asio::co_spawn(loop_, std::move(task), boost::asio::use_future).get();
    }
    void await_void(Task<void> task) { boost::asio::co_spawn(loop_, std::move(task), boost::asio::use_future).get(); }

    /// Runs on the loop's thread.
    void on_loop(const std::function<void()>& job) {
        std::promise<void> done;
        boost::asio::post(loop_, [&] {
            job();
            done.set_value();
        });
        done.get_future().get();
    }

    template <typename Function>
    auto write(Function function) -> std::invoke_result_t<Function, Store&> {
        using Value = std::invoke_result_t<Function, Store&>;
        if constexpr (std::is_void_v<Value>)
            await_void(database->write(std::move(function)));
        else
            return await(database->write(std::move(function)));
    }

    std::string person_id(const std::string& name) {
        return write([name](Store& store) { return find_named(store.setup().people, name)->id; });
    }

    /// A browser with a session that was made without the cost of a password.
    Browser sign_in(const std::string& name) {
        Browser browser(server->port());
        const auto token = new_token(random);
        const auto csrf = new_token(random);
        const Session session{token_hash(token), person_id(name), csrf, clock.now(), clock.now()};
        write([session](Store& store) { store.put_session(session); });
        browser.cookie = "__Host-rasid=" + token;
        browser.csrf = csrf;
        return browser;
    }
    Browser stranger() { return Browser(server->port()); }
    /// Omar, who joins the house as a manager of this brand alone.
    Browser manager_of(const std::string& brand);

    /// Stores a mention and lets the real routing open or join its ticket. The ticket's id.
    std::string hear(const std::string& text, const std::string& brand = "nasma", const std::string& handle = "hind_z",
                     Polarity polarity = Polarity::negative);

    static Setup sample_setup();

    TempFolder folder;
    SharedClock clock;
    RealRandom random;
    Told told;
    std::unique_ptr<StorageThreads> database;
    std::unique_ptr<WebServer> server;
    Result<void> started = {};
    std::vector<std::string> actions = {"reply", "like"};  ///< of every source; set before the server answers
    FakeSourceDesk desk;
    std::atomic<bool> fail_actions = false;  ///< asking what a source can do throws

private:
    WebHooks hooks();

    boost::asio::io_context loop_{1};
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_{loop_.get_executor()};
    std::thread thread_;
    int heard_ = 0;
};

}  // namespace rasid
