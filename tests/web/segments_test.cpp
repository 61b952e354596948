#include "engagement/pilot.hpp"
#include "tests/web/customer_house.hpp"

#include <algorithm>

namespace rasid {
namespace {

class SegmentsTest : public CustomerHouseTest {
protected:
    SegmentsTest() {
        for (int i = 2; i <= 41; ++i) {
            Customer customer;
            customer.id = "c-" + std::to_string(i);
            customer.name = "Customer " + std::to_string(i);
            customer.brand = i <= 31 ? "nasma" : "saba";
            customer.tier = i % 2 == 0 ? "gold" : "silver";
            house.write([customer](Store& store) { store.put_customer(customer); });
        }
    }
    HttpAnswer preview(Browser& who, const std::string& predicate) {
        return who.change("POST", "/api/v1/segments/preview", R"({"predicate":)" + predicate + "}");
    }
    HttpAnswer put(const std::string& name, const std::string& predicate) {
        return mona.change("PUT", "/api/v1/segments/" + name, R"({"predicate":)" + predicate + "}");
    }

    const std::string gold = R"({"all":[{"field":"tier","op":"is","value":"gold"}]})";
};

TEST_F(SegmentsTest, are_counted_before_they_are_kept) {
    const auto json = preview(sara, gold).json();
    EXPECT_EQ(json.root()["count"].integer(), 21);
    EXPECT_EQ(json.root()["customers"].items().size(), 20u);
    EXPECT_EQ(preview(omar, gold).json().root()["count"].integer(), 5) << "his brand alone";
    EXPECT_EQ(preview(sara, R"({"field":"familiarity","op":"unknown"})").json().root()["count"].integer(), 41);
    EXPECT_EQ(preview(sara, R"({"field":"risk","op":"at_most","value":0})").json().root()["count"].integer(), 41);
}

TEST_F(SegmentsTest, are_kept_by_managers_and_listed_page_by_page) {
    EXPECT_EQ(sara.change("PUT", "/api/v1/segments/gold", R"({"predicate":)" + gold + "}").status, 403);
    ASSERT_EQ(put("gold", gold).status, 200);
    const auto list = sara.get("/api/v1/segments").json();
    EXPECT_EQ(list.root()["segments"].at(0)["name"].text_or(""), "gold");
    EXPECT_EQ(list.root()["segments"].at(0)["predicate"]["all"].at(0)["value"].text_or(""), "gold");
    std::size_t seen = 0;
    std::string after;
    int pages = 0;
    do {
        const auto page = sara.get("/api/v1/segments/gold/customers?limit=8&after=" + after).json();
        seen += page.root()["customers"].items().size();
        after = page.root()["next"].text_or("");
        ++pages;
    } while (!after.empty() && pages < 10);
    EXPECT_EQ(seen, 21u);
    EXPECT_EQ(pages, 3);
    EXPECT_EQ(sara.get("/api/v1/segments/none/customers").status, 404);
    EXPECT_EQ(mona.change("DELETE", "/api/v1/segments/gold").status, 204);
    EXPECT_EQ(mona.change("DELETE", "/api/v1/segments/gold").status, 404);
}

TEST_F(SegmentsTest, tell_what_can_be_asked) {
    const auto json = sara.get("/api/v1/segments/fields").json();
    const auto fields = json.root()["fields"].items();
    ASSERT_EQ(fields.size(), 24u);
    for (const auto& field : fields) {
        const auto kind = field["kind"].text_or("");
        for (const auto& op : field["ops"].items()) {
            const std::string value = kind == "number" ? "1" : "\"x\"";
            const auto condition = R"({"field":")" + field["name"].text_or("") + R"(","op":")" + op.text_or("") +
                                   R"(","value":)" + value + "}";
            EXPECT_EQ(preview(sara, condition).status, 200) << condition;
        }
    }
}

TEST_F(SegmentsTest, refuse_what_cannot_be_asked) {
    EXPECT_EQ(preview(sara, R"({"field":"shoe size","op":"is","value":1})").status, 400);
    EXPECT_EQ(preview(sara, R"({"field":"tier","op":"at_least","value":"gold"})").status, 400);
    EXPECT_EQ(preview(sara, "7").status, 400);
    EXPECT_EQ(sara.change("POST", "/api/v1/segments/preview", "{}").status, 400);
    std::string many = "{\"all\":[";
    for (int i = 0; i < 201; ++i) many += std::string(i ? "," : "") + R"({"field":"tier","op":"known"})";
    EXPECT_EQ(preview(sara, many + "]}").status, 400);
    std::string deep;
    for (int i = 0; i < 100; ++i) deep += "{\"all\":[";
    for (int i = 0; i < 100; ++i) deep += "]}";
    EXPECT_EQ(preview(sara, deep).status, 400);
}

class PilotsTest : public SegmentsTest {
protected:
    PilotsTest() {
        auto admin = house.sign_in("Adam");
        for (const auto& [name, body] : {std::pair("ours", R"({"touches":[{"kind":"call","count":5}]})"),
                                         std::pair("calls", R"({"touches":[{"kind":"call","count":12}]})")}) {
            EXPECT_EQ(admin.change("PUT", std::string("/api/v1/setup/plans/") + name, body).status, 200);
        }
        EXPECT_EQ(put("gold", gold).status, 200);
    }
    HttpAnswer pilot(const std::string& body) { return mona.change("PUT", "/api/v1/pilots/more%20calls", body); }
    static std::string body(const std::string& share) {
        return R"({"segment":"gold","plan":"calls","from":"2026-03-01","until":null,"share":)" + share + "}";
    }
    std::size_t calls(const std::string& id) {
        std::size_t count = 0;
        for (const auto& each : touches(id)) count += each.plan == "calls" && each.state == TouchState::planned ? 1 : 0;
        return count;
    }
};

TEST_F(PilotsTest, give_their_share_the_changed_template_and_take_it_back) {
    ASSERT_EQ(pilot(body("0.5")).status, 200);
    const Pilot drawn{.name = "more calls", .segment = "gold", .plan = "calls", .share = 0.5};
    std::size_t changed = 0;
    for (int i = 1; i <= 41; ++i) {
        const auto id = "c-" + std::to_string(i);
        const bool in_segment = stored(id).tier == "gold";
        const bool expected = in_segment && arm_of(drawn, id) == Arm::changed_template;
        EXPECT_EQ(calls(id) > 0, expected) << id;
        changed += expected ? 1 : 0;
    }
    EXPECT_GT(changed, 0u);
    EXPECT_LT(changed, 21u);
    EXPECT_EQ(mona.change("DELETE", "/api/v1/segments/gold").code(), "in_use");
    ASSERT_EQ(mona.change("DELETE", "/api/v1/pilots/more%20calls").status, 204);
    for (int i = 1; i <= 41; ++i) EXPECT_EQ(calls("c-" + std::to_string(i)), 0u) << i;
}

TEST_F(PilotsTest, compare_both_groups) {
    ASSERT_EQ(pilot(body("0.5")).status, 200);
    const auto list = sara.get("/api/v1/pilots").json();
    EXPECT_EQ(list.root()["pilots"].at(0)["share"].number(), 0.5);
    const auto json = sara.get("/api/v1/pilots/more%20calls").json();
    EXPECT_EQ(json.root()["pilot"]["plan"].text_or(""), "calls");
    const auto comparison = json.root()["comparison"];
    ASSERT_EQ(comparison.items().size(), 6u);
    const auto answered = comparison.at(1);
    EXPECT_EQ(answered["measure"].text_or(""), "answered");
    EXPECT_EQ(answered["changed"]["n"].integer().value_or(0) + answered["old"]["n"].integer().value_or(0), 21);
    EXPECT_EQ(answered["verdict"].text_or("").substr(0, 15), "too few to tell");
    EXPECT_EQ(sara.get("/api/v1/pilots/none").status, 404);
}

TEST_F(PilotsTest, are_refused_where_they_make_no_sense) {
    EXPECT_EQ(pilot(body("0")).status, 400);
    EXPECT_EQ(pilot(body("1.5")).status, 400);
    EXPECT_EQ(pilot(R"({"segment":"none","plan":"calls","from":"2026-03-01","share":0.5})").status, 400);
    EXPECT_EQ(pilot(R"({"segment":"gold","plan":"none","from":"2026-03-01","share":0.5})").status, 400);
    EXPECT_EQ(pilot(R"({"segment":"gold","plan":"calls","from":"2026-03-02","until":"2026-03-01","share":0.5})").status,
              400);
    EXPECT_EQ(sara.change("PUT", "/api/v1/pilots/x", body("0.5")).status, 403);
    EXPECT_EQ(mona.change("DELETE", "/api/v1/pilots/none").status, 404);
}

}  // namespace
}  // namespace rasid
