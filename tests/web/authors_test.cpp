#include "tests/web/web_house.hpp"

#include <gtest/gtest.h>

namespace rasid {
namespace {

constexpr const char* kTroll = "/api/v1/muted-authors/mastodon/Troll@example.social";

TEST(MutedAuthors, are_muted_and_unmuted_by_a_moderator_and_the_log_knows_by_whom) {
    WebHouse house;
    auto sara = house.sign_in("Sara");
    EXPECT_EQ(sara.change("PUT", kTroll, "").json().root()["muted"].boolean(), true);
    const auto muted = sara.get("/api/v1/muted-authors").json();
    ASSERT_EQ(muted.root()["authors"].items().size(), 1u);
    EXPECT_EQ(muted.root()["authors"].at(0)["platform"].string(), "mastodon");
    EXPECT_EQ(muted.root()["authors"].at(0)["handle"].string(), "troll@example.social");
    EXPECT_TRUE(house.write([](Store& store) { return store.muted("mastodon", "troll@example.social"); }));

    EXPECT_EQ(sara.change("DELETE", kTroll, "").json().root()["muted"].boolean(), false);
    EXPECT_TRUE(sara.get("/api/v1/muted-authors").json().root()["authors"].items().empty());
    const std::lock_guard lock(house.told.mutex);
    ASSERT_GE(house.told.audit.size(), 2u);
    EXPECT_EQ(house.told.audit.back().action, "unmute_author");
    EXPECT_EQ(house.told.audit.back().object, "mastodon:Troll@example.social");
}

TEST(MutedAuthors, have_names) {
    WebHouse house;
    auto sara = house.sign_in("Sara");
    EXPECT_EQ(sara.change("PUT", "/api/v1/muted-authors/mastodon/" + std::string(300, 'a'), "").status, 400);
    EXPECT_EQ(sara.change("PUT", "/api/v1/muted-authors/mastodon/%40", "").status, 400);
}

}  // namespace
}  // namespace rasid
