#include "tests/web/web_house.hpp"

#include <gtest/gtest.h>

namespace rasid {
namespace {

class AckTest : public testing::Test {
protected:
    AckTest() {
        const auto sara = house.person_id("Sara");
        house.on_loop([&] { path = house.server->acknowledge_url(ticket, sara); });
        const auto own = house.server->public_url();
        EXPECT_EQ(path.substr(0, own.size()), own) << "links start where the page listens";
        path.erase(0, own.size());
    }
    HttpAnswer post(Browser& browser) {
        return browser.request("POST", "/m/ack", "t=" + path.substr(path.find('=') + 1),
                               {{"Content-Type", "application/x-www-form-urlencoded"}, {"Origin", "null"}});
    }
    Ticket stored() {
        return house.write([id = ticket](Store& store) { return *store.ticket(id); });
    }

    WebHouse house;
    std::string ticket = house.hear("awful coffee <script>alert(1)</script>");
    std::string path;
    Browser reader = house.stranger();
};

TEST_F(AckTest, looking_changes_nothing_however_often) {
    for (int i = 0; i < 3; ++i) {
        const auto answer = reader.get(path);
        EXPECT_EQ(answer.status, 200);
        EXPECT_NE(answer.body.find("<form method=\"post\""), std::string::npos);
        EXPECT_EQ(answer.body.find("<script>"), std::string::npos);
        EXPECT_EQ(answer.header("Cache-Control"), "no-store");
        EXPECT_EQ(answer.header("Referrer-Policy"), "no-referrer");
    }
    EXPECT_EQ(reader.request("HEAD", path).status, 200);
    EXPECT_EQ(stored().version, 1);
}

TEST_F(AckTest, the_button_acknowledges_once_and_then_says_who_did) {
    EXPECT_EQ(post(reader).status, 200);
    EXPECT_EQ(stored().acknowledged_by, house.person_id("Sara"));
    EXPECT_EQ(stored().version, 2);
    const auto again = post(reader);
    EXPECT_EQ(again.status, 200);
    EXPECT_NE(again.body.find("Sara"), std::string::npos);
    EXPECT_EQ(stored().version, 2);
    EXPECT_EQ(reader.get(path).body.find("<form"), std::string::npos);
}

TEST_F(AckTest, a_used_link_stays_used_when_the_acknowledgement_was_undone) {
    post(reader);
    auto sara = house.sign_in("Sara");
    const auto event = sara.get("/api/v1/tickets/" + ticket).json().root()["history"].at(1)["id"].text_or("");
    ASSERT_EQ(sara.change("POST", "/api/v1/tickets/" + ticket + "/actions",
                          R"({"action":"undo","event":")" + event + "\"}",
                          {{"If-Match", "2"}, {"Idempotency-Key", "u"}})
                  .status,
              200);
    post(reader);
    EXPECT_EQ(stored().acknowledged_by, "");
    EXPECT_EQ(reader.get(path).body.find("<form"), std::string::npos);
}

TEST_F(AckTest, an_old_link_does_nothing) {
    house.clock.advance(std::chrono::hours(48) + std::chrono::seconds(1));
    EXPECT_EQ(reader.get(path).body.find("<form"), std::string::npos);
    EXPECT_EQ(post(reader).status, 410);
    EXPECT_EQ(stored().version, 1);
}

TEST_F(AckTest, a_forged_link_tells_nothing) {
    path[path.size() / 2] = path[path.size() / 2] == 'A' ? 'B' : 'A';
    const auto answer = reader.get(path);
    EXPECT_EQ(answer.status, 400);
    EXPECT_EQ(answer.body.find("coffee"), std::string::npos);
    EXPECT_EQ(post(reader).status, 400);
    EXPECT_EQ(reader.get("/m/ack").status, 400);
}

TEST_F(AckTest, the_link_of_somebody_who_left_does_nothing) {
    auto admin = house.sign_in("Adam");
    ASSERT_EQ(admin.change("DELETE", "/api/v1/setup/people/Sara").status, 200);
    EXPECT_EQ(reader.get(path).status, 400);
    EXPECT_EQ(post(reader).status, 400);
    EXPECT_EQ(stored().version, 1);
}

}  // namespace
}  // namespace rasid
