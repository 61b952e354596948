#include "daemon/sentiment_client.hpp"

#include "core/json.hpp"
#include "daemon/curl/http.hpp"
#include "tests/daemon/http_answer.hpp"
#include "tests/daemon/loop.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/scripted_peer.hpp"

#include <gtest/gtest.h>

namespace rasid {
namespace {

using namespace std::chrono_literals;
using Conversation = ScriptedPeer::Conversation;
using Answers = std::vector<std::optional<Sentiment>>;

/// As many sentiments as asked for, all of this score.
std::string judged(std::size_t texts, double score) {
    JsonWriter json;
    json.object([&] {
        json.key("sentiments");
        json.array([&] {
            for (std::size_t i = 0; i < texts; ++i) json.object([&] { json.member("score", score); });
        });
    });
    return http_answer(json.text());
}

/// The real HTTP adapter against a service on loopback.
class SentimentClientTest : public testing::Test {
protected:
    SentimentClientTest() { allow("127.0.0.1/32"); }

    void allow(const std::string& range) {
        FetchConfig config;
        config.guard = AddressGuard({*parse_allowance(range)});
        http.configure(config);
    }
    void use(const std::string& url, std::chrono::milliseconds timeout = 5s) {
        client.configure({.url = url, .token = "s3cret", .timeout = timeout});
    }
    Answers ask(std::size_t texts = 2) {
        const std::vector<SentimentQuestion> questions(texts, {"قهوة \"باردة\"", "ar"});
        return run_on(loop, client.ask(questions));
    }
    bool counted(const std::string& result, int times) const {
        return metrics.text().find("rasid_sentiment_requests_total{result=\"" + result + "\"} " +
                                   std::to_string(times) + "\n") != std::string::npos;
    }

    boost::asio::io_context loop{1};
    CurlLoop curl{loop.get_executor()};
    CurlHttpClient http{curl, {}};
    FakeClock clock;
    Metrics metrics;
    SentimentClient client{http, clock, metrics};
};

TEST_F(SentimentClientTest, asks_nothing_unless_configured) {
    EXPECT_FALSE(client.asks());
    EXPECT_EQ(ask(), Answers(2));
    EXPECT_EQ(metrics.text().find("rasid_sentiment_requests_total{"), std::string::npos);
}

TEST_F(SentimentClientTest, sends_texts_with_the_token_and_takes_the_answers) {
    ScriptedPeer peer([](Conversation& with) {
        with.read_until("]}");
        with.write(http_answer(R"({"sentiments":[{"label":"negative","score":-0.8},{"score":0.9}]})"));
    });
    use(peer.http("/judge"));
    const auto answers = ask();
    ASSERT_TRUE(answers[0] && answers[1]);
    EXPECT_EQ(answers[0]->label, Polarity::negative);
    EXPECT_EQ(answers[1]->label, Polarity::positive);
    const auto heard = peer.heard();
    EXPECT_TRUE(heard.starts_with("POST /judge HTTP/1.1\r\n")) << heard;
    EXPECT_NE(heard.find("Authorization: Bearer s3cret\r\n"), std::string::npos) << heard;
    EXPECT_NE(heard.find(R"({"text":"قهوة \"باردة\"","language":"ar"})"), std::string::npos) << heard;
    EXPECT_TRUE(counted("ok", 1));
    EXPECT_TRUE(client.asks());
}

TEST_F(SentimentClientTest, cuts_a_page_into_batches) {
    ScriptedPeer peer([](Conversation& with) {
        with.read_until("]}");
        with.write(judged(kSentimentBatch, -0.9));
        with.read_until("]}");
        with.write(judged(6, 0.9));
    });
    use(peer.http());
    const auto answers = ask(kSentimentBatch + 6);
    ASSERT_EQ(answers.size(), kSentimentBatch + 6);
    EXPECT_EQ(answers[kSentimentBatch - 1]->label, Polarity::negative);
    EXPECT_EQ(answers[kSentimentBatch]->label, Polarity::positive);
    EXPECT_TRUE(counted("ok", 2));
}

TEST_F(SentimentClientTest, leaves_what_fails_to_the_built_in_model_and_rests) {
    std::atomic<int> asked = 0;
    ScriptedPeer peer([&asked](Conversation& with) {
        for (;;) {
            if (with.read_until("]}").empty()) return;
            ++asked;
            with.write(asked == 1   ? judged(kSentimentBatch, -0.9)
                       : asked == 2 ? http_answer("busy", "", 503)
                                    : judged(2, 0.9));
        }
    });
    use(peer.http());
    const auto answers = ask(kSentimentBatch + 2);
    EXPECT_TRUE(answers[0]) << "what was answered before counts";
    EXPECT_FALSE(answers[kSentimentBatch]);
    EXPECT_TRUE(counted("unreachable", 1));

    EXPECT_FALSE(client.asks());
    EXPECT_EQ(ask(), Answers(2));
    EXPECT_EQ(asked, 2) << "nothing is asked while it rests";
    clock.advance(31s);
    EXPECT_TRUE(client.asks());
    EXPECT_TRUE(ask()[0]);
    EXPECT_TRUE(client.asks());
}

TEST_F(SentimentClientTest, never_holds_a_page_longer_than_its_time) {
    ScriptedPeer peer([](Conversation& with) {
        with.read_until("]}");
        with.pause(150ms);
        with.write(judged(kSentimentBatch, -0.9));
        with.read_until("]}");
        with.pause(10s);
    });
    use(peer.http(), 400ms);
    const auto began = std::chrono::steady_clock::now();
    const auto answers = ask(kSentimentBatch * 3);
    const auto took = std::chrono::steady_clock::now() - began;
    EXPECT_LT(took, 3s) << "one time for all batches; far below what the service would take";
    EXPECT_GE(took, 350ms);
    EXPECT_TRUE(answers[0]);
    EXPECT_FALSE(answers[kSentimentBatch]);
    EXPECT_FALSE(client.asks());
}

TEST_F(SentimentClientTest, believes_no_answer_that_is_not_whole) {
    for (const auto& body : {std::string("{"), std::string(R"({"sentiments":[{"score":0}]})"),
                             std::string(R"({"sentiments":[{"score":0},{"score":7}]})"), std::string(2u << 20, ' ')}) {
        ScriptedPeer peer([&body](Conversation& with) {
            with.read_until("]}");
            with.write(http_answer(body));
        });
        use(peer.http());
        EXPECT_EQ(ask(), Answers(2)) << body.substr(0, 60);
        EXPECT_FALSE(client.asks());
    }
}

TEST_F(SentimentClientTest, reaches_no_private_address_that_was_not_opened) {
    ScriptedPeer peer([](Conversation& with) { with.read_until("]}"); });
    allow("10.1.2.3/32");
    use(peer.http());
    EXPECT_EQ(ask(), Answers(2));
    EXPECT_TRUE(counted("blocked", 1)) << metrics.text();
    EXPECT_EQ(peer.heard(), "");
}

TEST_F(SentimentClientTest, is_not_held_to_its_rest_by_a_clock_set_back) {
    ScriptedPeer peer([](Conversation&) {});
    use(peer.http());
    static_cast<void>(ask());
    EXPECT_FALSE(client.asks());
    clock.advance(-1h);
    EXPECT_TRUE(client.asks());
}

}  // namespace
}  // namespace rasid
