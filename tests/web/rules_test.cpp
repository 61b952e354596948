#include "tests/web/web_house.hpp"

#include <gtest/gtest.h>

namespace rasid {
namespace {

using namespace std::chrono_literals;

class RulesTest : public testing::Test {
protected:
    /// Stores a mention that no ticket has, as the source would an hour and more ago.
    void hear(const std::string& text, Duration ago, const std::string& handle, const std::string& brand = "nasma",
              const std::string& customer = "") {
        StoredMention stored;
        stored.id = new_id(house.random, house.clock.now());
        stored.mention.key = {"mastodon", "m" + std::to_string(++heard)};
        stored.mention.author.handle = handle;
        stored.mention.text = text;
        stored.mention.created_at = house.clock.now() - ago;
        stored.stored_at = house.clock.now() - ago;
        stored.verdict.language = "en";
        stored.verdict.brand = brand;
        stored.customer = customer;
        house.write([&](Store& store) {
            Intake intake;
            intake.mentions = {stored};
            store.take(intake);
        });
    }
    HttpAnswer check(const std::string& query) {
        JsonWriter out;
        out.object([&] { out.member("query", query); });
        return mona.change("POST", "/api/v1/rules/check", std::move(out).take());
    }
    HttpAnswer backtest(Browser& who, const std::string& rule, const std::string& rest = "") {
        return who.change("POST", "/api/v1/rules/backtest", "{\"rule\":" + rule + rest + "}");
    }
    HttpAnswer backtest(const std::string& rule, const std::string& rest = "") { return backtest(mona, rule, rest); }
    static std::int64_t sum(const JsonDocument& answer, std::string_view member) {
        std::int64_t all = 0;
        for (const auto& day : answer.root()["days"].items()) all += day[member].integer().value_or(0);
        return all;
    }

    WebHouse house;
    Browser mona = house.sign_in("Mona");
    int heard = 0;
};

TEST_F(RulesTest, a_check_places_the_error_in_characters_and_offers_the_fix_in_both_languages) {
    const auto json = check("قهوة langg:ar").json();
    const auto error = json.root()["errors"].at(0);
    EXPECT_EQ(error["line"].integer(), 1);
    EXPECT_EQ(error["column"].integer(), 6);
    EXPECT_NE(error["what"].text_or("").find("did you mean"), std::string::npos);
    EXPECT_NE(error["what_ar"].text_or(""), error["what"].text_or(""));
    EXPECT_EQ(error["fix"]["replaces"].text_or(""), "langg");
    EXPECT_EQ(error["fix"]["query"].text_or(""), "قهوة lang:ar");
    EXPECT_TRUE(json.root()["tree"].is_null());
}

TEST_F(RulesTest, a_check_of_a_good_query_shows_how_it_is_read) {
    const auto json = check("coffee NEAR/3 (cold OR \"too hot\") -lang:fr").json();
    EXPECT_TRUE(json.root()["errors"].items().empty());
    const auto tree = json.root()["tree"];
    EXPECT_EQ(tree["kind"].text_or(""), "all");
    EXPECT_EQ(tree["children"].at(0)["kind"].text_or(""), "near");
    EXPECT_EQ(tree["children"].at(0)["distance"].integer(), 3);
    EXPECT_EQ(tree["children"].at(1)["kind"].text_or(""), "not");
    EXPECT_EQ(tree["children"].at(1)["children"].at(0)["text"].text_or(""), "lang:fr");
}

TEST_F(RulesTest, a_check_finds_patterns_that_cannot_run_and_queries_that_are_too_long) {
    EXPECT_EQ(check("late /order (?=#)/").json().root()["errors"].at(0)["column"].integer(), 13);
    EXPECT_TRUE(check("late /order (?=#)/").json().root()["errors"].at(0)["fix"].is_null());
    EXPECT_EQ(check(std::string(5000, 'a')).json().root()["errors"].items().size(), 1U);
    EXPECT_EQ(check("").json().root()["errors"].items().size(), 1U);
    EXPECT_EQ(mona.change("POST", "/api/v1/rules/check", "{}").status, 400);
}

TEST_F(RulesTest, completions_are_what_this_workspace_knows) {
    house.write([](Store& store) {
        SourceRecord source;
        source.name = "toots";
        store.put_source(source);
    });
    const auto json = mona.get("/api/v1/rules/completions").json();
    std::map<std::string, std::vector<std::string>> values;
    for (const auto& field : json.root()["fields"].items()) {
        auto& list = values[field["name"].text_or("")];
        for (const auto& value : field["values"].items()) list.push_back(value.text_or(""));
    }
    EXPECT_EQ(values["source"], std::vector<std::string>{"toots"});
    EXPECT_EQ(values["platform"], std::vector<std::string>{"mastodon"});
    EXPECT_EQ(values["sentiment"], (std::vector<std::string>{"negative", "neutral", "positive"}));
    EXPECT_TRUE(values.contains("followers"));
    EXPECT_EQ(json.root()["queues"].at(0).text_or(""), "care");
}

TEST_F(RulesTest, a_backtest_counts_per_day_and_marks_the_words_of_its_samples) {
    hear("cold coffee", 1h, "hind");
    hear("coffee and more coffee", 25h, "omar");
    hear("tea", 2h, "sami");
    hear("coffee long ago", 31 * 24h, "old");
    const auto json = backtest(R"({"query":"coffee"})").json();
    EXPECT_EQ(json.root()["read"].integer(), 3);
    EXPECT_EQ(json.root()["heard"].integer(), 3);
    EXPECT_EQ(json.root()["complete"].boolean(), true);
    const auto days = json.root()["days"];
    EXPECT_EQ(days.items().size(), 30U);
    EXPECT_EQ(days.at(0)["date"].text_or(""), "2026-03-01");
    EXPECT_EQ(days.at(0)["hits"].integer(), 1);
    EXPECT_EQ(days.at(1)["hits"].integer(), 1);
    EXPECT_EQ(sum(json, "hits"), 2);
    const auto samples = json.root()["samples"];
    ASSERT_EQ(samples.items().size(), 2U);
    EXPECT_EQ(samples.at(0)["text"].text_or(""), "cold coffee");
    EXPECT_EQ(samples.at(0)["hits"].at(0)["start"].integer(), 5);
    EXPECT_EQ(samples.at(0)["hits"].at(0)["end"].integer(), 11);
    EXPECT_EQ(samples.at(1)["hits"].items().size(), 2U);
    EXPECT_TRUE(json.root()["queue"].is_null()) << "a rule without a queue opens no tickets";
}

TEST_F(RulesTest, a_backtest_counts_tickets_that_would_be_new_beside_those_that_are_there) {
    house.hear("awful coffee");  // has its ticket
    house.clock.advance(1min);
    hear("cold coffee", 3h, "hind");          // would open one
    hear("cold coffee again", 2h, "hind");    // would join it
    hear("coffee was better", 2h, "omar");    // would open another
    hear("coffee, I am muted", 2h, "troll");  // opens nothing
    house.write([](Store& store) { store.mute("mastodon", "troll", true); });
    const auto json = backtest(R"({"query":"coffee","queue":"care"})").json();
    EXPECT_EQ(sum(json, "hits"), 5);
    EXPECT_EQ(json.root()["queue"]["present"].integer(), 1);
    EXPECT_EQ(json.root()["queue"]["added"].integer(), 2);
    EXPECT_EQ(sum(json, "present"), 1);
    EXPECT_EQ(sum(json, "added"), 2);
    EXPECT_EQ(json.root()["queue"]["target_seconds"].integer(), 900);
    EXPECT_EQ(json.root()["queue"]["why_not"].text_or(""), "few_answers");
    EXPECT_TRUE(json.root()["queue"]["speed"].is_null());
}

TEST_F(RulesTest, a_backtest_reads_a_share_of_each_busy_hour_and_says_so) {
    for (int i = 0; i < 60; ++i) hear("coffee", 10min, "author" + std::to_string(i));
    const auto json = backtest(R"({"query":"coffee","queue":"care"})", R"(,"days":1)").json();
    EXPECT_EQ(json.root()["days"].items().size(), 1U);
    EXPECT_EQ(json.root()["heard"].integer(), 60);
    EXPECT_EQ(json.root()["read"].integer(), 40);
    EXPECT_EQ(sum(json, "hits"), 40);
    EXPECT_EQ(sum(json, "estimate"), 60);
    EXPECT_EQ(json.root()["queue"]["added"].integer(), 60);
    EXPECT_EQ(json.root()["samples"].items().size(), 20U);
}

TEST_F(RulesTest, a_backtest_shows_nobody_the_mentions_of_other_brands) {
    auto omar = house.manager_of("saba");
    hear("coffee of nasma", 1h, "hind");
    hear("coffee of saba", 1h, "sami", "saba");
    const auto json = backtest(omar, R"({"query":"coffee","brand":"saba"})").json();
    EXPECT_EQ(json.root()["limited"].boolean(), true);
    ASSERT_EQ(json.root()["samples"].items().size(), 1U);
    EXPECT_EQ(json.root()["samples"].at(0)["text"].text_or(""), "coffee of saba");
    EXPECT_EQ(backtest(omar, R"({"query":"coffee","brand":"nasma"})").status, 403);
}

TEST_F(RulesTest, a_backtest_knows_the_tier_of_who_wrote) {
    house.write([](Store& store) {
        Customer customer;
        customer.id = "c1";
        customer.name = "Hind";
        customer.tier = "gold";
        store.put_customer(customer);
    });
    hear("coffee", 1h, "hind", "nasma", "c1");
    hear("coffee", 1h, "omar");
    EXPECT_EQ(sum(backtest(R"({"query":"coffee tier:gold"})").json(), "hits"), 1);
}

TEST_F(RulesTest, a_backtest_refuses_what_cannot_be_tried) {
    EXPECT_EQ(backtest(R"({"query":"(coffee"})").status, 422);
    EXPECT_EQ(backtest(R"({"query":"coffee","queue":"nowhere"})").status, 422);
    EXPECT_EQ(backtest(R"({"query":"coffee","spell":"x"})").status, 400);
    EXPECT_EQ(backtest(R"({"query":"coffee"})", R"(,"days":31)").status, 400);
    EXPECT_EQ(backtest(R"({"query":"coffee"})", R"(,"days":0)").status, 400);
    EXPECT_EQ(backtest("7").status, 400);
}

TEST_F(RulesTest, rules_travel_as_a_file_all_or_nothing) {
    const auto put = [&](const std::string& toml, const std::string& query = "") {
        return mona.request(
            "PUT", "/api/v1/rules.toml" + query, toml,
            {{"Origin", "http://" + mona.host()}, {"X-CSRF-Token", mona.csrf}, {"Content-Type", "application/toml"}});
    };
    const auto exported = mona.get("/api/v1/rules.toml");
    EXPECT_NE(exported.header("Content-Disposition").find("rules.toml"), std::string::npos);
    EXPECT_EQ(exported.body.find("[[queue]]"), std::string::npos);
    EXPECT_EQ(put(exported.body).body, R"({"changes":[],"warnings":[]})");
    const std::string praise = "[[rule]]\nname = \"praise\"\nquery = 'lovely'\n";
    EXPECT_EQ(put(praise, "?dry_run=1").body,
              R"({"changes":[{"change":"add","kind":"rule","name":"praise"}],"warnings":[]})");
    EXPECT_EQ(house.told.setup_changed, 0);
    EXPECT_EQ(put(praise).status, 200);
    EXPECT_EQ(house.told.setup_changed, 1);
    EXPECT_EQ(put(praise + "[[rule]]\nname = \"bad\"\nquery = '(('\n").status, 422);
    EXPECT_EQ(mona.get("/api/v1/setup/rules").json().root()["items"].items().size(), 2U);
    EXPECT_EQ(put("[[queue]]\nname = \"new\"\n").status, 403) << "a manager brings rules and nothing else";
}

TEST_F(RulesTest, rules_tell_how_often_they_hit_lately) {
    house.write([now = house.clock.now()](Store& store) {
        Intake intake;
        intake.hours = {{{"nasma", Series::Kind::rule, "complaints"}, now - 2h, {4, 1}},
                        {{"nasma", Series::Kind::rule, "complaints"}, now - 40 * 24h, {9, 1}}};
        store.take(intake);
    });
    const auto json = mona.get("/api/v1/rules/hits").json();
    EXPECT_EQ(json.root()["rules"].at(0)["name"].text_or(""), "complaints");
    EXPECT_EQ(json.root()["rules"].at(0)["mentions"].integer(), 4);
}

}  // namespace
}  // namespace rasid
