#include "tests/web/web_house.hpp"

#include <gtest/gtest.h>

namespace rasid {
namespace {

using namespace std::chrono_literals;

TEST(PrecisionReport, counts_what_people_confirmed_and_corrected_by_language_and_verdict) {
    WebHouse house;
    auto sara = house.sign_in("Sara");
    auto mona = house.sign_in("Mona");
    for (int i = 0; i < 4; ++i) {
        const auto ticket = house.hear("awful coffee", "nasma", "author" + std::to_string(i));
        const auto mention = house.write([ticket](Store& store) { return store.ticket(ticket)->latest_mention; });
        const auto body =
            i == 0 ? R"({"what":"sentiment","right":"positive"})" : R"({"what":"sentiment","right":"negative"})";
        ASSERT_EQ(sara.change("POST", "/api/v1/mentions/" + mention + "/corrections", body).status, 200);
    }
    const auto json = mona.get("/api/v1/reports/precision").json();
    const auto language = json.root()["languages"].at(0);
    EXPECT_EQ(language["language"].text_or(""), "en");
    EXPECT_EQ(language["looked_at"].integer(), 4);
    const auto verdict = language["verdicts"].at(0);
    EXPECT_EQ(verdict["what"].text_or(""), "sentiment");
    EXPECT_EQ(verdict["was"].text_or(""), "negative");
    EXPECT_EQ(verdict["confirmed"].integer(), 3);
    EXPECT_EQ(verdict["corrected"].integer(), 1);
    EXPECT_DOUBLE_EQ(verdict["precision"].number().value_or(0), 0.75);
    EXPECT_LT(verdict["low"].number().value_or(1), 0.4);
    EXPECT_GT(verdict["high"].number().value_or(0), 0.9);

    const auto file = mona.get("/api/v1/corrections.ndjson");
    EXPECT_EQ(file.header("Content-Type"), "application/x-ndjson; charset=utf-8");
    EXPECT_EQ(std::count(file.body.begin(), file.body.end(), '\n'), 4);
    EXPECT_EQ(parse_json(file.body.substr(0, file.body.find('\n')))->root()["text"].text_or(""), "awful coffee");
    EXPECT_EQ(file.body.find("Sara"), std::string::npos) << "who said it stays at home";

    house.clock.advance(48h);
    auto later = house.sign_in("Mona");
    EXPECT_TRUE(later.get("/api/v1/reports/precision?days=1").json().root()["languages"].items().empty());
    EXPECT_EQ(later.get("/api/v1/reports/precision?days=0").status, 400);
    EXPECT_EQ(house.sign_in("Sara").get("/api/v1/reports/precision").status, 403);
}

}  // namespace
}  // namespace rasid
