#include "tests/storage/samples.hpp"
#include "tests/storage/store_contract.hpp"

namespace rasid {
namespace {

using samples::minute;

class CustomersContract : public StoreContract {
protected:
    std::vector<std::string> found(std::string_view search, const std::vector<std::string>& brands = {}) {
        std::vector<std::string> ids;
        for (const auto& customer : store->customers(search, brands, "", 100)) ids.push_back(customer.id);
        return ids;
    }
};
RASID_OVER_ENGINES(CustomersContract);

TEST_P(CustomersContract, gives_back_every_field_of_a_customer) {
    const auto customer = samples::customer("c1");
    store->put_customer(customer);
    EXPECT_EQ(store->customer("c1"), customer);
    store->put_customer({.id = "bare"});
    EXPECT_EQ(store->customer("bare"), Customer{.id = "bare"});
    EXPECT_FALSE(store->customer("nobody"));
}

TEST_P(CustomersContract, replaces_a_customer_and_his_identities_by_id) {
    store->put_customer(samples::customer("c1"));
    auto changed = samples::customer("c1");
    changed.name = "Someone";
    changed.birthday.reset();
    changed.identities = {{"reddit", "u1", "hand", minute(3)}};
    store->put_customer(changed);
    EXPECT_EQ(store->customer("c1"), changed);
    EXPECT_FALSE(store->customer_of("mastodon", "ahmad_c1"));
}

TEST_P(CustomersContract, finds_the_customer_of_a_handle_however_it_is_written) {
    store->put_customer(samples::customer("c1"));
    EXPECT_EQ(store->customer_of("mastodon", "@AHMAD_C1")->id, "c1");
    EXPECT_EQ(store->customer_of("mastodon", "ahmad_c1"), store->customer("c1"));
    EXPECT_FALSE(store->customer_of("bluesky", "ahmad_c1"));
}

TEST_P(CustomersContract, moves_an_identity_to_the_customer_who_claims_it_last) {
    store->put_customer(samples::customer("c1"));  // both have bluesky:ahmad.example
    store->put_customer(samples::customer("c2"));
    EXPECT_EQ(store->customer_of("bluesky", "ahmad.example")->id, "c2");
    ASSERT_EQ(store->customer("c1")->identities.size(), 1u);
    EXPECT_EQ(store->customer("c1")->identities[0].platform, "mastodon");
}

TEST_P(CustomersContract, unlinks_an_identity_from_its_own_customer_only) {
    store->put_customer(samples::customer("c1"));
    store->put_customer({.id = "c2"});
    store->unlink("c2", "mastodon", "ahmad_c1");
    EXPECT_TRUE(store->customer_of("mastodon", "ahmad_c1"));
    store->unlink("c1", "mastodon", "@Ahmad_C1");
    EXPECT_FALSE(store->customer_of("mastodon", "ahmad_c1"));
    EXPECT_EQ(store->customer("c1")->identities.size(), 1u);
}

TEST_P(CustomersContract, searches_names_mails_and_handles_by_part_and_without_case) {
    store->put_customer(samples::customer("c1"));
    auto other = samples::customer("c2");
    other.name = "سارة";
    other.name_latin = "100% Sara_";
    other.emails = {"sara@other.example"};
    other.identities = {{"mastodon", "Tower", "hand", minute(1)}};
    store->put_customer(other);
    using Ids = std::vector<std::string>;
    EXPECT_EQ(found("احمد"), (Ids{"c1"})) << "Arabic spelling variants are one";
    EXPECT_EQ(found("alGHAM"), (Ids{"c1"}));
    EXPECT_EQ(found("ahmad@EXAMPLE"), (Ids{"c1"}));
    EXPECT_EQ(found("@tow"), (Ids{"c2"}));
    EXPECT_EQ(found("100%"), (Ids{"c2"})) << "the signs of LIKE are ordinary characters";
    EXPECT_EQ(found("a_"), (Ids{"c2"}));
    EXPECT_EQ(found("\\"), Ids{});
    EXPECT_EQ(found(""), (Ids{"c1", "c2"}));
    std::string endless;
    while (endless.size() < 100'000) endless += "ahmad";
    EXPECT_EQ(found(endless), Ids{});
}

TEST_P(CustomersContract, pages_customers_by_id_and_limits_them_to_brands) {
    for (const char* id : {"c3", "c1", "c2"}) {
        auto customer = samples::customer(id);
        customer.identities.clear();
        customer.brand = std::string(id) == "c2" ? "other" : "nasma";
        store->put_customer(customer);
    }
    const auto first = store->customers("", {}, "", 2);
    ASSERT_EQ(first.size(), 2u);
    EXPECT_EQ(first[1].id, "c2");
    const auto second = store->customers("", {}, "c2", 2);
    ASSERT_EQ(second.size(), 1u);
    EXPECT_EQ(second[0].id, "c3");
    EXPECT_EQ(found("", {"nasma"}), (std::vector<std::string>{"c1", "c3"}));
    EXPECT_EQ(found("ahmad", {"other", "unknown"}), (std::vector<std::string>{"c2"}));
}

TEST_P(CustomersContract, gives_the_customers_of_a_list_in_its_order_without_those_that_are_not) {
    for (const char* id : {"c1", "c2", "c3"}) store->put_customer({.id = id});
    const auto found = store->customers_by_id({"c3", "nobody", "c1"});
    ASSERT_EQ(found.size(), 2u);
    EXPECT_EQ(found[0].id, "c3");
    EXPECT_EQ(found[1].id, "c1");
}

TEST_P(CustomersContract, removes_a_customer_with_everything_kept_about_him) {
    store->put_customer(samples::customer("c1"));
    store->apply_plan({.customer = "c1",
                       .touches = {samples::touch("a")},
                       .ledger = {{.id = "l1", .customer = "c1"}},
                       .guard = Guard{"t1", {}, ""},
                       .events = {samples::touch_event("e1", "a", TouchEventKind::laid)},
                       .cases = {samples::bad_experience("case-1")},
                       .case_events = {samples::case_event("ce1", "case-1", CaseEventKind::opened)},
                       .surveys = {samples::survey("s1")},
                       .proposals = {samples::proposal("p1")}});
    store->append_promise_events({samples::promise_event("pe1", PromiseEventKind::made)});
    store->remove_customer("c1");
    EXPECT_FALSE(store->customer("c1"));
    EXPECT_FALSE(store->customer_of("mastodon", "ahmad_c1"));
    EXPECT_FALSE(store->touch("a"));
    EXPECT_TRUE(store->ledger("c1", 10).empty());
    EXPECT_FALSE(store->guard("c1").held());
    EXPECT_TRUE(store->touch_events("c1", {}).empty());
    EXPECT_TRUE(store->cases("c1").empty());
    EXPECT_TRUE(store->case_events("c1").empty());
    EXPECT_FALSE(store->survey("s1"));
    EXPECT_FALSE(store->proposal("p1"));
    EXPECT_TRUE(store->promise_events("c1").empty());
    EXPECT_TRUE(found("ahmad").empty());
}

}  // namespace
}  // namespace rasid
