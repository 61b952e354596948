#include "tests/web/customer_house.hpp"

#include "core/limits.hpp"
#include "web/router.hpp"

#include <algorithm>

namespace rasid {
namespace {

std::string json_text(std::string_view text) {
    JsonWriter out;
    out.value(text);
    return std::move(out).take();
}

class CustomerImportTest : public CustomerHouseTest {
protected:
    HttpAnswer import(Browser& who, const std::string& csv, bool dry, const std::string& more = "") {
        return who.change("POST", std::string("/api/v1/customers/import") + (dry ? "?dry_run=1" : ""),
                          R"({"file":"people.csv","csv":)" + json_text(csv) + more + "}");
    }
    std::size_t count() {
        return house.write([](Store& store) { return store.customers("", {}, "", 100).size(); });
    }

    /// Somebody new, Hind with another tier, and a line that no record can hold.
    const std::string file = "الاسم,email,tier,brand\nنوف,nouf@example.org,gold,nasma\n"
                             "هند الزهراني,hind@example.org,silver,nasma\nعلي,no address,gold,nasma\n";
};

TEST_F(CustomerImportTest, is_previewed_before_anything_is_kept) {
    const auto answer = import(mona, file, true);
    ASSERT_EQ(answer.status, 200) << answer.body;
    const auto json = answer.json();
    const auto root = json.root();
    EXPECT_EQ(root["columns"].at(0)["column"].text_or(""), "name");
    EXPECT_EQ(root["columns"].at(1)["column"].text_or(""), "emails");
    EXPECT_EQ(root["columns"].at(0)["suggested"].boolean(), true);
    EXPECT_EQ(root["counts"]["add"].integer(), 1);
    EXPECT_EQ(root["counts"]["update"].integer(), 1);
    EXPECT_EQ(root["counts"]["refused"].integer(), 1);
    EXPECT_EQ(root["rows"].at(0)["outcome"].text_or(""), "add");
    EXPECT_TRUE(root["rows"].at(0)["customer"].is_null());
    EXPECT_EQ(root["rows"].at(1)["customer"].text_or(""), "c-1");
    EXPECT_EQ(root["rows"].at(1)["changes"].at(0)["field"].text_or(""), "tier");
    EXPECT_EQ(root["rows"].at(1)["changes"].at(0)["to"].text_or(""), "silver");
    EXPECT_EQ(root["rows"].at(2)["errors"].items().size(), 1u);
    EXPECT_NE(root["refused_csv"].text_or("").find("علي"), std::string::npos);
    EXPECT_EQ(count(), 1u);
}

TEST_F(CustomerImportTest, with_refused_lines_is_done_only_when_that_was_accepted) {
    EXPECT_EQ(import(mona, file, false).code(), "refused_lines");
    EXPECT_EQ(count(), 1u);
    EXPECT_EQ(stored().tier, "gold");
    const auto answer = import(mona, file, false, R"(,"accept_refused":true)");
    ASSERT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(count(), 2u);
    EXPECT_EQ(stored().tier, "silver");
    const auto id = answer.json().root()["rows"].at(0)["customer"].text_or("");
    EXPECT_FALSE(touches(id).empty()) << "whoever is new has a plan";
    const auto again = import(mona, file, false, R"(,"accept_refused":true)").json();
    EXPECT_EQ(again.root()["counts"]["same"].integer(), 2);
}

TEST_F(CustomerImportTest, takes_the_columns_that_a_person_chose) {
    const auto answer = import(mona, "who,ref\nNouf,12\n", true, R"(,"mapping":{"who":"name","ref":"-"})");
    ASSERT_EQ(answer.status, 200) << answer.body;
    const auto json = answer.json();
    EXPECT_EQ(json.root()["counts"]["add"].integer(), 1);
    EXPECT_EQ(json.root()["columns"].at(0)["suggested"].boolean(), false);
    const auto unknown = import(mona, "who\nNouf\n", true, R"(,"mapping":{"who":"nonsense"})");
    EXPECT_EQ(unknown.json().root()["errors"].items().size(), 2u) << unknown.body;
    EXPECT_EQ(import(mona, "who\nNouf\n", false, R"(,"mapping":{"who":"nonsense"})").status, 422);
    EXPECT_EQ(import(mona, "who\nNouf\n", true, R"(,"mapping":["name"])").status, 400);
}

TEST_F(CustomerImportTest, knows_people_and_plans_by_name) {
    const auto json = import(mona, "name,owner,plan\nA,Sara,advocates\nB,Nobody,\nC,,no such plan\n", true).json();
    EXPECT_EQ(json.root()["counts"]["add"].integer(), 1);
    EXPECT_EQ(json.root()["counts"]["refused"].integer(), 2);
    ASSERT_EQ(import(mona, "name,owner\nA,Sara\n", false).status, 200);
    auto all = house.write([](Store& store) { return store.customers("", {}, "", 100); });
    std::erase_if(all, [](const Customer& customer) { return customer.name != "A"; });
    ASSERT_EQ(all.size(), 1u);
    EXPECT_EQ(all[0].owner, house.person_id("Sara"));
    const auto csv = mona.get("/api/v1/customers.csv");
    EXPECT_NE(csv.body.find("Sara"), std::string::npos);
    EXPECT_EQ(csv.body.find(house.person_id("Sara")), std::string::npos);
}

TEST_F(CustomerImportTest, changes_nobody_of_another_brand) {
    omar = house.manager_of("saba");
    const auto json = import(omar, file, true).json();
    EXPECT_EQ(json.root()["counts"]["refused"].integer(), 3);
    EXPECT_TRUE(json.root()["rows"].at(1)["customer"].is_null());
    ASSERT_EQ(import(omar, "name\nZaid\n", false).status, 200);
    const auto csv = omar.get("/api/v1/customers.csv");
    EXPECT_NE(csv.body.find("Zaid"), std::string::npos);
    EXPECT_EQ(csv.body.find("hind@example.org"), std::string::npos);
}

TEST_F(CustomerImportTest, is_for_managers_and_of_bounded_size) {
    EXPECT_EQ(import(sara, file, true).status, 403);
    EXPECT_EQ(sara.get("/api/v1/customers.csv").status, 403);
    // More than other requests may carry, and less than a file may.
    std::string big = "name,notes\n";
    while (big.size() < limits::kRequestBody + 100'000) big += "\"\"," + std::string(1000, 'x') + "\n";
    EXPECT_EQ(import(mona, big, true).status, 200);
    EXPECT_EQ(longest_body("/api/v1/customers/import?dry_run=1"), limits::kImportBody);
    EXPECT_EQ(longest_body("/api/v1/customers/import/more"), limits::kRequestBody);
}

class CustomerMergeTest : public CustomerHouseTest {
protected:
    CustomerMergeTest() {
        Customer twin;
        twin.id = "c-2";
        twin.name = "Hind Z.";
        twin.emails = {"hind.z@example.org"};
        twin.tier = "silver";
        twin.brand = "nasma";
        twin.known_as = "circle";
        twin.identities = {{"bluesky", "hind.example", "hand", house.clock.now()}};
        add(twin);
        house.write([now = house.clock.now()](Store& store) {
            PlanChange change{.customer = "c-2"};
            change.ledger = {{.id = "l-1", .customer = "c-2", .at = now, .kind = "mention", .text = "hello"}};
            change.cases = {{.id = "case-2", .customer = "c-2", .opened_at = now, .last_at = now, .posts = 1}};
            change.guard = Guard{"case-2", now, "open complaint"};
            store.apply_plan(change);
        });
    }
    HttpAnswer merge(Browser& who, bool dry, const std::string& body = R"({"drop":"c-2"})") {
        return who.change("POST", std::string("/api/v1/customers/c-1/merge") + (dry ? "?dry_run=1" : ""), body);
    }
    bool held() {
        return house.write([](Store& store) { return store.guard("c-1").held(); });
    }
};

TEST_F(CustomerMergeTest, is_previewed_with_its_conflicts) {
    const auto answer = merge(mona, true, R"({"drop":"c-2","choose":{"tier":"dropped"}})");
    ASSERT_EQ(answer.status, 200) << answer.body;
    const auto json = answer.json();
    const auto fields = json.root()["fields"].items();
    const auto tier =
        std::ranges::find_if(fields, [](const JsonView& field) { return field["field"].text_or("") == "tier"; });
    ASSERT_NE(tier, fields.end());
    EXPECT_EQ((*tier)["merged"].text_or(""), "silver");
    EXPECT_EQ((*tier)["conflict"].boolean(), true);
    EXPECT_EQ(json.root()["moves"]["identities"].integer(), 1);
    EXPECT_EQ(json.root()["moves"]["ledger"].integer(), 1);
    EXPECT_GT(json.root()["moves"]["touches"].integer().value_or(0), 0);
    EXPECT_EQ(mona.get("/api/v1/customers/c-2").status, 200);
}

TEST_F(CustomerMergeTest, carries_ledger_accounts_and_open_cases_over_and_back) {
    const auto answer = merge(mona, false);
    ASSERT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(mona.get("/api/v1/customers/c-2").status, 404);
    EXPECT_EQ(stored().identities.size(), 2u);
    EXPECT_EQ(stored().known_as, "circle");
    EXPECT_EQ(ledger().size(), 1u);
    EXPECT_TRUE(held()) << "the complaint is hers now";
    const auto json = answer.json();
    EXPECT_EQ(json.root()["merges"].at(0)["dropped_name"].text_or(""), "Hind Z.");
    const auto path = "/api/v1/merges/" + json.root()["merges"].at(0)["id"].text_or("") + "/undo";
    EXPECT_EQ(sara.change("POST", path, "{}").status, 403);
    const auto undone = mona.change("POST", path, "{}");
    ASSERT_EQ(undone.status, 200) << undone.body;
    EXPECT_EQ(undone.json().root()["id"].text_or(""), "c-1");
    EXPECT_EQ(mona.get("/api/v1/customers/c-2").status, 200);
    EXPECT_EQ(stored().identities.size(), 1u);
    EXPECT_TRUE(ledger().empty());
    EXPECT_EQ(ledger("c-2").size(), 1u);
    EXPECT_FALSE(held());
    EXPECT_TRUE(house.write([](Store& store) { return store.guard("c-2").held(); }));
    EXPECT_EQ(mona.change("POST", path, "{}").status, 409);
}

TEST_F(CustomerMergeTest, is_refused_where_it_makes_no_sense) {
    EXPECT_EQ(merge(sara, true).status, 403);
    EXPECT_EQ(merge(mona, false, R"({"drop":"c-1"})").status, 409);
    EXPECT_EQ(merge(mona, true, R"({"drop":"c-1"})").status, 409);
    EXPECT_EQ(merge(mona, false, R"({"drop":"c-9"})").status, 404);
    EXPECT_EQ(merge(mona, true, R"({"drop":"c-2","choose":{"emails":"dropped"}})").status, 400);
    EXPECT_EQ(merge(mona, true, R"({"drop":"c-2","choose":{"tier":"both"}})").status, 400);
    EXPECT_EQ(mona.change("POST", "/api/v1/merges/none/undo", "{}").status, 404);
}

}  // namespace
}  // namespace rasid
