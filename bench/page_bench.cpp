#include "escalation/route.hpp"
#include "storage/storage_threads.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/fake_random.hpp"
#include "tests/support/temp_folder.hpp"
#include "web/events.hpp"
#include "web/passwords.hpp"
#include "web/web.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/asio/write.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <future>
#include <memory>
#include <string>
#include <sys/resource.h>
#include <thread>
#include <vector>

// What the page asks of the server: a page of the queue among a million tickets, and news to 5,000 open event streams.
// `./dev bench page`; what it asks of the browser is measured by page_peer.sh, which calls `page_bench --fill` for its
// queue.

namespace {

using namespace rasid;
using namespace std::chrono_literals;
namespace asio = boost::asio;

constexpr int kTickets = 1'000'000;
constexpr int kOpenShare = 20;  // one in so many is open
constexpr int kPages = 400;
constexpr int kStreams = 5'000;
constexpr int kChanges = 20;
constexpr double kPageLimitMs = 50;     // p99
constexpr double kFanOutLimitMs = 500;  // p99

double wall_ms() {
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

double at(std::vector<double> laps, double share) {
    std::ranges::sort(laps);
    return laps[static_cast<std::size_t>(share * static_cast<double>(laps.size() - 1))];
}

Setup house() {
    Setup setup;
    setup.people = {{.id = "p-sara", .name = "Sara", .email = "sara@example.org"}};
    setup.queues = {{.name = "care", .targets = {.first_response = 24h, .resolution = 240h}}};
    return setup;
}

/// A mention and its ticket, both stored as intake stores them.
void add(Intake& intake, const Policies& policies, int number, bool open, Random& random, Instant now) {
    static constexpr std::array<Priority, 4> kPriorities = {Priority::low, Priority::normal, Priority::high,
                                                            Priority::critical};
    StoredMention stored;
    stored.id = "m" + std::to_string(number);
    stored.stored_at = now;
    auto& mention = stored.mention;
    mention.key = {"mastodon", "https://social.example/" + std::to_string(number)};
    mention.source = "fedi";
    mention.text = number % 2 == 0
                       ? "الطلب رقم " + std::to_string(number) + " تأخر أسبوعا كاملا ولم يرد أحد على رسائلي"
                       : "Order " + std::to_string(number) + " is a week late and nobody answers my messages";
    mention.author = {.handle = "somebody_" + std::to_string(number), .name = "Somebody", .followers = number % 5'000};
    mention.created_at = now - std::chrono::seconds(number % 80'000);
    stored.verdict.language = number % 2 == 0 ? "ar" : "en";
    stored.verdict.queue = "care";
    stored.verdict.rules = {"complaints"};
    stored.verdict.priority = kPriorities[static_cast<std::size_t>(number) % kPriorities.size()];
    const TicketContext context{.mention_id = stored.id, .since = now - 100h};
    auto change = route(policies, mention, stored.verdict, context, random, mention.created_at).value();
    if (!open) {
        change.after.state = TicketState::resolved;
        change.after.due_at = change.after.soon_at = change.after.check_at = {};
    }
    stored.ticket = change.after.id;
    intake.mentions.push_back(std::move(stored));
    intake.tickets.push_back(std::move(change));
}

void fill(Store& store, const Policies& policies, int count, int open_share, Random& random, Instant now) {
    constexpr int kAtOnce = 1000;
    for (int first = 0; first < count; first += kAtOnce) {
        Intake intake;
        intake.source = "fedi";
        for (int i = first; i < std::min(count, first + kAtOnce); ++i)
            add(intake, policies, i, i % open_share == 0, random, now);
        store.take(intake);
    }
}

Instant real_now() { return std::chrono::floor<Duration>(std::chrono::system_clock::now()); }

/// `--fill DATABASE COUNT`: open tickets in the only queue of a database that has a setup.
int fill_database(const char* path, int count) {
    const auto store = open_store({.url = std::string("sqlite:") + path});
    FakeRandom random;
    fill(*store, policies_of(store->setup()), count, 1, random, real_now());
    return 0;
}

/// The web server of a database, on a loop and a thread of its own.
class Server {
public:
    explicit Server(const std::string& path) : storage_(loop_.get_executor(), StoreOptions{"sqlite:" + path, false}) {
        clock_.set(real_now());
        WebConfig config;
        config.listen = "127.0.0.1:0";
        config.ack_key = std::string(32, 'k');
        thread_ = std::thread([this] { loop_.run(); });
        web_ = std::make_unique<WebServer>(loop_.get_executor(), config, storage_, clock_, random_, WebHooks{});
        if (const auto started = await(web_->start()); !started) {
            std::fprintf(stderr, "%s\n", started.error().what.c_str());
            std::exit(2);
        }
        cookie_ = new_token(random_);
        await(storage_.write([&](Store& store) {
            store.put_session({token_hash(cookie_), store.setup().people.front().id, "", clock_.now(), clock_.now()});
            return true;
        }));
    }
    ~Server() {
        asio::co_spawn(loop_, web_->stop(), asio::use_future).get();
        asio::post(loop_, std::packaged_task<void()>([&] { web_.reset(); })).get();
        work_.reset();
        thread_.join();
    }
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    std::string request(const std::string& target) const {
        return "GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: __Host-rasid=" + cookie_ + "\r\n\r\n";
    }
    asio::ip::tcp::endpoint endpoint() const { return {asio::ip::address_v4::loopback(), web_->port()}; }
    void change(const std::string& ticket) {
        asio::post(loop_, [this, ticket] { web_->events().ticket(ticket, "noted"); });
    }

private:
    template <typename T>
    T await(Task<T> task) {
        return asio::co_spawn(loop_, std::move(task), asio::use_future).get();
    }

    asio::io_context loop_{1};
    asio::executor_work_guard<asio::io_context::executor_type> work_{loop_.get_executor()};
    StorageThreads storage_;
    FakeClock clock_;
    FakeRandom random_;
    std::unique_ptr<WebServer> web_;
    std::string cookie_;
    std::thread thread_;
};

/// One kept-alive connection that asks and waits for the answer.
class Asker {
public:
    explicit Asker(const Server& server) : server_(server), socket_(loop_) { socket_.connect(server.endpoint()); }

    std::string ask(const std::string& target) {
        asio::write(socket_, asio::buffer(server_.request(target)));
        const auto head = asio::read_until(socket_, asio::dynamic_buffer(text_), "\r\n\r\n");
        const auto length = text_.find("Content-Length: ");
        const auto whole = head + (length < head ? std::stoul(text_.substr(length + 16)) : 0);
        if (text_.size() < whole)
            asio::read(socket_, asio::dynamic_buffer(text_), asio::transfer_exactly(whole - text_.size()));
        auto body = text_.substr(head, whole - head);
        if (!text_.starts_with("HTTP/1.1 200")) throw std::runtime_error(text_.substr(0, whole));
        text_.erase(0, whole);
        return body;
    }

private:
    const Server& server_;
    asio::io_context loop_;
    asio::ip::tcp::socket socket_;
    std::string text_;
};

std::string member(const std::string& json, std::string_view name) {
    const auto start = json.find("\"" + std::string(name) + "\":\"");
    if (start == std::string::npos) return {};
    const auto begin = start + name.size() + 4;
    return json.substr(begin, json.find('"', begin) - begin);
}

/// Pages from the first one on, as somebody scrolling asks for them, then from the first again.
bool report_pages(const Server& server) {
    Asker asker(server);
    std::vector<double> laps;
    std::string next;
    for (int i = 0; i < kPages; ++i) {
        const auto target = "/api/v1/tickets?limit=50" + (next.empty() ? std::string() : "&after=" + next);
        const auto begin = wall_ms();
        const auto page = asker.ask(target);
        laps.push_back(wall_ms() - begin);
        const auto last = page.rfind("\"next\":\"");
        next = i % 40 == 39 || last == std::string::npos ? std::string() : member(page.substr(last), "next");
    }
    std::printf("a page of the queue, %d tickets   p50 %6.1f ms  p99 %6.1f ms  (limit %.0f ms)\n", kTickets,
                at(laps, 0.5), at(laps, 0.99), kPageLimitMs);
    return at(laps, 0.99) < kPageLimitMs;
}

/// One open event stream; tells when the frame of each change came.
class Stream {
public:
    Stream(asio::io_context& loop, const Server& server, std::atomic<int>& open, std::vector<double>& heard)
        : socket_(loop), open_(open), heard_(heard) {
        socket_.connect(server.endpoint());
        asio::write(socket_, asio::buffer(server.request("/api/v1/events")));
        read();
    }

private:
    void read() {
        socket_.async_read_some(asio::buffer(part_), [this](boost::system::error_code failure, std::size_t count) {
            if (failure) return;
            text_.append(part_.data(), count);
            for (std::size_t end; (end = text_.find("\n\n")) != std::string::npos; text_.erase(0, end + 2)) {
                const std::string_view frame(text_.data(), end);
                if (frame.find("event: hello") != std::string_view::npos) ++open_;
                if (frame.find("event: ticket") != std::string_view::npos) heard_.push_back(wall_ms());
            }
            read();
        });
    }

    asio::ip::tcp::socket socket_;
    std::atomic<int>& open_;
    std::vector<double>& heard_;
    std::array<char, 8192> part_ = {};
    std::string text_;
};

bool report_fan_out(Server& server) {
    const auto first = Asker(server).ask("/api/v1/tickets?limit=1");
    const auto ticket = member(first, "id");
    asio::io_context loop{1};
    std::atomic<int> open = 0;
    std::vector<double> heard;  // touched by the loop of the streams alone while it runs
    heard.reserve(kStreams);
    std::vector<std::unique_ptr<Stream>> streams;
    for (int i = 0; i < kStreams; ++i) {
        streams.push_back(std::make_unique<Stream>(loop, server, open, heard));
        // Fewer at once than one address may open before it has shown a session.
        while (open + 10 < static_cast<int>(streams.size())) loop.run_one();
    }
    const auto wait_until = [&](const auto& done) {
        for (const auto end = wall_ms() + 20'000; !done() && wall_ms() < end;) loop.run_one_for(10ms);
        return done();
    };
    if (!wait_until([&] { return open == kStreams; })) {
        std::printf("only %d of %d event streams opened\n", open.load(), kStreams);
        return false;
    }
    std::vector<double> laps;
    for (int i = 0; i < kChanges; ++i) {
        heard.clear();
        const auto begin = wall_ms();
        server.change(ticket);
        if (!wait_until([&] { return heard.size() >= kStreams; })) {
            std::printf("only %zu of %d event streams heard a change\n", heard.size(), kStreams);
            return false;
        }
        for (const auto time : heard) laps.push_back(time - begin);
    }
    std::printf("a change at %d event streams        p50 %6.1f ms  p99 %6.1f ms  (limit %.0f ms)\n", kStreams,
                at(laps, 0.5), at(laps, 0.99), kFanOutLimitMs);
    return at(laps, 0.99) < kFanOutLimitMs;
}

/// Both ends of every stream are in this process.
bool allow_descriptors() {
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    return limit.rlim_cur > 2 * kStreams + 200;
}

}  // namespace

int main(int count, char** arguments) {
    if (count == 4 && std::strcmp(arguments[1], "--fill") == 0)
        return fill_database(arguments[2], std::atoi(arguments[3]));
    if (!allow_descriptors()) {
        std::fprintf(stderr, "page_bench: needs %d open files (ulimit -n)\n", 2 * kStreams + 200);
        return 2;
    }
    const TempFolder folder;
    const auto path = folder.file("rasid.db");
    const auto begin = wall_ms();
    {
        const auto store = open_store({.url = "sqlite:" + path});
        store->put_setup(house());
        FakeRandom random;
        fill(*store, policies_of(house()), kTickets, kOpenShare, random, real_now());
    }
    std::printf("%d tickets, one in %d open, filled in %.0f s, database %.0f MB\n", kTickets, kOpenShare,
                (wall_ms() - begin) / 1e3, static_cast<double>(std::filesystem::file_size(path)) / 1e6);
    Server server(path);
    const bool pages = report_pages(server);
    const bool news = report_fan_out(server);
    return pages && news ? 0 : 1;
}
