#include "daemon/dispatcher.hpp"

#include "core/mail_payload.hpp"
#include "storage/storage_threads.hpp"
#include "tests/daemon/loop.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/fake_http.hpp"
#include "tests/support/fake_random.hpp"
#include "tests/support/temp_folder.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace rasid {
namespace {

using namespace std::chrono_literals;
using Kind = MailOutcome::Kind;

/// Takes every mail but those to addresses that a test gave another outcome.
class ScriptedMailServer final : public MailSender {
public:
    std::map<std::string, Kind> outcomes;
    bool down = false;
    std::vector<std::string> tried;  ///< addresses, in order

    Task<MailOutcome> send(std::string, std::string to, std::string) override {
        tried.push_back(to);
        const auto found = outcomes.find(to);
        MailOutcome outcome;
        outcome.kind = down ? Kind::try_later : found == outcomes.end() ? Kind::delivered : found->second;
        co_return outcome;
    }
    auto tries(const std::string& to) const { return std::ranges::count(tried, to); }
};

class DispatcherTest : public testing::Test {
protected:
    DispatcherTest() {
        webhooks.configure({{.name = "ops", .kind = "slack", .url = "https://hooks.example/T1"}});
        http.serve = [](const HttpRequest&) { return HttpResponse{.status = 200, .body = "ok"}; };
    }
    ~DispatcherTest() override {
        run_on(loop, tasks.stop());
        run_on(loop, dispatcher.stop());
    }

    void start() { tasks.spawn("outbox", dispatcher.run()); }

    /// Runs the loop until it is so, at most 20 s.
    void until(const std::function<bool()>& so) {
        const auto end = std::chrono::steady_clock::now() + 20s;
        while (!so() && std::chrono::steady_clock::now() < end) {
            if (loop.stopped()) loop.restart();
            loop.run_one_until(end);
        }
        if (!so()) throw std::runtime_error("it did not come to that within 20 s");
    }

    OutboxItem item(const std::string& id, const std::string& kind, const std::string& to) const {
        OutboxItem made;
        made.id = made.key = id;
        made.kind = kind;
        made.to = to;
        made.payload = print_mail_payload({.subject = "a ticket", .text = "words"});
        made.created_at = made.not_before = clock.now();
        return made;
    }

    void put(const OutboxItem& made) {
        run_on(loop, database.write([&](Store& store) { store.put_outbox(made); }));
        dispatcher.wake();
    }

    int attempts(const std::string& id) const {
        const auto found = seen.find(id);
        return found == seen.end() ? 0 : found->second.attempts;
    }
    bool sent(const std::string& id) const {
        const auto found = seen.find(id);
        return found != seen.end() && found->second.state == OutboxState::sent;
    }

    TempFolder folder;
    boost::asio::io_context loop{1};
    StorageThreads database{loop.get_executor(), StoreOptions{.url = "sqlite:" + folder.file("rasid.db")}};
    FakeClock clock;
    FakeRandom random;
    Metrics metrics;
    FakeHttp http;
    WebhookCaller webhooks{http};
    ScriptedMailServer server;
    std::shared_ptr<const Decisions> decisions = std::make_shared<Decisions>();
    std::map<std::string, OutboxItem> seen;
    Dispatcher dispatcher{DispatcherEnv{loop.get_executor(), database, clock, random, metrics,
                                        [this] { return &server; }, [] { return std::string("rasid@example.org"); },
                                        webhooks, [](std::string_view) { return nullptr; },
                                        [this] { return decisions; }, [](const Ticket&, std::string_view) {},
                                        [this](const OutboxItem& one) { seen[one.id] = one; },
                                        [](const std::string& name, std::exception_ptr) { ADD_FAILURE() << name; }}};
    TaskGroup tasks{loop.get_executor(), [](const std::string& name, std::exception_ptr) { ADD_FAILURE() << name; }};
};

TEST_F(DispatcherTest, a_mailbox_that_is_postponed_delays_no_neighbour) {
    server.outcomes = {{"full@example.org", Kind::postponed}};
    const auto each_was_tried = [this](int times) {
        return std::ranges::all_of(std::array{"a", "b", "c", "d", "e"},
                                   [&](const char* id) { return attempts(id) == times; });
    };
    for (const auto* id : {"a", "b", "c", "d", "e"}) put(item(id, "update", "full@example.org"));
    start();
    until([&] { return each_was_tried(1); });
    put(item("neighbour", "update", "sara@example.org"));
    until([this] { return sent("neighbour"); });
    clock.advance(5s);
    dispatcher.wake();
    until([&] { return each_was_tried(2); });
}

TEST_F(DispatcherTest, a_server_that_is_down_is_left_alone_and_then_asked_by_one) {
    server.down = true;
    for (const auto* id : {"a", "b", "c"}) put(item(id, "update", "sara@example.org"));
    start();
    until([this] { return attempts("a") + attempts("b") + attempts("c") == 3; });
    put(item("later", "update", "dana@example.net"));
    auto call = item("call", "webhook", "ops");
    call.payload = webhook_payload("slack", R"({"text":"hello"})", "hello");
    put(call);
    until([this] { return sent("call"); });
    EXPECT_EQ(server.tries("dana@example.net"), 0) << "another domain, the same server";
    server.down = false;
    clock.advance(30s);
    dispatcher.wake();
    until([this] { return sent("a") && sent("b") && sent("c") && sent("later"); });
    EXPECT_EQ(server.tried.size(), 7U);
}

TEST_F(DispatcherTest, an_escalation_that_was_never_tried_counts_the_failures_of_the_server) {
    server.down = true;
    for (const auto* id : {"a", "b", "c"}) put(item(id, "update", "sara@example.org"));
    start();
    until([this] { return attempts("a") + attempts("b") + attempts("c") == 3; });
    put(item("escalation", "escalation", "khalid@example.org"));
    until([this] { return attempts("escalation") == 1; });
    EXPECT_EQ(server.tries("khalid@example.org"), 0);
    EXPECT_EQ(seen["escalation"].state, OutboxState::waiting);
    EXPECT_FALSE(seen["escalation"].last_error.empty());
}

}  // namespace
}  // namespace rasid
