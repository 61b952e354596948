#include "engagement/reach.hpp"
#include "tests/web/customer_house.hpp"
#include "web/customer_mails.hpp"

#include <algorithm>

namespace rasid {
namespace {

using namespace std::chrono_literals;

const std::vector<HttpHeader> kForm = {{"Content-Type", "application/x-www-form-urlencoded"}, {"Origin", "null"}};

class CustomerPagesTest : public CustomerHouseTest {
protected:
    CustomerMails mails() {
        std::optional<CustomerMails> made;
        house.on_loop([&] { made.emplace(house.server->customer_mails()); });
        return *made;
    }
    static std::string token_of(const std::string& url) { return url.substr(url.find("?t=") + 3); }

    Browser reader = house.stranger();
};

class SurveyPageTest : public CustomerPagesTest {
protected:
    std::string ask(SurveyKind kind, const std::string& language = "en") {
        put_survey(kind, "s-1", language);
        return token_of(mails().survey_url("s-1"));
    }
    HttpAnswer answer(const std::string& token, const std::string& rest) {
        return reader.request("POST", "/m/survey", "t=" + token + rest, kForm);
    }
    Survey survey() {
        return house.write([](Store& store) { return *store.survey("s-1"); });
    }
};

TEST_F(SurveyPageTest, asks_one_question_without_script_and_changes_nothing) {
    const auto token = ask(SurveyKind::csat);
    for (int i = 0; i < 3; ++i) {
        const auto page = reader.get("/m/survey?t=" + token);
        ASSERT_EQ(page.status, 200);
        EXPECT_NE(page.body.find("dir=\"ltr\""), std::string::npos);
        EXPECT_NE(page.body.find("How satisfied are you"), std::string::npos);
        EXPECT_EQ(page.body.find("<script"), std::string::npos);
        EXPECT_EQ(page.body.find(" style="), std::string::npos);
        EXPECT_NE(page.header("Content-Security-Policy").find("default-src 'none'"), std::string::npos);
        std::size_t choices = 0;
        for (auto at = page.body.find("type=\"radio\""); at != std::string::npos;
             at = page.body.find("type=\"radio\"", at + 1))
            ++choices;
        EXPECT_EQ(choices, 5u);
    }
    EXPECT_EQ(reader.request("HEAD", "/m/survey?t=" + token).status, 200);
    EXPECT_FALSE(survey().answered_at);
}

TEST_F(SurveyPageTest, speaks_arabic_from_right_to_left) {
    const auto page = reader.get("/m/survey?t=" + ask(SurveyKind::nps, "ar"));
    EXPECT_NE(page.body.find("lang=\"ar\" dir=\"rtl\""), std::string::npos);
    EXPECT_NE(page.body.find("توصي"), std::string::npos);
}

TEST_F(SurveyPageTest, takes_one_answer_once_into_the_ledger) {
    const auto token = ask(SurveyKind::csat);
    ASSERT_EQ(answer(token, "&score=2&comment=%3Cb%3Eslow%3C%2Fb%3E").status, 200);
    EXPECT_EQ(survey().score, 2);
    EXPECT_EQ(survey().comment, "<b>slow</b>");
    ASSERT_EQ(ledger().size(), 1u);
    EXPECT_EQ(ledger()[0].kind, "survey");
    EXPECT_EQ(ledger()[0].polarity, Polarity::negative);
    EXPECT_EQ(answer(token, "&score=5").status, 410);
    EXPECT_EQ(survey().score, 2);
    EXPECT_EQ(reader.get("/m/survey?t=" + token).status, 410);
}

TEST_F(SurveyPageTest, a_promoter_is_proposed_as_an_advocate) {
    ASSERT_EQ(answer(ask(SurveyKind::nps), "&score=10").status, 200);
    ASSERT_EQ(proposals().size(), 1u);
    EXPECT_EQ(proposals()[0].subject, "advocates");
    EXPECT_EQ(proposals()[0].reason, "NPS 10 on 2026-03-01");
}

TEST_F(SurveyPageTest, refuses_what_is_no_answer) {
    const auto token = ask(SurveyKind::csat);
    for (const auto* rest :
         {"", "&score=", "&score=0", "&score=6", "&score=5x", "&score=5&score=4", "&score=99999999999"})
        EXPECT_EQ(answer(token, rest).status, 400) << rest;
    EXPECT_EQ(reader.request("POST", "/m/survey", "{}", {{"Content-Type", "application/json"}}).status, 415);
    EXPECT_FALSE(survey().answered_at);
}

TEST_F(SurveyPageTest, knows_no_forged_or_old_link_and_none_of_another_purpose) {
    auto token = ask(SurveyKind::csat);
    EXPECT_EQ(reader.get("/m/survey?t=" + token_of(mails().unsubscribe_url("s-1"))).status, 400);
    EXPECT_EQ(reader.get("/m/survey").status, 400);
    auto forged = token;
    forged[10] = forged[10] == 'A' ? 'B' : 'A';
    EXPECT_EQ(answer(forged, "&score=5").status, 400);
    house.clock.advance(15 * 24h);
    EXPECT_EQ(reader.get("/m/survey?t=" + token).status, 410);
    EXPECT_EQ(answer(token, "&score=5").status, 410);
    EXPECT_FALSE(survey().answered_at);
}

class UnsubscribePageTest : public CustomerPagesTest {
protected:
    std::string token = token_of(mails().unsubscribe_url("c-1"));

    bool may_mail() { return consent_of(stored(), "mail").value_or(true); }
    std::size_t letters_to_come() {
        const auto all = touches();
        return static_cast<std::size_t>(std::ranges::count_if(all, [](const PlannedTouch& each) {
            return each.kind == "newsletter" && each.state == TouchState::planned &&
                   each.due_on >= *parse_date("2026-03-01");
        }));
    }
};

TEST_F(UnsubscribePageTest, shows_a_button_and_changes_nothing) {
    const auto page = reader.get("/m/unsubscribe?t=" + token);
    ASSERT_EQ(page.status, 200);
    EXPECT_NE(page.body.find("<form method=\"post\" action=\"/m/unsubscribe\">"), std::string::npos);
    EXPECT_EQ(page.body.find("<script"), std::string::npos);
    EXPECT_TRUE(may_mail());
}

TEST_F(UnsubscribePageTest, the_button_takes_the_consent_back_and_the_letters_with_it) {
    EXPECT_GT(letters_to_come(), 0u);
    ASSERT_EQ(reader.request("POST", "/m/unsubscribe", "t=" + token, kForm).status, 200);
    EXPECT_FALSE(may_mail());
    EXPECT_EQ(letters_to_come(), 0u);
    EXPECT_EQ(stored().consents.size(), 1u);
    EXPECT_EQ(reader.request("POST", "/m/unsubscribe", "t=" + token, kForm).status, 200);
    EXPECT_EQ(stored().consents.size(), 1u) << "once is enough";
    EXPECT_EQ(reader.get("/m/unsubscribe?t=" + token).body.find("<form"), std::string::npos);
}

TEST_F(UnsubscribePageTest, knows_the_one_click_of_mail_programs) {
    const auto path = "/m/unsubscribe?t=" + token;
    EXPECT_EQ(reader.request("POST", path, "", kForm).status, 400);
    EXPECT_EQ(reader.request("POST", path, "List-Unsubscribe=No", kForm).status, 400);
    EXPECT_TRUE(may_mail());
    ASSERT_EQ(reader.request("POST", path, "List-Unsubscribe=One-Click", {kForm[0]}).status, 200);
    EXPECT_FALSE(may_mail());
}

TEST_F(UnsubscribePageTest, knows_the_one_click_as_multipart_too) {
    const std::string body =
        "--b\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--b--";
    ASSERT_EQ(
        reader.request("POST", "/m/unsubscribe?t=" + token, body, {{"Content-Type", "multipart/form-data; boundary=b"}})
            .status,
        200);
    EXPECT_FALSE(may_mail());
}

TEST_F(UnsubscribePageTest, knows_no_forged_link) {
    auto forged = token;
    forged[12] = forged[12] == 'A' ? 'B' : 'A';
    EXPECT_EQ(reader.get("/m/unsubscribe?t=" + forged).status, 400);
    EXPECT_EQ(reader.request("POST", "/m/unsubscribe", "t=" + forged, kForm).status, 400);
    EXPECT_TRUE(may_mail());
}

class SurveyMailTest : public CustomerPagesTest {};

TEST_F(SurveyMailTest, asks_in_the_customers_language_with_one_link) {
    put_survey(SurveyKind::csat, "s-1", "ar");
    const auto survey = house.write([](Store& store) { return *store.survey("s-1"); });
    const auto item = mails().survey_mail(survey, stored(), house.clock.now());
    ASSERT_TRUE(item) << item.error().what;
    EXPECT_EQ(item->kind, "survey");
    EXPECT_EQ(item->event, "s-1");
    EXPECT_EQ(item->key, "survey-s-1");
    const auto payload = parse_json(item->payload);
    EXPECT_NE(payload->root()["html"].text_or("").find("dir=\"rtl\""), std::string::npos);
    EXPECT_NE(payload->root()["text"].text_or("").find(mails().survey_url("s-1")), std::string::npos);
    EXPECT_NE(payload->root()["subject"].text_or("").find("هند"), std::string::npos);
}

TEST_F(SurveyMailTest, is_not_written_against_his_word_or_twice) {
    put_survey(SurveyKind::csat, "s-1");
    auto survey = house.write([](Store& store) { return *store.survey("s-1"); });
    auto hind = stored();
    hind.consents = {{"mail", false, house.clock.now(), "told Sara"}};
    EXPECT_FALSE(mails().survey_mail(survey, hind, house.clock.now()));
    hind = stored();
    hind.emails.clear();
    EXPECT_FALSE(mails().survey_mail(survey, hind, house.clock.now()));
    EXPECT_FALSE(mails().survey_mail(survey, stored(), house.clock.now() + 15 * 24h));
    survey.sent_at = house.clock.now();
    EXPECT_FALSE(mails().survey_mail(survey, stored(), house.clock.now()));
}

}  // namespace
}  // namespace rasid
