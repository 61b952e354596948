#include "tests/web/web_house.hpp"

#include <gtest/gtest.h>

namespace rasid {
namespace {

class MentionCustomerTest : public testing::Test {
protected:
    void add(const std::string& id, const std::string& brand = "nasma") {
        house.write([&](Store& store) {
            Customer customer;
            customer.id = id;
            customer.name = "Hind";
            customer.tier = "gold";
            customer.brand = brand;
            store.put_customer(customer);
        });
    }
    HttpAnswer assign(Browser& who, const std::string& body) {
        return who.change("PUT", "/api/v1/mentions/" + mention + "/customer", body);
    }
    HttpAnswer assign(const std::string& body) { return assign(sara, body); }
    std::string customer_of_ticket() {
        return house.write([id = ticket](Store& store) { return store.ticket(id)->customer; });
    }

    WebHouse house;
    std::string ticket = house.hear("awful coffee today");
    std::string mention = house.write([id = ticket](Store& store) { return store.ticket(id)->latest_mention; });
    Browser sara = house.sign_in("Sara");
};

TEST_F(MentionCustomerTest, makes_the_author_the_customers_account_with_his_mentions_and_tickets) {
    add("c1");
    ASSERT_EQ(assign(R"({"customer":"c1"})").status, 200);
    EXPECT_EQ(customer_of_ticket(), "c1");
    house.write([&](Store& store) {
        EXPECT_EQ(store.mention_by_id(mention)->customer, "c1");
        EXPECT_EQ(store.customer_of("mastodon", "HIND_Z")->id, "c1");
        EXPECT_EQ(store.ticket(ticket)->tier, "gold");
    });
    EXPECT_EQ(sara.get("/api/v1/tickets/" + ticket).json().root()["customer"]["id"].text_or(""), "c1");
    ASSERT_EQ(assign(R"({"customer":"c1"})").status, 200) << "saying it twice is no error";
}

TEST_F(MentionCustomerTest, takes_it_back_without_a_trace) {
    add("c1");
    assign(R"({"customer":"c1"})");
    ASSERT_EQ(assign(R"({"customer":null})").status, 200);
    EXPECT_EQ(customer_of_ticket(), "");
    EXPECT_FALSE(house.write([](Store& store) { return store.customer_of("mastodon", "hind_z"); }));
    EXPECT_EQ(assign(R"({"customer":null})").code(), "not_possible");
}

TEST_F(MentionCustomerTest, moves_an_account_from_one_customer_to_another) {
    add("c1");
    add("c2");
    assign(R"({"customer":"c1"})");
    ASSERT_EQ(assign(R"({"customer":"c2"})").status, 200);
    EXPECT_EQ(customer_of_ticket(), "c2");
    EXPECT_EQ(house.write([](Store& store) { return store.customer_of("mastodon", "hind_z")->id; }), "c2");
}

TEST_F(MentionCustomerTest, is_refused_for_customers_and_mentions_of_other_brands_and_for_nonsense) {
    add("c1", "saba");
    add("c2");
    auto omar = house.sign_in("Omar");
    EXPECT_EQ(assign(omar, R"({"customer":"c1"})").status, 404) << "he does not see the mention";
    EXPECT_EQ(assign(R"({"customer":"nobody"})").status, 404);
    EXPECT_EQ(assign(R"({"customer":""})").status, 400);
    EXPECT_EQ(assign("{}").status, 400);
    EXPECT_EQ(customer_of_ticket(), "");
}

}  // namespace
}  // namespace rasid
