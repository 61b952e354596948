#include "tests/storage/samples.hpp"
#include "tests/storage/store_contract.hpp"

namespace rasid {
namespace {

using samples::minute;

class TokensContract : public StoreContract {
protected:
    void SetUp() override {
        StoreContract::SetUp();
        rasid::Setup setup;
        setup.people.push_back({.name = "Sara", .email = "sara@example.org"});
        setup.people.push_back({.name = "Omar", .email = "omar@example.org"});
        store->put_setup(setup);
        sara = store->person_by_email("sara@example.org")->id;
        omar = store->person_by_email("omar@example.org")->id;
    }
    ApiToken token(const std::string& id, int made, const std::string& person) {
        return {.id = id,
                .person = person,
                .name = "night \"report\"",
                .scopes = {"read", "customers:write"},
                .hash = "hash-of-" + id,
                .created_at = minute(made),
                .expires_at = minute(made + 600)};
    }
    std::string sara;
    std::string omar;
};
RASID_OVER_ENGINES(TokensContract);

TEST_P(TokensContract, gives_back_every_field_of_a_token) {
    auto made = token("a", 1, sara);
    store->put_token(made);
    reopen();
    EXPECT_EQ(store->token_by_hash("hash-of-a"), made);
    made.last_used_at = minute(2);
    made.revoked_at = minute(3);
    store->put_token(made);
    EXPECT_EQ(store->token_by_hash("hash-of-a"), made);
    EXPECT_FALSE(store->token_by_hash("hash-of-b"));
    EXPECT_FALSE(store->token_by_hash(""));
}

TEST_P(TokensContract, lists_those_of_a_person_or_of_all_newest_first) {
    store->put_token(token("a", 1, sara));
    store->put_token(token("b", 2, omar));
    store->put_token(token("c", 3, sara));
    const auto ids = [](const std::vector<ApiToken>& tokens) {
        std::string text;
        for (const auto& one : tokens) text += one.id;
        return text;
    };
    EXPECT_EQ(ids(store->tokens(sara)), "ca");
    EXPECT_EQ(ids(store->tokens(omar)), "b");
    EXPECT_EQ(ids(store->tokens("")), "cba");
}

TEST_P(TokensContract, ends_the_tokens_of_a_person_who_is_gone) {
    store->put_token(token("a", 1, sara));
    store->put_token(token("b", 1, omar));
    auto setup = store->setup();
    std::erase_if(setup.people, [](const Person& person) { return person.name == "Sara"; });
    store->put_setup(setup);
    EXPECT_FALSE(store->token_by_hash("hash-of-a"));
    EXPECT_TRUE(store->token_by_hash("hash-of-b"));
}

TEST_P(TokensContract, forgets_a_token_three_months_after_its_end) {
    auto old = token("a", 0, sara);
    old.revoked_at = minute(1);
    store->put_token(old);
    store->put_token(token("b", 89 * 24 * 60, sara));
    EXPECT_TRUE(store->token_by_hash("hash-of-a"));
    store->put_token(token("c", 91 * 24 * 60, sara));
    EXPECT_FALSE(store->token_by_hash("hash-of-a"));
    EXPECT_TRUE(store->token_by_hash("hash-of-b"));
}

TEST_P(TokensContract, keeps_how_the_page_shows_itself_to_each_person) {
    EXPECT_TRUE(store->page_settings().empty());
    PageSettings settings{.theme = "dark",
                          .digits = "arabic",
                          .calendar = "umm_al_qura",
                          .single_keys = false,
                          .keys = {{"resolve", "x"}, {"take", ""}}};
    store->put_page_settings(sara, settings);
    reopen();
    ASSERT_EQ(store->page_settings().size(), 1u);
    EXPECT_EQ(store->page_settings().at(sara), settings);
    settings.theme = "light";
    store->put_page_settings(sara, settings);
    EXPECT_EQ(store->page_settings().at(sara), settings);
}

TEST_P(TokensContract, lets_an_idempotency_key_be_taken_once_a_day) {
    EXPECT_TRUE(store->claim_answer(sara, "k", "claim", minute(0)));
    EXPECT_FALSE(store->claim_answer(sara, "k", "other", minute(1)));
    EXPECT_EQ(store->answer_to(sara, "k"), "claim");
    EXPECT_TRUE(store->claim_answer(omar, "k", "claim", minute(1))) << "keys are of one person";
    store->settle_answer(sara, "k", "done");
    reopen();
    EXPECT_EQ(store->answer_to(sara, "k"), "done");
    EXPECT_EQ(store->answer_to(omar, "k"), "claim");
    store->release_answer(omar, "k");
    EXPECT_FALSE(store->answer_to(omar, "k"));
    EXPECT_TRUE(store->claim_answer(omar, "k", "again", minute(2)));
    EXPECT_TRUE(store->claim_answer(sara, "k", "next day", minute(24 * 60)));
}

TEST_P(TokensContract, keeps_what_is_told_of_a_source_and_pauses_it_apart_from_its_polls) {
    SourceRecord record;
    record.name = "toots";
    record.kind = "mastodon";
    record.lag = std::chrono::seconds(90);
    record.last_warning = "a possible gap";
    record.last_warning_at = minute(3);
    EXPECT_FALSE(store->pause_source("toots", true));
    store->put_source(record);
    EXPECT_EQ(store->source("toots"), record);
    EXPECT_TRUE(store->pause_source("toots", true));
    store->put_source(record);
    EXPECT_TRUE(store->source("toots")->paused) << "a poll that ran when it was paused does not resume it";
    EXPECT_TRUE(store->pause_source("toots", false));
    EXPECT_EQ(store->sources(), std::vector<SourceRecord>{record});
}

}  // namespace
}  // namespace rasid
