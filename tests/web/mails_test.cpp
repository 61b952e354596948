#include "tests/web/web_house.hpp"

#include <gtest/gtest.h>

namespace rasid {
namespace {

OutboxItem mail(const std::string& id, const std::string& ticket, OutboxState state = OutboxState::sent) {
    OutboxItem item;
    item.id = id;
    item.kind = "escalation";
    item.key = id;
    item.to = "sara@example.org";
    item.ticket = ticket;
    item.payload = R"({"subject":"#1 Complaint","text":"plain","html":"<b>rich</b><script>alert(1)</script>"})";
    item.created_at = *parse_rfc3339("2026-03-01T12:00:00Z");
    item.not_before = item.created_at;
    item.state = state;
    return item;
}

class MailsTest : public testing::Test {
protected:
    MailsTest() {
        ticket = house.hear("coffee");
        const auto id = ticket;
        house.write([id](Store& store) {
            store.put_outbox(mail("m-1", id));
            store.put_outbox(mail("m-2", id, OutboxState::dead));
            OutboxItem reply = mail("r-1", id);
            reply.kind = "reply";
            store.put_outbox(reply);
        });
    }

    WebHouse house;
    std::string ticket;
    Browser mona = house.sign_in("Mona");
};

TEST_F(MailsTest, are_listed_newest_first_without_replies) {
    const auto json = mona.get("/api/v1/mails?limit=1").json();
    EXPECT_EQ(json.root()["mails"].at(0)["id"].text_or(""), "m-2");
    EXPECT_EQ(json.root()["mails"].at(0)["subject"].text_or(""), "#1 Complaint");
    EXPECT_EQ(json.root()["next"].text_or(""), "m-2");
    EXPECT_EQ(mona.get("/api/v1/mails?limit=1&after=m-2").json().root()["mails"].at(0)["id"].text_or(""), "m-1");
    EXPECT_EQ(mona.get("/api/v1/mails/r-1").status, 404);
}

TEST_F(MailsTest, show_both_parts) {
    const auto json = mona.get("/api/v1/mails/m-1").json();
    EXPECT_EQ(json.root()["text"].text_or(""), "plain");
    EXPECT_EQ(json.root()["html"].text_or("").substr(0, 11), "<b>rich</b>");
}

TEST_F(MailsTest, are_shown_as_html_in_a_sandbox_only) {
    const auto answer = mona.get("/api/v1/mails/m-1/html");
    EXPECT_EQ(answer.header("Content-Security-Policy"),
              "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'self'");
    EXPECT_EQ(answer.header("Content-Type"), "text/html; charset=utf-8");
}

TEST_F(MailsTest, that_are_dead_can_be_put_back_once) {
    EXPECT_EQ(mona.change("POST", "/api/v1/mails/m-1/retry").code(), "not_possible");
    EXPECT_EQ(mona.change("POST", "/api/v1/mails/m-2/retry").status, 200);
    EXPECT_EQ(house.write([](Store& store) { return store.outbox_item("m-2")->state; }), OutboxState::waiting);
    EXPECT_EQ(house.told.outbox_changed, 1);
    EXPECT_EQ(mona.change("POST", "/api/v1/mails/r-1/retry").status, 404);
}

TEST_F(MailsTest, of_each_kind_are_shown_as_examples_in_both_languages) {
    const auto known = mona.get("/api/v1/mail-previews").json();
    EXPECT_GE(known.root()["kinds"].items().size(), 8u);
    for (const auto kind : known.root()["kinds"].items()) {
        const std::string address = "/api/v1/mail-previews/" + kind.text_or("");
        for (const std::string language : {"ar", "en"}) {
            const auto json = mona.get(address + "?language=" + language).json();
            EXPECT_EQ(json.root()["language"].text_or(""), language) << address;
            EXPECT_FALSE(json.root()["subject"].text_or("").empty()) << address;
            EXPECT_FALSE(json.root()["text"].text_or("").empty()) << address;
            EXPECT_NE(json.root()["html"].text_or("").find(language == "ar" ? "dir=\"rtl\"" : "dir=\"ltr\""),
                      std::string::npos)
                << address;
        }
        const auto page = mona.get(address + "/html?language=ar");
        EXPECT_EQ(page.header("Content-Security-Policy"),
                  "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'self'");
        EXPECT_EQ(page.header("Content-Type"), "text/html; charset=utf-8");
    }
    EXPECT_EQ(mona.get("/api/v1/mail-previews/nonsense").status, 404);
    EXPECT_EQ(mona.get("/api/v1/mail-previews/digest?language=fr").status, 400);
    EXPECT_EQ(house.sign_in("Sara").get("/api/v1/mail-previews").status, 403);
}

TEST_F(MailsTest, about_tickets_of_other_brands_are_hidden) {
    auto omar = house.manager_of("saba");
    EXPECT_EQ(omar.get("/api/v1/mails").json().root()["mails"].items().size(), 0u);
    EXPECT_EQ(omar.get("/api/v1/mails/m-1").status, 404);
    EXPECT_EQ(omar.change("POST", "/api/v1/mails/m-2/retry").status, 404);
}

}  // namespace
}  // namespace rasid
