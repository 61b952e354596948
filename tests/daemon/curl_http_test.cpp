#include "daemon/curl/http.hpp"

#include "core/limits.hpp"
#include "daemon/task_group.hpp"
#include "tests/daemon/http_answer.hpp"
#include "tests/daemon/loop.hpp"
#include "tests/daemon/test_certificate.hpp"
#include "tests/support/scripted_peer.hpp"
#include "tests/support/temp_folder.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cstdlib>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <zlib.h>

namespace rasid {
namespace {

using namespace std::chrono_literals;
using Conversation = ScriptedPeer::Conversation;

std::string redirect(int status, const std::string& location) {
    return "HTTP/1.1 " + std::to_string(status) + " Moved\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n";
}

std::string gzipped(std::string_view text, std::size_t repeats = 1) {
    z_stream stream{};
    deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY);
    std::string out;
    char part[16384];
    for (std::size_t turn = 0; turn < repeats; ++turn) {
        stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
        stream.avail_in = static_cast<uInt>(text.size());
        do {
            stream.next_out = reinterpret_cast<Bytef*>(part);
            stream.avail_out = sizeof part;
            deflate(&stream, turn + 1 == repeats ? Z_FINISH : Z_NO_FLUSH);
            out.append(part, sizeof part - stream.avail_out);
        } while (stream.avail_out == 0);
    }
    deflateEnd(&stream);
    return out;
}

class CurlHttpTest : public testing::Test {
protected:
    CurlHttpTest() {
        FetchConfig config;
        config.guard = AddressGuard({*parse_allowance("127.0.0.1/32")});
        config.user_agent = "Rasid/test";
        client.configure(config);
    }

    Result<HttpResponse> fetch(HttpRequest request) { return run_on(loop, client.fetch(std::move(request))); }
    Result<HttpResponse> get(const std::string& url, std::chrono::milliseconds deadline = 5s) {
        HttpRequest request;
        request.url = url;
        request.deadline = deadline;
        return fetch(std::move(request));
    }

    boost::asio::io_context loop{1};
    CurlLoop curl{loop.get_executor()};
    CurlHttpClient client{curl, {}};
};

TEST_F(CurlHttpTest, gives_status_headers_and_body) {
    ScriptedPeer peer([](Conversation& with) {
        with.read_request();
        with.write(http_answer("hello", "ETag: \"a\"\r\nX-Two:  spaced \r\n"));
    });
    const auto response = get(peer.http("/feed?x=1"));
    ASSERT_TRUE(response) << response.error().what;
    EXPECT_EQ(response->status, 200);
    EXPECT_EQ(response->body, "hello");
    EXPECT_EQ(response->header("etag"), "\"a\"");
    EXPECT_EQ(response->header("x-two"), "spaced");
    EXPECT_EQ(response->effective_url, peer.http("/feed?x=1"));
    EXPECT_FALSE(response->moved_permanently);
    EXPECT_TRUE(peer.heard().starts_with("GET /feed?x=1 HTTP/1.1\r\n"));
    EXPECT_NE(peer.heard().find("User-Agent: Rasid/test\r\n"), std::string::npos);
    EXPECT_NE(peer.heard().find("Accept-Encoding: gzip\r\n"), std::string::npos);
}

TEST_F(CurlHttpTest, passes_statuses_that_say_no_through) {
    ScriptedPeer peer([](Conversation& with) {
        with.read_request();
        with.write("HTTP/1.1 304 Not Modified\r\nETag: \"b\"\r\n\r\n");
        with.read_request();
        with.write("HTTP/1.1 429 Too Many Requests\r\nRetry-After: 120\r\nContent-Length: 4\r\n\r\nslow");
    });
    const auto unchanged = get(peer.http());
    ASSERT_TRUE(unchanged) << unchanged.error().what;
    EXPECT_EQ(unchanged->status, 304);
    EXPECT_EQ(unchanged->header("ETag"), "\"b\"");
    const auto limited = get(peer.http());
    ASSERT_TRUE(limited) << limited.error().what;
    EXPECT_EQ(limited->status, 429);
    EXPECT_EQ(limited->header("Retry-After"), "120");
    EXPECT_EQ(limited->body, "slow");
    EXPECT_EQ(peer.connections(), 1) << "the connection is kept alive";
}

TEST_F(CurlHttpTest, sends_a_body_with_the_method_asked_for) {
    ScriptedPeer peer([](Conversation& with) {
        with.read_until("status=ok");
        with.write(http_answer("done"));
    });
    HttpRequest request;
    request.method = "PUT";
    request.url = peer.http("/x");
    request.headers = {{"Idempotency-Key", "7"}};
    request.body = "status=ok";
    const auto response = fetch(request);
    ASSERT_TRUE(response) << response.error().what;
    EXPECT_TRUE(peer.heard().starts_with("PUT /x HTTP/1.1\r\n"));
    EXPECT_NE(peer.heard().find("Idempotency-Key: 7\r\n"), std::string::npos);
    EXPECT_EQ(peer.heard().find("Expect:"), std::string::npos);
}

TEST_F(CurlHttpTest, an_answer_cut_off_after_an_action_has_an_unknown_outcome) {
    ScriptedPeer peer([](Conversation& with) { with.read_until("body"); });
    HttpRequest request;
    request.method = "POST";
    request.url = peer.http();
    request.body = "body";
    const auto response = fetch(request);
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().kind, Failure::Kind::unknown_outcome);
}

TEST_F(CurlHttpTest, unpacks_gzip) {
    ScriptedPeer peer([](Conversation& with) {
        with.read_request();
        with.write(http_answer(gzipped("packed words"), "Content-Encoding: gzip\r\n"));
    });
    const auto response = get(peer.http());
    ASSERT_TRUE(response) << response.error().what;
    EXPECT_EQ(response->body, "packed words");
}

TEST_F(CurlHttpTest, a_gzip_bomb_stops_at_the_bound_with_little_memory) {
    const std::string zeros(1u << 20, '\0');
    const auto bomb = gzipped(zeros, 300);
    ASSERT_LT(bomb.size(), 1u << 20);
    ScriptedPeer peer([&](Conversation& with) {
        with.read_request();
        with.write(http_answer(bomb, "Content-Encoding: gzip\r\n"));
    });
    rusage before{};
    getrusage(RUSAGE_SELF, &before);
    const auto response = get(peer.http());
    rusage after{};
    getrusage(RUSAGE_SELF, &after);
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().kind, Failure::Kind::blocked);
    EXPECT_LT(after.ru_maxrss - before.ru_maxrss, 64 * 1024) << "KiB";
}

TEST_F(CurlHttpTest, an_endless_chunked_answer_stops_at_the_bound) {
    ScriptedPeer peer([](Conversation& with) {
        with.read_request();
        with.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        const std::string chunk = "10000\r\n" + std::string(65536, 'x') + "\r\n";
        while (with.write(chunk)) {
        }
    });
    HttpRequest request;
    request.url = peer.http();
    request.max_body = 1u << 20;
    const auto response = fetch(request);
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().kind, Failure::Kind::blocked);
}

TEST_F(CurlHttpTest, a_larger_wish_does_not_raise_the_bound) {
    ScriptedPeer peer([](Conversation& with) {
        with.read_request();
        with.write(http_answer(std::string(limits::kFetchBody + 1, 'x')));
    });
    HttpRequest request;
    request.url = peer.http();
    request.max_body = std::size_t{1} << 40;
    const auto response = fetch(request);
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().kind, Failure::Kind::blocked);
}

TEST_F(CurlHttpTest, endless_headers_are_cut) {
    ScriptedPeer peer([](Conversation& with) {
        with.read_request();
        with.write("HTTP/1.1 200 OK\r\n");
        while (with.write("X-Filler: " + std::string(1000, 'y') + "\r\n")) {
        }
    });
    const auto response = get(peer.http());
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().kind, Failure::Kind::blocked);
}

TEST_F(CurlHttpTest, endless_interim_answers_are_cut) {
    ScriptedPeer peer([](Conversation& with) {
        with.read_request();
        while (with.write("HTTP/1.1 103 Early Hints\r\nX-Filler: " + std::string(1000, 'y') + "\r\n\r\n")) {
        }
    });
    const auto response = get(peer.http());
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().kind, Failure::Kind::blocked);
}

TEST_F(CurlHttpTest, a_slow_drip_is_cut_by_the_deadline) {
    ScriptedPeer peer([](Conversation& with) {
        with.read_request();
        with.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
        while (with.write("x") && with.pause(20ms)) {
        }
    });
    const auto start = std::chrono::steady_clock::now();
    const auto response = get(peer.http(), 300ms);
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().kind, Failure::Kind::unreachable);
    EXPECT_LT(std::chrono::steady_clock::now() - start, 3s);
}

TEST_F(CurlHttpTest, follows_three_redirects_and_says_whether_all_were_permanent) {
    ScriptedPeer peer([](Conversation& with) {
        for (std::string request = with.read_request(); !request.empty(); request = with.read_request()) {
            if (request.starts_with("GET /a "))
                with.write(redirect(301, "/b"));
            else if (request.starts_with("GET /b "))
                with.write(redirect(308, "/c"));
            else if (request.starts_with("GET /t "))
                with.write(redirect(302, "/c"));
            else
                with.write(http_answer("there"));
        }
    });
    const auto permanent = get(peer.http("/a"));
    ASSERT_TRUE(permanent) << permanent.error().what;
    EXPECT_EQ(permanent->effective_url, peer.http("/c"));
    EXPECT_EQ(permanent->body, "there");
    EXPECT_TRUE(permanent->moved_permanently);
    const auto passing = get(peer.http("/t"));
    ASSERT_TRUE(passing) << passing.error().what;
    EXPECT_FALSE(passing->moved_permanently);
}

TEST_F(CurlHttpTest, a_redirect_loop_is_blocked) {
    ScriptedPeer peer([](Conversation& with) {
        while (!with.read_request().empty()) with.write(redirect(302, "/again"));
    });
    const auto response = get(peer.http());
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().kind, Failure::Kind::blocked);
}

TEST_F(CurlHttpTest, a_redirect_to_a_forbidden_place_is_blocked) {
    ScriptedPeer forbidden([](Conversation&) {}, "127.0.0.2");
    const auto other = ":" + std::to_string(forbidden.port()) + "/";
    for (const std::string& target :
         {std::string("http://127.0.0.2") + other, "http://[::ffff:127.0.0.2]" + other, std::string("http://10.0.0.1/"),
          std::string("http://169.254.169.254/latest/meta-data"), std::string("file:///etc/passwd"),
          std::string("gopher://127.0.0.1:6379/_x"), std::string("ftp://127.0.0.1/")}) {
        ScriptedPeer peer([&](Conversation& with) {
            with.read_request();
            with.write(redirect(302, target));
        });
        const auto response = get(peer.http());
        ASSERT_FALSE(response) << target;
        EXPECT_EQ(response.error().kind, Failure::Kind::blocked) << target << ": " << response.error().what;
    }
    EXPECT_EQ(forbidden.connections(), 0);
}

TEST_F(CurlHttpTest, no_spelling_of_loopback_gets_past_the_guard) {
    ScriptedPeer peer([](Conversation& with) {
        with.read_request();
        with.write(http_answer("secret"));
    });
    client.configure({});
    for (const char* host : {"127.0.0.1", "127.1",      "127.0.1",       "2130706433",         "0x7f000001",
                             "0x7f.1",    "0177.0.0.1", "017700000001",  "127.0.0.1.",         "0",
                             "0.0.0.0",   "localhost",  "LOCALHOST",     "[::ffff:127.0.0.1]", "[::ffff:7f00:1]",
                             "[::1]",     "[::]",       "[::127.0.0.1]", "127.0.0.2",          "127.255.255.254"}) {
        const auto response = get(peer.url("http", host));
        ASSERT_FALSE(response) << host;
        const bool resolved = response.error().what.find("resolve") == std::string::npos;
        if (resolved) {
            EXPECT_EQ(response.error().kind, Failure::Kind::blocked) << host << ": " << response.error().what;
        }
    }
    EXPECT_EQ(peer.connections(), 0);
}

TEST_F(CurlHttpTest, a_pooled_connection_of_a_freer_client_is_not_a_way_around_the_guard) {
    ScriptedPeer peer([](Conversation& with) {
        while (!with.read_request().empty()) with.write(http_answer("secret"));
    });
    ASSERT_TRUE(get(peer.http()));
    CurlHttpClient strict{curl, {}};
    HttpRequest request;
    request.url = peer.http();
    const auto response = run_on(loop, strict.fetch(request));
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().kind, Failure::Kind::blocked) << response.error().what;
}

TEST_F(CurlHttpTest, answers_that_are_not_http_are_malformed) {
    ScriptedPeer peer([](Conversation& with) {
        with.read_request();
        with.write("220 mail.example.org ESMTP\r\n");
    });
    const auto response = get(peer.http());
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().kind, Failure::Kind::malformed) << response.error().what;
}

TEST_F(CurlHttpTest, a_body_shorter_than_promised_is_a_failure) {
    ScriptedPeer peer([](Conversation& with) {
        with.read_request();
        with.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
    });
    const auto response = get(peer.http());
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().kind, Failure::Kind::unreachable);
}

TEST_F(CurlHttpTest, a_damaged_gzip_body_is_malformed) {
    ScriptedPeer peer([](Conversation& with) {
        with.read_request();
        with.write(http_answer("this is not gzip at all", "Content-Encoding: gzip\r\n"));
    });
    const auto response = get(peer.http());
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().kind, Failure::Kind::malformed) << response.error().what;
}

TEST_F(CurlHttpTest, the_proxy_of_the_environment_is_ignored) {
    ScriptedPeer proxy([](Conversation& with) {
        with.read_request();
        with.write(http_answer("through the proxy"));
    });
    ScriptedPeer peer([](Conversation& with) {
        with.read_request();
        with.write(http_answer("direct"));
    });
    for (const char* name : {"http_proxy", "all_proxy", "ALL_PROXY"}) ::setenv(name, proxy.http().c_str(), 1);
    const auto response = get(peer.http());
    for (const char* name : {"http_proxy", "all_proxy", "ALL_PROXY"}) ::unsetenv(name);
    ASSERT_TRUE(response) << response.error().what;
    EXPECT_EQ(response->body, "direct");
    EXPECT_EQ(proxy.connections(), 0);
}

TEST_F(CurlHttpTest, credentials_do_not_follow_to_another_host) {
    ScriptedPeer other([](Conversation& with) {
        with.read_request();
        with.write(http_answer("other"));
    });
    ScriptedPeer peer([&](Conversation& with) {
        with.read_request();
        with.write(redirect(302, other.url("http", "localhost")));
    });
    HttpRequest request;
    request.url = peer.http();
    request.headers = {{"Authorization", "Bearer secret-token"}, {"Accept", "text/x"}};
    const auto response = fetch(request);
    ASSERT_TRUE(response) << response.error().what;
    EXPECT_EQ(response->body, "other");
    EXPECT_NE(peer.heard().find("secret-token"), std::string::npos);
    EXPECT_EQ(other.heard().find("secret-token"), std::string::npos);
    EXPECT_NE(other.heard().find("Accept: text/x"), std::string::npos);
}

TEST_F(CurlHttpTest, a_line_break_in_a_header_is_refused_before_anything_is_sent) {
    ScriptedPeer peer([](Conversation& with) { with.read_request(); });
    HttpRequest request;
    request.url = peer.http();
    request.headers = {{"X-Mine", "a\r\nHost: evil"}};
    const auto response = fetch(request);
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().kind, Failure::Kind::refused);
    EXPECT_EQ(peer.connections(), 0);
}

TEST_F(CurlHttpTest, urls_that_are_not_http_are_refused) {
    for (const char* url :
         {"file:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1/", "", "http://", "not a url"}) {
        const auto response = get(url);
        ASSERT_FALSE(response) << url;
        EXPECT_EQ(response.error().kind, Failure::Kind::refused) << url << ": " << response.error().what;
    }
}

TEST_F(CurlHttpTest, https_verifies_the_server_and_never_falls_back_to_http) {
    TestCertificate certificate("DNS:localhost");
    ScriptedPeer plain([](Conversation& with) {
        with.read_request();
        with.write(http_answer("plain"));
    });
    ScriptedPeer peer([&](Conversation& with) {
        if (!with.start_tls(certificate.server())) return;
        const auto request = with.read_request();
        with.write(request.starts_with("GET /down ") ? redirect(302, plain.http()) : http_answer("secure"));
    });
    TempFolder folder;
    certificate.write_authority(folder.file("ca.pem"));
    FetchConfig config;
    config.guard = AddressGuard({*parse_allowance("127.0.0.1/32")});

    client.configure(config);
    const auto unknown = get(peer.url("https", "localhost"));
    ASSERT_FALSE(unknown);
    EXPECT_EQ(unknown.error().kind, Failure::Kind::unreachable) << unknown.error().what;

    config.ca_file = folder.file("ca.pem");
    client.configure(config);
    const auto good = get(peer.url("https", "localhost"));
    ASSERT_TRUE(good) << good.error().what;
    EXPECT_EQ(good->body, "secure");
    EXPECT_FALSE(get(peer.url("https", "127.0.0.1"))) << "the certificate names localhost only";

    const auto down = get(peer.url("https", "localhost", "/down"));
    ASSERT_FALSE(down);
    EXPECT_EQ(down.error().kind, Failure::Kind::blocked) << down.error().what;
    EXPECT_EQ(plain.connections(), 0);
}

Task<void> fetch_and_forget(CurlHttpClient& client, std::string url, bool& ended) {
    struct Ended {
        bool& flag;
        ~Ended() { flag = true; }
    };
    const Ended mark{ended};
    HttpRequest request;
    request.url = std::move(url);
    const auto response = co_await client.fetch(std::move(request));
    ADD_FAILURE() << "nobody answered, yet there is " << (response ? "an answer" : response.error().what);
}

Task<void> cancel_soon(TaskGroup& group) {
    boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, 200ms);
    co_await timer.async_wait(boost::asio::use_awaitable);
    co_await group.stop();
}

TEST_F(CurlHttpTest, a_cancelled_fetch_ends_at_once_and_closes_its_connection) {
    std::atomic<bool> closed = false;
    ScriptedPeer peer([&](Conversation& with) {
        with.read_request();
        closed = with.client_gone();
    });
    bool ended = false;
    TaskGroup group(loop.get_executor(), [](const std::string&, std::exception_ptr) { ADD_FAILURE(); });
    group.spawn("fetch", fetch_and_forget(client, peer.http(), ended));
    run_on(loop, cancel_soon(group));
    EXPECT_TRUE(ended);
    EXPECT_EQ(group.size(), 0u);
    const auto until = std::chrono::steady_clock::now() + 5s;
    while (!closed && std::chrono::steady_clock::now() < until) std::this_thread::sleep_for(5ms);
    EXPECT_TRUE(closed);
}

TEST_F(CurlHttpTest, many_fetches_at_once_and_after_each_other_all_end) {
    ScriptedPeer peer([](Conversation& with) {
        with.read_request();
        with.write("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok");
    });
    int good = 0;
    for (int turn = 0; turn < 5; ++turn) {
        TaskGroup group(loop.get_executor(), [](const std::string&, std::exception_ptr) { ADD_FAILURE(); });
        for (int at = 0; at < 20; ++at) {
            group.spawn("fetch", [](CurlHttpClient& http, std::string url, int& count) -> Task<void> {
                HttpRequest request;
                request.url = std::move(url);
                const auto response = co_await http.fetch(std::move(request));
                if (response && response->body == "ok") ++count;
            }(client, peer.http(), good));
        }
        loop.restart();
        const auto until = std::chrono::steady_clock::now() + 10s;
        while (group.size() > 0 && std::chrono::steady_clock::now() < until) loop.run_one_until(until);
    }
    EXPECT_EQ(good, 100);
}

}  // namespace
}  // namespace rasid
