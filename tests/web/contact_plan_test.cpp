#include "tests/web/customer_house.hpp"

#include <algorithm>

namespace rasid {
namespace {

using namespace std::chrono_literals;

class ContactPlanTest : public CustomerHouseTest {
protected:
    HttpAnswer act(const std::string& touch, const std::string& body) {
        return sara.change("POST", "/api/v1/customers/c-1/touches/" + touch, body);
    }
    HttpAnswer log(const std::string& body) { return sara.change("POST", "/api/v1/customers/c-1/contacts", body); }
    /// The first touch of a kind that is due today or later.
    PlannedTouch next(std::string_view kind) {
        for (const auto& each : touches()) {
            if (each.kind == kind && each.due_on >= *parse_date("2026-03-01")) return each;
        }
        ADD_FAILURE() << "no " << kind;
        return {};
    }
    std::optional<OutboxItem> mail(const std::string& touch, int attempt = 1) {
        return house.write(
            [id = touch + "-mail-" + std::to_string(attempt)](Store& store) { return store.outbox_item(id); });
    }
};

TEST_F(ContactPlanTest, a_logged_call_fulfils_the_planned_one_and_makes_its_note_due) {
    const auto call = next("call");
    house.clock.advance(std::chrono::sys_days(call.due_on) - std::chrono::floor<std::chrono::days>(house.clock.now()));
    sara = house.sign_in("Sara");
    ASSERT_EQ(log(R"({"kind":"call","text":"asked about beans"})").status, 200);
    const auto entries = ledger();
    ASSERT_EQ(entries.size(), 1u);
    EXPECT_EQ(entries[0].text, "asked about beans");
    EXPECT_EQ(entries[0].actor, house.person_id("Sara"));
    EXPECT_FALSE(entries[0].touch.empty());
    EXPECT_EQ(touch(entries[0].touch).state, TouchState::done);
    const auto json = sara.get("/api/v1/customers/c-1").json();
    EXPECT_EQ(json.root()["plan"]["progress"]["done"].integer(), 1);
}

TEST_F(ContactPlanTest, a_logged_referral_proposes_the_advocates_plan) {
    ASSERT_EQ(log(R"({"kind":"referral","text":"brought Nouf"})").status, 200);
    ASSERT_EQ(proposals().size(), 1u);
    EXPECT_EQ(proposals()[0].kind, ProposalKind::move_plan);
    EXPECT_EQ(proposals()[0].subject, "advocates");
    ASSERT_EQ(log(R"({"kind":"referral","text":"brought Ali"})").status, 200);
    EXPECT_EQ(proposals().size(), 1u) << "it is asked once";
}

TEST_F(ContactPlanTest, a_contact_that_makes_no_sense_is_refused) {
    EXPECT_EQ(log(R"({"kind":"telepathy"})").status, 400);
    EXPECT_EQ(log(R"({"kind":"call","channel":"smoke"})").status, 400);
    EXPECT_EQ(log(R"({"kind":"call","at":"2027-01-01T00:00:00Z"})").status, 400);
    EXPECT_EQ(log(R"({"kind":"call","at":"yesterday"})").status, 400);
    EXPECT_EQ(omar.change("POST", "/api/v1/customers/c-1/contacts", R"({"kind":"call"})").status, 404);
    EXPECT_TRUE(ledger().empty());
}

TEST_F(ContactPlanTest, a_touch_moves_to_a_working_day_only) {
    const auto card = next("gift");
    const auto moved = act(card.id, R"({"action":"move","to":"2026-06-01","text":"he travels"})");
    ASSERT_EQ(moved.status, 200) << moved.body;
    EXPECT_EQ(to_string(touch(card.id).due_on), "2026-06-01");
    EXPECT_NE(touch(card.id).reason.find("he travels"), std::string::npos);
    EXPECT_EQ(act(card.id, R"({"action":"move","to":"2026-06-05"})").status, 400) << "a Friday";
    EXPECT_EQ(act(card.id, R"({"action":"move","to":"2026-02-02"})").status, 409) << "a day that has passed";
    EXPECT_EQ(act(card.id, R"({"action":"move","to":"soon"})").status, 400);
    EXPECT_EQ(act(card.id, R"({"action":"done","to":"2026-06-01"})").status, 400);
    ASSERT_EQ(act(card.id, R"({"action":"move"})").status, 200);
    EXPECT_GT(touch(card.id).due_on, *parse_date("2026-06-01"));
}

TEST_F(ContactPlanTest, a_newsletter_is_held_ten_seconds_and_carries_its_way_out) {
    const auto letter = next("newsletter");
    EXPECT_EQ(act(letter.id, R"({"action":"send"})").status, 409) << "nothing is written yet";
    const auto sent = act(letter.id, R"({"action":"send","text":"Dear {name}, <b>new beans</b>.\n\nCome and try."})");
    ASSERT_EQ(sent.status, 200) << sent.body;
    const auto item = mail(letter.id);
    ASSERT_TRUE(item);
    EXPECT_EQ(item->kind, "touch");
    EXPECT_EQ(item->event, letter.id);
    EXPECT_EQ(item->to, "hind@example.org");
    EXPECT_EQ(item->not_before, house.clock.now() + 10s);
    const auto payload = parse_json(item->payload);
    const auto root = payload->root();
    EXPECT_NE(root["text"].text_or("").find("Dear Hind, <b>new beans</b>."), std::string::npos);
    EXPECT_NE(root["html"].text_or("").find("&lt;b&gt;new beans&lt;"), std::string::npos);
    EXPECT_NE(root["html"].text_or("").find("dir=\"ltr\""), std::string::npos);
    EXPECT_NE(root["unsubscribe_url"].text_or("").find("/m/unsubscribe?t="), std::string::npos);
    EXPECT_EQ(house.told.outbox_changed, 1);
    EXPECT_EQ(touch(letter.id).state, TouchState::planned) << "it is done once it is sent";
    EXPECT_EQ(act(letter.id, R"({"action":"send","text":"again"})").status, 409);
    EXPECT_EQ(act(letter.id, R"({"action":"done"})").status, 409);
}

TEST_F(ContactPlanTest, a_held_mail_can_be_taken_back_and_written_anew) {
    const auto letter = next("newsletter");
    ASSERT_EQ(act(letter.id, R"({"action":"send","text":"wrong"})").status, 200);
    ASSERT_EQ(act(letter.id, R"({"action":"reopen"})").status, 200);
    EXPECT_EQ(mail(letter.id)->state, OutboxState::cancelled);
    ASSERT_EQ(act(letter.id, R"({"action":"send","text":"right"})").status, 200);
    EXPECT_EQ(mail(letter.id, 2)->state, OutboxState::waiting);
    house.write([id = letter.id](Store& store) {
        auto item = *store.outbox_item(id + "-mail-2");
        item.state = OutboxState::sending;
        store.update_outbox(item);
    });
    EXPECT_EQ(act(letter.id, R"({"action":"reopen"})").status, 409) << "it is on its way";
}

TEST_F(ContactPlanTest, what_no_mail_carries_is_not_sent) {
    EXPECT_EQ(act(next("call").id, R"({"action":"send","text":"hello"})").status, 409);
}

TEST_F(ContactPlanTest, a_case_is_resolved_by_hand_and_its_guard_falls) {
    house.write([now = house.clock.now()](Store& store) {
        PlanChange change{.customer = "c-1"};
        change.cases = {{.id = "case-1", .customer = "c-1", .opened_at = now, .last_at = now, .posts = 1}};
        change.case_events = {{.id = "e-1", .bad_experience = "case-1", .customer = "c-1", .at = now}};
        change.guard = Guard{"case-1", now, "open complaint"};
        store.apply_plan(change);
    });
    const std::string path = "/api/v1/customers/c-1/cases/case-1/resolve";
    EXPECT_EQ(omar.change("POST", path, "{}").status, 404);
    const auto answer = sara.change("POST", path, "{}");
    ASSERT_EQ(answer.status, 200) << answer.body;
    const auto json = answer.json();
    EXPECT_FALSE(json.root()["cases"].at(0)["resolved_at"].is_null());
    EXPECT_EQ(json.root()["guard"]["held"].boolean(), false);
    EXPECT_EQ(json.root()["surveys"].items().size(), 1u);
    EXPECT_EQ(sara.change("POST", path, "{}").status, 409);
    EXPECT_EQ(sara.change("POST", "/api/v1/customers/c-1/cases/none/resolve", "{}").status, 404);
}

class TodayTest : public ContactPlanTest {
protected:
    TodayTest() {
        const auto call = next("call");
        due = call.id;
        house.clock.advance(std::chrono::sys_days(call.due_on) -
                            std::chrono::floor<std::chrono::days>(house.clock.now()));
        sara = house.sign_in("Sara");
        mona = house.sign_in("Mona");
        omar = house.sign_in("Omar");
    }
    std::vector<std::string> ids(const HttpAnswer& answer) {
        std::vector<std::string> found;
        const auto json = answer.json();
        for (const auto& item : json.root()["items"].items()) found.push_back(item["touch"]["id"].text_or(""));
        return found;
    }

    std::string due;
};

TEST_F(TodayTest, holds_what_is_due_with_a_brief_for_calls) {
    house.hear("the beans were stale");
    const auto json = sara.get("/api/v1/today").json();
    const auto items = json.root()["items"].items();
    const auto call =
        std::ranges::find_if(items, [&](const JsonView& item) { return item["touch"]["id"].text_or("") == due; });
    ASSERT_NE(call, items.end());
    EXPECT_EQ((*call)["customer"]["name"].text_or(""), "هند الزهراني");
    EXPECT_EQ((*call)["days_late"].integer(), 0);
    EXPECT_TRUE((*call)["content"]["referral_steps"].is_array());
    EXPECT_EQ((*call)["brief"]["open_tickets"].items().size(), 1u);
    EXPECT_EQ(json.root()["done_today"].integer(), 0);
    ASSERT_EQ(act(due, R"({"action":"done","text":"talked"})").status, 200);
    const auto after = sara.get("/api/v1/today");
    const auto left = ids(after);
    EXPECT_EQ(std::ranges::find(left, due), left.end());
    EXPECT_EQ(after.json().root()["done_today"].integer(), 1);
}

TEST_F(TodayTest, leaves_out_what_is_on_its_way) {
    const auto before = ids(sara.get("/api/v1/today"));
    const auto all = touches();
    const auto letter = std::ranges::find_if(all, [&](const PlannedTouch& each) {
        return each.channel == "mail" && std::ranges::find(before, each.id) != before.end();
    });
    ASSERT_NE(letter, all.end());
    ASSERT_EQ(act(letter->id, R"({"action":"send","text":"news"})").status, 200);
    EXPECT_EQ(ids(sara.get("/api/v1/today")).size(), before.size() - 1);
}

TEST_F(TodayTest, of_others_is_for_managers) {
    const auto path = "/api/v1/today?person=" + house.person_id("Sara");
    EXPECT_EQ(omar.get(path).status, 403);
    const auto seen = mona.get(path);
    EXPECT_FALSE(ids(seen).empty());
    EXPECT_TRUE(seen.json().root()["calendar"].is_null()) << "the address is Sara's alone";
    EXPECT_TRUE(ids(mona.get("/api/v1/today")).empty());
    EXPECT_TRUE(ids(omar.get("/api/v1/today?person=nobody")).empty());
    EXPECT_EQ(mona.get("/api/v1/today?person=stranger").status, 404);
}

TEST_F(TodayTest, is_a_calendar_under_an_address_of_its_own) {
    const auto address = sara.get("/api/v1/today").json().root()["calendar"].text_or("");
    auto program = house.stranger();
    const auto feed = program.get(address);
    ASSERT_EQ(feed.status, 200) << feed.body;
    EXPECT_EQ(feed.header("Content-Type"), "text/calendar; charset=utf-8");
    EXPECT_EQ(feed.body.substr(0, 17), "BEGIN:VCALENDAR\r\n");
    EXPECT_NE(feed.body.find("SUMMARY:Call Hind"), std::string::npos);
    EXPECT_NE(feed.body.find("UID:" + due), std::string::npos);
    auto forged = address;
    forged[20] = forged[20] == 'A' ? 'B' : 'A';
    EXPECT_EQ(program.get(forged).status, 404);
    EXPECT_EQ(program.get("/calendar/x.ics").status, 404);
    EXPECT_EQ(program.get(address.substr(0, address.size() - 4)).status, 404);
    auto admin = house.sign_in("Adam");
    ASSERT_EQ(admin.change("DELETE", "/api/v1/setup/people/Sara").status, 200);
    EXPECT_EQ(program.get(address).status, 404) << "who left has no calendar";
}

}  // namespace
}  // namespace rasid
