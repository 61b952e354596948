#include "daemon/handing_out.hpp"

#include "escalation/hand_out.hpp"
#include "tests/daemon/store_house.hpp"

#include <gtest/gtest.h>

namespace rasid {
namespace {

using namespace std::chrono_literals;

constexpr const char* kHandingOutSetup = R"(
[[person]]
name = "Sara"
email = "sara@example.org"
languages = ["ar"]
[[person]]
name = "Dana"
email = "dana@example.org"
languages = ["en"]
[[queue]]
name = "care"
first_response = "15m"
assign = "least_loaded"
[[queue]]
name = "by hand"
)";

/// Tickets, looked at as the daemon does it.
class HandingOut : public testing::Test, protected StoreHouse {
protected:
    HandingOut() : StoreHouse(kHandingOutSetup) {}

    /// A ticket that nobody has.
    std::string open(const std::string& queue, const std::string& language = "en") {
        auto stored = heard(queue);
        stored.verdict.language = language;
        const auto change = opened_by(stored);
        return keep(std::move(stored), change);
    }
    HandedOut give(std::string_view after = "", int limit = 100) {
        return give_tickets(*store, policies(), after, limit, random, now);
    }
    std::string holder(const std::string& ticket) { return store->ticket(ticket)->assignee; }
};

TEST_F(HandingOut, who_comes_is_given_the_tickets_of_queues_that_assign_by_language) {
    const auto arabic = open("care", "ar");
    const auto english = open("care", "en");
    const auto by_hand = open("by hand");
    EXPECT_TRUE(give().changed.empty()) << "nobody is here";
    store->put_presence(id_of("Sara"), true, now);
    store->put_presence(id_of("Dana"), true, now);
    EXPECT_EQ(give().changed.size(), 2u);
    EXPECT_EQ(holder(arabic), id_of("Sara"));
    EXPECT_EQ(holder(english), id_of("Dana"));
    EXPECT_EQ(holder(by_hand), "");
    EXPECT_TRUE(give().changed.empty()) << "once";
    EXPECT_EQ(store->workloads().at(0).open, 1);
}

TEST_F(HandingOut, who_left_loses_his_tickets_after_the_grace_also_over_a_restart) {
    store->put_presence(id_of("Sara"), true, now);
    const auto ticket = open("care");
    give();
    store->put_presence(id_of("Sara"), false, now);
    store->put_presence(id_of("Dana"), true, now);
    now += kAbsenceGrace - 1s;
    EXPECT_TRUE(give().changed.empty());
    reopen();
    now += 1s;
    EXPECT_EQ(give().changed.size(), 1u);
    EXPECT_EQ(holder(ticket), id_of("Dana"));
}

TEST_F(HandingOut, a_long_list_is_walked_page_by_page) {
    for (int i = 0; i < 5; ++i) open("care");
    auto page = give("", 2);
    EXPECT_NE(page.last, "");
    page = give(page.last, 2);
    EXPECT_NE(page.last, "");
    EXPECT_EQ(give(page.last, 2).last, "");
}

}  // namespace
}  // namespace rasid
