#include "engagement/plan.hpp"
#include "tests/web/web_house.hpp"

#include <gtest/gtest.h>

namespace rasid {
namespace {

class CustomersTest : public testing::Test {
protected:
    CustomersTest() {
        Customer customer;
        customer.id = "c-1";
        customer.name = "هند الزهراني";
        customer.name_latin = "Hind";
        customer.emails = {"hind@example.org"};
        customer.tier = "gold";
        customer.brand = "nasma";
        customer.birthday = parse_date("1990-05-01");
        customer.purchases = {{*parse_date("2026-01-10"), 12050, "SAR"}};
        const auto touches = lay_out_year(default_plan(), customer, 2026, *parse_date("2026-01-01"));
        house.write([customer, touches](Store& store) {
            store.put_customer(customer);
            PlanChange plan;
            plan.customer = customer.id;
            plan.touches = touches;
            store.apply_plan(plan);
        });
        touch = touches.front().id;
    }

    WebHouse house;
    Browser sara = house.sign_in("Sara");
    std::string touch;
};

TEST_F(CustomersTest, are_shown_in_full) {
    const auto json = sara.get("/api/v1/customers/c-1").json();
    EXPECT_EQ(json.root()["name"].text_or(""), "هند الزهراني");
    EXPECT_EQ(json.root()["birthday"].text_or(""), "1990-05-01");
    EXPECT_EQ(json.root()["purchases"].at(0)["amount"].number(), 120.5);
    EXPECT_EQ(json.root()["plan"]["year"].integer(), 2026);
    EXPECT_EQ(json.root()["plan"]["touches"].items().size(), 33u);
    EXPECT_EQ(json.root()["plan"]["progress"]["total"].integer(), 33);
    EXPECT_EQ(json.root()["guard"]["held"].boolean(), false);
    EXPECT_TRUE(json.root()["ledger"].is_array());
}

TEST_F(CustomersTest, are_found_by_a_part_of_their_name) {
    EXPECT_EQ(sara.get("/api/v1/customers?search=hin").json().root()["customers"].items().size(), 1u);
    EXPECT_EQ(sara.get("/api/v1/customers?search=zzz").json().root()["customers"].items().size(), 0u);
    EXPECT_EQ(sara.get("/api/v1/customers").json().root()["customers"].at(0)["progress"]["total"].integer(), 33);
}

TEST_F(CustomersTest, are_in_the_year_of_the_house) {
    house.clock.advance(*parse_rfc3339("2026-12-31T23:45:00+03:00") - house.clock.now());
    auto late = house.sign_in("Sara");
    EXPECT_EQ(late.get("/api/v1/customers").json().root()["customers"].at(0)["progress"]["total"].integer(), 33);
    house.clock.advance(std::chrono::minutes(20));
    EXPECT_EQ(late.get("/api/v1/customers").json().root()["customers"].at(0)["progress"]["total"].integer(), 0)
        << "it is still December in UTC";
}

TEST_F(CustomersTest, of_another_brand_are_not_there) {
    auto omar = house.sign_in("Omar");
    EXPECT_EQ(omar.get("/api/v1/customers").json().root()["customers"].items().size(), 0u);
    EXPECT_EQ(omar.get("/api/v1/customers/c-1").status, 404);
    EXPECT_EQ(
        omar.change("POST", "/api/v1/customers/c-1/identities", R"({"platform":"mastodon","handle":"hind_z"})").status,
        404);
    EXPECT_EQ(omar.change("POST", "/api/v1/customers/c-1/touches/" + touch, R"({"action":"done"})").status, 404);
}

TEST_F(CustomersTest, get_accounts_linked_by_hand_and_unlinked) {
    const auto linked =
        sara.change("POST", "/api/v1/customers/c-1/identities", R"({"platform":"mastodon","handle":"@Hind_Z"})");
    ASSERT_EQ(linked.status, 200) << linked.body;
    const auto json = linked.json();
    EXPECT_EQ(json.root()["identities"].at(0)["handle"].text_or(""), "Hind_Z");
    EXPECT_EQ(json.root()["identities"].at(0)["linked_by"].text_or(""), "hand");
    const auto ticket = house.hear("coffee");
    EXPECT_EQ(sara.get("/api/v1/tickets/" + ticket).json().root()["customer"]["id"].text_or(""), "c-1");
    EXPECT_EQ(sara.change("DELETE", "/api/v1/customers/c-1/identities/mastodon/hind_z").status, 200);
    EXPECT_EQ(sara.get("/api/v1/customers/c-1").json().root()["identities"].items().size(), 0u);
    EXPECT_EQ(sara.change("DELETE", "/api/v1/customers/c-1/identities/mastodon/hind_z").status, 404);
}

TEST_F(CustomersTest, keep_accounts_that_a_person_of_another_brand_asks_for) {
    house.write([](Store& store) {
        Customer other;
        other.id = "c-2";
        other.name = "Other";
        other.brand = "saba";
        store.put_customer(other);
    });
    ASSERT_EQ(
        sara.change("POST", "/api/v1/customers/c-1/identities", R"({"platform":"mastodon","handle":"hind_z"})").status,
        200);
    auto omar = house.sign_in("Omar");
    EXPECT_EQ(
        omar.change("POST", "/api/v1/customers/c-2/identities", R"({"platform":"mastodon","handle":"hind_z"})").status,
        409);
}

TEST_F(CustomersTest, have_touches_marked) {
    const auto done = sara.change("POST", "/api/v1/customers/c-1/touches/" + touch, R"({"action":"done"})");
    ASSERT_EQ(done.status, 200) << done.body;
    EXPECT_EQ(done.json().root()["plan"]["progress"]["done"].integer(), 1);
    EXPECT_EQ(sara.change("POST", "/api/v1/customers/c-1/touches/" + touch, R"({"action":"done"})").status, 409);
    EXPECT_EQ(sara.change("POST", "/api/v1/customers/c-1/touches/" + touch, R"({"action":"reopen"})").status, 200);
    EXPECT_EQ(sara.change("POST", "/api/v1/customers/c-1/touches/" + touch, R"({"action":"burn"})").status, 400);
    EXPECT_EQ(sara.change("POST", "/api/v1/customers/c-1/touches/unknown", R"({"action":"done"})").status, 404);
}

TEST_F(CustomersTest, are_left_in_peace_while_their_complaint_is_open) {
    ASSERT_EQ(
        sara.change("POST", "/api/v1/customers/c-1/identities", R"({"platform":"mastodon","handle":"hind_z"})").status,
        200);
    const auto ticket = house.hear("awful coffee");
    const auto act = [&](const std::string& word, const std::string& key) {
        const auto version = house.write([ticket](Store& store) { return store.ticket(ticket)->version; });
        return sara.change("POST", "/api/v1/tickets/" + ticket + "/actions", R"({"action":")" + word + "\"}",
                           {{"If-Match", std::to_string(version)}, {"Idempotency-Key", key}});
    };
    const auto held = [&] { return house.write([](Store& store) { return store.guard("c-1").held(); }); };
    ASSERT_EQ(act("resolve", "1").status, 200);
    ASSERT_EQ(act("reopen", "2").status, 200);
    EXPECT_TRUE(held());
    ASSERT_EQ(act("resolve", "3").status, 200);
    EXPECT_FALSE(held());
}

}  // namespace
}  // namespace rasid
