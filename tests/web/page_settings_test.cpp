#include "tests/web/web_house.hpp"

#include <fstream>
#include <gtest/gtest.h>

namespace rasid {
namespace {

TEST(PageSettings, are_kept_for_each_person_on_the_server) {
    WebHouse house;
    auto sara = house.sign_in("Sara");
    auto before = sara.get("/api/v1/session").json();
    EXPECT_EQ(before.root()["person"]["theme"].text_or(""), "system");
    EXPECT_EQ(before.root()["person"]["digits"].text_or(""), "latin");
    EXPECT_EQ(before.root()["person"]["calendar"].text_or(""), "gregorian");
    EXPECT_EQ(before.root()["person"]["single_keys"].boolean(), true);
    const auto answer = sara.change("PATCH", "/api/v1/session/person",
                                    R"({"theme":"dark","digits":"arabic","calendar":"umm_al_qura","single_keys":false,)"
                                    R"("keys":{"resolve":"x","take":""}})");
    ASSERT_EQ(answer.status, 200) << answer.body;
    const auto json = house.sign_in("Sara").get("/api/v1/session").json();
    const auto person = json.root()["person"];
    EXPECT_EQ(person["theme"].text_or(""), "dark");
    EXPECT_EQ(person["digits"].text_or(""), "arabic");
    EXPECT_EQ(person["calendar"].text_or(""), "umm_al_qura");
    EXPECT_EQ(person["single_keys"].boolean(), false);
    EXPECT_EQ(person["keys"]["resolve"].text_or(""), "x");
    EXPECT_EQ(person["keys"]["take"].text_or("-"), "");
    EXPECT_EQ(house.sign_in("Mona").get("/api/v1/session").json().root()["person"]["theme"].text_or(""), "system");

    ASSERT_EQ(sara.change("PATCH", "/api/v1/session/person", R"({"keys":{}})").status, 200);
    const auto after = sara.get("/api/v1/session").json();
    EXPECT_TRUE(after.root()["person"]["keys"].members().empty());
    EXPECT_EQ(after.root()["person"]["theme"].text_or(""), "dark") << "what is not said stays";
}

TEST(PageSettings, refuse_what_they_do_not_know) {
    WebHouse house;
    auto sara = house.sign_in("Sara");
    for (const auto* body :
         {R"({"theme":"pink"})", R"({"digits":"roman"})", R"({"calendar":"julian"})", R"({"single_keys":"no"})",
          R"({"keys":["x"]})", R"({"keys":{"resolve":"xy"}})", R"({"keys":{"resolve":"X"}})",
          R"({"keys":{"resolve":"ش"}})", R"({"keys":{"Resolve":"x"}})", R"({"keys":{"resolve":1}})",
          R"({"theme":"dark","colour":"red"})"}) {
        EXPECT_EQ(sara.change("PATCH", "/api/v1/session/person", body).status, 400) << body;
    }
    EXPECT_EQ(sara.get("/api/v1/session").json().root()["person"]["theme"].text_or(""), "system");
}

TEST(PageSettings, the_theme_is_in_the_first_byte_of_the_page) {
    TempFolder page;
    std::ofstream(page.file("index.html")) << R"(<html lang="{{lang}}" data-theme="{{theme}}">)";
    WebHouse house([&](WebConfig& config) { config.web_dir = page.path(); });
    auto sara = house.sign_in("Sara");
    EXPECT_NE(sara.get("/").body.find(R"(data-theme="system")"), std::string::npos);
    sara.change("PATCH", "/api/v1/session/person", R"({"theme":"dark"})");
    EXPECT_NE(sara.get("/").body.find(R"(data-theme="dark")"), std::string::npos);
    EXPECT_NE(house.stranger().get("/").body.find(R"(data-theme="system")"), std::string::npos);
}

}  // namespace
}  // namespace rasid
