#include "tests/web/customer_house.hpp"

#include <algorithm>

namespace rasid {
namespace {

class CustomerRecordTest : public CustomerHouseTest {
protected:
    HttpAnswer patch(const std::string& body) { return sara.change("PATCH", "/api/v1/customers/c-1", body); }
};

TEST_F(CustomerRecordTest, shows_record_plan_figures_and_trust) {
    const auto json = mona.get("/api/v1/customers/c-1").json();
    const auto root = json.root();
    EXPECT_EQ(root["owner"]["name"].text_or(""), "Sara");
    EXPECT_EQ(root["plan"]["progress"]["total"].integer(), 33);
    EXPECT_EQ(root["plan"]["progress"]["by_kind"].items().size(), 6u);
    EXPECT_EQ(root["trust"].items().size(), 12u);
    EXPECT_EQ(root["trust"].at(11)["month"].text_or(""), "2026-03");
    std::vector<std::string> names;
    for (const auto& figure : root["figures"].items()) names.push_back(figure["name"].text_or(""));
    EXPECT_EQ(names, (std::vector<std::string>{"familiarity", "rfm", "clv", "risk", "expected_loss", "csat", "nps",
                                               "ces", "churn"}));
    EXPECT_FALSE(root["figures"].at(2)["why_not"].is_null()) << "a figure that is none says why";
    for (const auto* member : {"anniversaries", "interests", "preferred_channel", "consents", "occasions", "quiet",
                               "known_as", "referred_by", "referred_by_name", "notes", "sources", "cases", "promises",
                               "surveys", "proposals", "merges"}) {
        EXPECT_TRUE(root[member].exists()) << member;
    }
    for (const auto* member : {"owed", "late", "channel", "owner", "occasion", "follows", "draft", "send_at"})
        EXPECT_TRUE(root["plan"]["touches"].at(0)[member].exists()) << member;
}

TEST_F(CustomerRecordTest, explains_a_value_by_its_inputs) {
    house.write([](Store& store) {
        auto hind = *store.customer("c-1");
        for (const auto* day : {"2024-06-01", "2024-09-01", "2025-02-01", "2025-06-01"})
            hind.purchases.push_back({*parse_date(day), 15'000, "SAR"});
        store.put_customer(hind);
        Customer lost;
        lost.id = "c-2";
        lost.name = "Lost";
        lost.brand = "nasma";
        lost.purchases = {{*parse_date("2024-08-01"), 100, "SAR"}};
        store.put_customer(lost);
    });
    const auto json = sara.get("/api/v1/customers/c-1").json();
    const auto figures = json.root()["figures"];
    EXPECT_EQ(figures.at(8)["value"].number(), 0.5) << "one of two was lost";
    EXPECT_EQ(figures.at(8)["text"].text_or(""), "50 %");
    EXPECT_TRUE(figures.at(2)["value"].is_number());
    EXPECT_NE(figures.at(2)["text"].text_or("").find(" SAR"), std::string::npos);
    EXPECT_GT(figures.at(2)["inputs"].items().size(), 0u);
    EXPECT_GT(figures.at(2)["steps"].items().size(), 0u);
}

TEST_F(CustomerRecordTest, remembers_where_a_changed_field_came_from) {
    const auto answer = patch(R"({"tier":"silver","interests":["coffee"],"notes":"likes it black"})");
    ASSERT_EQ(answer.status, 200) << answer.body;
    const auto hind = stored();
    EXPECT_EQ(hind.tier, "silver");
    EXPECT_EQ(hind.interests, std::vector<std::string>{"coffee"});
    const auto source = std::ranges::find(hind.sources, "tier", &FieldSource::field);
    ASSERT_NE(source, hind.sources.end());
    EXPECT_EQ(source->source, "by hand");
    EXPECT_EQ(source->confirmed_at, house.clock.now());
    EXPECT_EQ(std::ranges::find(hind.sources, "name", &FieldSource::field), hind.sources.end());
}

TEST_F(CustomerRecordTest, a_corrected_birthday_moves_the_card_and_says_why) {
    const auto card = [&] {
        const auto all = touches();
        return *std::ranges::find(all, "birthday", &PlannedTouch::occasion);
    };
    EXPECT_EQ(to_string(card().due_on), "2026-05-04");
    const auto before = touches();
    ASSERT_EQ(patch(R"({"birthday":"1990-10-05"})").status, 200);
    EXPECT_EQ(to_string(card().due_on), "2026-10-05");
    EXPECT_NE(card().reason.find("changed: birthday"), std::string::npos) << card().reason;
    const auto after = touches();
    EXPECT_EQ(after.size(), before.size());
    int moved = 0;
    for (const auto& each : after) {
        const auto same = std::ranges::find(before, each.id, &PlannedTouch::id);
        ASSERT_NE(same, before.end());
        if (same->due_on != each.due_on) ++moved;
    }
    EXPECT_EQ(moved, 1) << "only what must move moves";
}

TEST_F(CustomerRecordTest, a_refused_channel_ends_what_goes_by_it) {
    ASSERT_EQ(patch(R"({"consents":[{"channel":"phone","granted":false}]})").status, 200);
    const auto hind = stored();
    ASSERT_EQ(hind.consents.size(), 1u);
    EXPECT_EQ(hind.consents[0].source, "told Sara");
    const auto all = touches();
    for (const auto& each : all) {
        if (each.kind == "call" && each.due_on >= *parse_date("2026-03-01")) {
            EXPECT_EQ(each.state, TouchState::skipped) << each.id;
        }
    }
    // What is said again is no second word.
    ASSERT_EQ(patch(R"({"consents":[{"channel":"phone","granted":false}],"tier":"x"})").status, 200);
    EXPECT_EQ(stored().consents.size(), 1u);
}

TEST_F(CustomerRecordTest, of_somebody_new_gets_a_plan_for_the_rest_of_the_year) {
    const auto answer =
        sara.change("POST", "/api/v1/customers",
                    R"({"name":"نوف","brand":"nasma","emails":["nouf@example.org"],"occasions":["eid_al_fitr"],
                        "known_as":"circle","referred_by":"c-1"})");
    ASSERT_EQ(answer.status, 201) << answer.body;
    const auto json = answer.json();
    const auto id = json.root()["id"].text_or("");
    EXPECT_EQ(json.root()["referred_by_name"].text_or(""), "هند الزهراني");
    const auto laid = touches(id);
    EXPECT_GT(laid.size(), 20u);
    EXPECT_LE(laid.size(), 33u);
    for (const auto& each : laid) EXPECT_GE(each.due_on, *parse_date("2026-03-01"));
    EXPECT_FALSE(house.write([id](Store& store) { return store.touch_events(id, std::nullopt); }).empty());
    // Whoever brought her may be an advocate, and she herself a client for life.
    ASSERT_EQ(proposals().size(), 1u);
    EXPECT_EQ(proposals()[0].subject, "advocates");
    ASSERT_EQ(proposals(id).size(), 1u);
    EXPECT_EQ(proposals(id)[0].subject, "clients for life");
    EXPECT_EQ(ledger()[0].kind, "referral");
}

TEST_F(CustomerRecordTest, refuses_what_no_record_can_hold) {
    for (const auto* body :
         {R"({"name":""})", R"({"name":7})", R"({"emails":["no address"]})", R"({"emails":"a@b.c"})",
          R"({"birthday":"1990-13-01"})", R"({"language":"!"})", R"({"preferred_channel":"pigeon"})",
          R"({"known_as":"friend"})", R"({"occasions":["full moon"]})", R"({"plan":"no such plan"})",
          R"({"owner":"nobody here"})", R"({"purchases":[{"date":"2026-01-01","amount":-1,"currency":"SAR"}]})",
          R"({"purchases":[{"date":"2026-01-01","amount":1e300,"currency":"SAR"}]})",
          R"({"quiet":[{"from":"2026-03-02","to":"2026-03-01"}]})", R"({"consents":[{"channel":"x","granted":true}]})",
          R"({"referred_by":"c-1"})", R"({"unknown":1})", R"({"name":"a\u0007b"})", R"({"id":"c-9"})"}) {
        EXPECT_EQ(patch(body).status, 400) << body;
    }
    EXPECT_EQ(stored().name, "هند الزهراني");
}

TEST_F(CustomerRecordTest, of_another_brand_is_not_there) {
    EXPECT_EQ(omar.change("PATCH", "/api/v1/customers/c-1", R"({"tier":"x"})").status, 404);
    EXPECT_EQ(omar.change("POST", "/api/v1/customers", R"({"name":"A","brand":"nasma"})").status, 400);
    const auto own = omar.change("POST", "/api/v1/customers", R"({"name":"A"})");
    ASSERT_EQ(own.status, 201) << own.body;
    const auto id = own.json().root()["id"].text_or("");
    EXPECT_EQ(stored(id).brand, "saba");
    EXPECT_EQ(omar.change("PATCH", "/api/v1/customers/" + id, R"({"brand":"nasma"})").status, 400);
    // Naming a customer of another brand as the referrer writes nothing into that one's ledger.
    EXPECT_EQ(omar.change("PATCH", "/api/v1/customers/" + id, R"({"referred_by":"c-1"})").status, 200);
    EXPECT_TRUE(ledger().empty());
}

TEST_F(CustomerRecordTest, is_exported_whole_by_managers) {
    house.hear("coffee was lovely", "nasma", "hind_z", Polarity::positive);
    EXPECT_EQ(sara.get("/api/v1/customers/c-1/export").status, 403);
    const auto answer = mona.get("/api/v1/customers/c-1/export");
    ASSERT_EQ(answer.status, 200);
    EXPECT_EQ(answer.header("Content-Disposition"), "attachment; filename=\"customer.json\"");
    const auto json = answer.json();
    EXPECT_EQ(json.root()["record"]["name"].text_or(""), "هند الزهراني");
    EXPECT_EQ(json.root()["touches"].items().size(), 33u);
    EXPECT_EQ(json.root()["touch_events"].items().size(), 33u);
    ASSERT_EQ(json.root()["mentions"].items().size(), 1u);
    EXPECT_EQ(json.root()["mentions"].at(0)["mention"]["text"].text_or(""), "coffee was lovely");
    EXPECT_EQ(json.root()["tickets"].items().size(), 1u);
}

TEST_F(CustomerRecordTest, is_erased_only_by_a_manager_who_types_the_name) {
    const auto erase = [](Browser& who, const std::string& name) {
        return who.change("DELETE", "/api/v1/customers/c-1", R"({"confirm":")" + name + "\"}");
    };
    const auto ticket = house.hear("the coffee was cold");
    EXPECT_EQ(erase(sara, "هند الزهراني").status, 403);
    EXPECT_EQ(erase(mona, "Hind").code(), "not_confirmed");
    const auto answer = erase(mona, "هند الزهراني");
    ASSERT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(answer.json().root()["erased"].boolean(), true);
    EXPECT_EQ(mona.get("/api/v1/customers/c-1").status, 404);
    EXPECT_EQ(erase(mona, "هند الزهراني").status, 404);
    EXPECT_TRUE(touches().empty());
    const auto left = house.write([ticket](Store& store) { return *store.ticket(ticket); });
    EXPECT_EQ(left.state, TicketState::resolved) << "nobody waits for an answer any more";
    EXPECT_TRUE(left.author.handle.empty());
}

}  // namespace
}  // namespace rasid
