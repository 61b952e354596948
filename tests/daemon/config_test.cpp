#include "daemon/config.hpp"

#include <gtest/gtest.h>

namespace rasid {
namespace {

std::string only_error(const std::string& toml) {
    const auto parsed = parse_config({{"rasid.toml", toml}});
    EXPECT_EQ(parsed.errors.size(), 1u) << toml;
    return parsed.errors.empty() ? "" : to_string(parsed.errors.front());
}

TEST(ConfigTest, reads_every_section_and_fills_in_what_is_not_said) {
    const auto parsed = parse_config({{"rasid.toml", R"(
[storage]
url = "sqlite:/tmp/x.db"
retention_days = 30
[web]
listen = "127.0.0.1:8081"
public_url = "https://rasid.example.org"
trusted_proxies = ["10.0.0.5"]
[mail]
url = "smtp://mail.example.org:587"
from = "rasid@example.org"
patience = "90s"
[sentiment]
url = "https://model.example.org/v1"
token_file = "/etc/rasid/model-token"
timeout_ms = 800
[fetch]
allow_private = ["127.0.0.1/32:8081", "[::1]/128"]
[heartbeat]
url = "https://watch.example.org/x"
every = "5m"
[metrics]
listen = "127.0.0.1:9464"
[[source]]
name = "news"
kind = "feed"
url = "https://news.example.org/feed"
every = "2m"
since = "2026-01-01T00:00:00Z"
budget = "10/1m"
)"}});
    ASSERT_TRUE(parsed.errors.empty()) << to_string(parsed.errors.front());
    const auto& config = parsed.config;
    EXPECT_EQ(config.storage_url, "sqlite:/tmp/x.db");
    EXPECT_EQ(config.retention_days, 30);
    EXPECT_EQ(config.mail_patience, Duration(std::chrono::seconds(90)));
    EXPECT_EQ(config.sentiment_url, "https://model.example.org/v1");
    EXPECT_EQ(config.sentiment_token_file, "/etc/rasid/model-token");
    EXPECT_EQ(config.sentiment_timeout, std::chrono::milliseconds(800));
    EXPECT_EQ(config.allow_private.size(), 2u);
    ASSERT_EQ(config.sources.size(), 1u);
    EXPECT_EQ(config.sources[0].every, Duration(std::chrono::minutes(2)));
    EXPECT_EQ(config.sources[0].budget_requests, 10);
    EXPECT_EQ(config.origins.at("mail.from").line, 11);
}

TEST(ConfigTest, later_files_win_and_sources_are_known_by_name) {
    const auto parsed = parse_config({{"a.toml", "[web]\nlisten = \"127.0.0.1:1\"\n[[source]]\nname = \"n\"\nkind = "
                                                 "\"feed\"\nurl = \"https://a.example/f\"\n"},
                                      {"b.toml", "[web]\nlisten = \"127.0.0.1:2\"\n[[source]]\nname = \"n\"\nkind = "
                                                 "\"feed\"\nurl = \"https://b.example/f\"\n"}});
    ASSERT_TRUE(parsed.errors.empty());
    EXPECT_EQ(parsed.config.web_listen, "127.0.0.1:2");
    ASSERT_EQ(parsed.config.sources.size(), 1u);
    EXPECT_EQ(parsed.config.sources[0].options.at("url").text, "https://b.example/f");
}

TEST(ConfigTest, errors_say_where_and_what_to_do) {
    EXPECT_EQ(only_error("[web]\nlisen = \"127.0.0.1:80\"\n"),
              "rasid.toml:2:1: unknown key `lisen` in [web], did you mean `listen`?");
    EXPECT_NE(only_error("[storage]\nurl = 5\n").find("rasid.toml:2:7:"), std::string::npos);
    EXPECT_NE(only_error("[storage]\nurl = \"mysql://x\"\n").find("write \"sqlite:"), std::string::npos);
    EXPECT_NE(only_error("[fetch]\nallow_private = [\"localhost\"]\n").find("no address range"), std::string::npos);
    EXPECT_NE(only_error("[[source]]\nname = \"x\"\nkind = \"mastadon\"\n").find("did you mean `mastodon`?"),
              std::string::npos);
    EXPECT_NE(only_error("[[source]]\nname = \"x\"\nkind = \"feed\"\n").find("`url` is missing"), std::string::npos);
    EXPECT_NE(
        only_error("[[source]]\nname = \"x\"\nkind = \"feed\"\nurl = \"https://a.example/\"\ntoken_fiel = \"x\"\n")
            .find("unknown key `token_fiel`"),
        std::string::npos);
    EXPECT_NE(only_error("[mail]\nurl = \"smtp://x\"\n").find("`from` is missing"), std::string::npos);
    EXPECT_NE(only_error("[mail]\npatience = \"1s\"\n").find("at least 5s"), std::string::npos);
    EXPECT_NE(only_error("[web]\ntls_cert = \"/x\"\n").find("go together"), std::string::npos);
    EXPECT_NE(only_error("[sentiment]\nurl = \"model.example.org\"\n").find("write \"https://"), std::string::npos);
    EXPECT_NE(only_error("[sentiment]\ntimeout_ms = 20\n").find("from 50 to 10000"), std::string::npos);
    EXPECT_NE(only_error("[sentiment]\ntimeout = 2\n").find("unknown key `timeout` in [sentiment]"), std::string::npos);
    EXPECT_NE(only_error("[heartbeat]\nevery = \"1s\"\n").find("at least 10s"), std::string::npos);
}

TEST(ConfigTest, what_is_shown_is_the_merged_configuration_with_its_origins) {
    const auto shown = print_config(
        parse_config({{"rasid.toml", "[web]\nlisten = \"127.0.0.1:2\"\n[mail]\npassword_file = \"smtp\"\n"}}).config);
    EXPECT_NE(shown.find("listen = \"127.0.0.1:2\"  # rasid.toml:2"), std::string::npos) << shown;
    EXPECT_NE(shown.find("password_file = \"smtp\"  # rasid.toml:4"), std::string::npos);
    EXPECT_NE(shown.find("retention_days = 180  # default"), std::string::npos);
    const auto again = parse_config({{"shown.toml", shown}});
    ASSERT_TRUE(again.errors.empty()) << to_string(again.errors.front());
    EXPECT_EQ(again.config.web_listen, "127.0.0.1:2");
}

TEST(ConfigTest, webhooks_are_read_printed_and_known_by_name) {
    const auto parsed =
        parse_config({{"a.toml", "[[webhook]]\nname = \"care\"\nkind = \"slack\"\nurl = "
                                 "\"https://hooks.example/T1/secret\"\n[[webhook]]\nname = \"desk\"\n"
                                 "kind = \"signed\"\nurl = \"https://old.example\"\nsecret_file = \"s\"\n"},
                      {"b.toml", "[[webhook]]\nname = \"desk\"\nkind = \"signed\"\nurl = "
                                 "\"https://desk.example\"\nsecret_file = \"s\"\n"}});
    ASSERT_TRUE(parsed.errors.empty()) << to_string(parsed.errors.front());
    ASSERT_EQ(parsed.config.webhooks.size(), 2u);
    EXPECT_EQ(parsed.config.webhooks[1].url, "https://desk.example") << "the later file wins";
    const auto shown = print_config(parsed.config);
    EXPECT_NE(shown.find("[[webhook]]  # b.toml:1\nname = \"desk\"\nkind = \"signed\"\nurl = \"https://desk.example\"\n"
                         "secret_file = \"s\"\n"),
              std::string::npos)
        << shown;
    EXPECT_EQ(shown.find("T1/secret"), std::string::npos) << "whoever knows it can write there";
}

TEST(ConfigTest, a_webhook_says_where_and_by_what_it_is_signed) {
    const auto webhook = [](const std::string& lines) {
        return only_error("[[webhook]]\nname = \"desk\"\n" + lines + "\n");
    };
    EXPECT_NE(webhook("kind = \"signed\"\nurl = \"https://x.example\"").find("`secret_file` is missing"),
              std::string::npos);
    EXPECT_NE(webhook("kind = \"slak\"\nurl = \"https://x.example\"").find("did you mean `slack`?"), std::string::npos);
    EXPECT_NE(webhook("kind = \"slack\"").find("`url_file`"), std::string::npos);
    EXPECT_NE(webhook("kind = \"slack\"\nurl = \"x.example\"").find("4:7: `url` must begin with https://"),
              std::string::npos);
    EXPECT_NE(webhook("kind = \"slack\"\nurl = \"https://x.example\"\nsecret_file = \"s\"").find("is not signed"),
              std::string::npos);
}

}  // namespace
}  // namespace rasid
