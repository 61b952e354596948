#include "tests/web/web_house.hpp"

#include <gtest/gtest.h>

namespace rasid {
namespace {

using namespace std::chrono_literals;

HttpAnswer post(Browser& browser, const std::string& path, const std::string& json, const std::string& key) {
    return browser.change("POST", path, json, {{"Idempotency-Key", key}});
}

std::size_t customers(Browser& browser) {
    return browser.get("/api/v1/customers").json().root()["customers"].items().size();
}

const std::string kHind = R"({"name":"Hind","brand":"nasma"})";

TEST(Idempotency, a_repeated_key_gets_the_same_answer_and_has_no_second_effect) {
    WebHouse house;
    auto sara = house.sign_in("Sara");
    const auto first = post(sara, "/api/v1/customers", kHind, "k1");
    ASSERT_EQ(first.status, 201) << first.body;
    const auto again = post(sara, "/api/v1/customers", kHind, "k1");
    EXPECT_EQ(again.status, 201);
    EXPECT_EQ(again.body, first.body);
    EXPECT_EQ(again.header("Content-Type"), first.header("Content-Type"));
    EXPECT_EQ(customers(sara), 1u);
    EXPECT_EQ(post(sara, "/api/v1/customers", kHind, "k2").status, 201) << "another key is another wish";
    EXPECT_EQ(customers(sara), 2u);
}

TEST(Idempotency, a_key_belongs_to_one_person_address_and_request) {
    WebHouse house;
    auto sara = house.sign_in("Sara");
    auto mona = house.sign_in("Mona");
    const auto first = post(sara, "/api/v1/customers", kHind, "k");
    EXPECT_EQ(post(mona, "/api/v1/customers", kHind, "k").status, 201);
    EXPECT_EQ(customers(sara), 2u);
    const auto other = post(sara, "/api/v1/customers", R"({"name":"Noura","brand":"nasma"})", "k");
    EXPECT_EQ(other.status, 422);
    EXPECT_EQ(other.code(), "key_reused");
    const auto id = first.json().root()["id"].text_or("");
    EXPECT_EQ(post(sara, "/api/v1/customers/" + id + "/contacts", R"({"kind":"call"})", "k").status, 200);
}

TEST(Idempotency, a_contact_that_is_logged_twice_by_one_key_is_one) {
    WebHouse house;
    auto sara = house.sign_in("Sara");
    const auto id = post(sara, "/api/v1/customers", kHind, "c").json().root()["id"].text_or("");
    const auto address = "/api/v1/customers/" + id + "/contacts";
    const auto first = post(sara, address, R"({"kind":"call","text":"hello"})", "k");
    ASSERT_EQ(first.status, 200) << first.body;
    EXPECT_EQ(post(sara, address, R"({"kind":"call","text":"hello"})", "k").body, first.body);
    const auto record = sara.get("/api/v1/customers/" + id).json();
    EXPECT_EQ(record.root()["ledger"].items().size(), 1u);
}

TEST(Idempotency, what_was_refused_leaves_its_key_free) {
    WebHouse house;
    auto sara = house.sign_in("Sara");
    EXPECT_EQ(post(sara, "/api/v1/customers", R"({"brand":"nasma"})", "k").status, 400);
    EXPECT_EQ(post(sara, "/api/v1/customers", kHind, "k").status, 201);
}

TEST(Idempotency, a_secret_is_not_told_twice) {
    WebHouse house;
    auto sara = house.sign_in("Sara");
    const std::string body = R"({"name":"x","scopes":["read"]})";
    const auto first = post(sara, "/api/v1/tokens", body, "k");
    ASSERT_EQ(first.status, 201);
    const auto again = post(sara, "/api/v1/tokens", body, "k");
    EXPECT_EQ(again.status, 409);
    EXPECT_EQ(again.code(), "already_done");
    EXPECT_EQ(sara.get("/api/v1/tokens").json().root()["tokens"].items().size(), 1u);
    const auto secret = first.json().root()["secret"].text_or("");
    house.write([&](Store& store) {
        const auto kept = store.answer_to(store.person_by_email("sara@example.org")->id, "/api/v1/tokens k");
        ASSERT_TRUE(kept);
        EXPECT_EQ(kept->find(secret), std::string::npos);
    });
}

TEST(Idempotency, what_a_crash_cut_off_is_not_done_again_by_itself) {
    WebHouse house;
    auto sara = house.sign_in("Sara");
    ASSERT_EQ(post(sara, "/api/v1/customers", kHind, "k").status, 201);
    const auto person = house.person_id("Sara");
    // What a process that ended in between would have left behind.
    house.write([person](Store& store) {
        auto kept = *store.answer_to(person, "/api/v1/customers k");
        const auto run = std::string(R"("run":"another process",)");
        kept.insert(1, run);
        store.settle_answer(person, "/api/v1/customers k", kept);
    });
    const auto again = post(sara, "/api/v1/customers", kHind, "k");
    EXPECT_EQ(again.status, 409);
    EXPECT_EQ(again.code(), "unknown_outcome");
    EXPECT_EQ(customers(sara), 1u);
}

TEST(Idempotency, a_key_is_forgotten_after_a_day) {
    WebHouse house;
    auto sara = house.sign_in("Sara");
    post(sara, "/api/v1/customers", kHind, "k");
    house.clock.advance(24h);
    sara = house.sign_in("Sara");
    EXPECT_EQ(post(sara, "/api/v1/customers", kHind, "k").status, 201);
    EXPECT_EQ(customers(sara), 2u);
}

TEST(Idempotency, a_key_is_short_and_there_once) {
    WebHouse house;
    auto sara = house.sign_in("Sara");
    EXPECT_EQ(post(sara, "/api/v1/customers", kHind, std::string(65, 'k')).status, 400);
    EXPECT_EQ(
        sara.change("POST", "/api/v1/customers", kHind, {{"Idempotency-Key", "a"}, {"Idempotency-Key", "b"}}).status,
        400);
    EXPECT_EQ(customers(sara), 0u);
}

}  // namespace
}  // namespace rasid
