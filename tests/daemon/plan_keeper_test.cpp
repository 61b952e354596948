#include "daemon/plan_keeper.hpp"

#include "core/setup_toml.hpp"
#include "daemon/demo_stories.hpp"
#include "engagement/plan_progress.hpp"
#include "tests/support/fake_random.hpp"
#include "tests/support/temp_folder.hpp"
#include "tests/support/test_day.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace rasid {
namespace {

using namespace std::chrono_literals;

class PlanKeeperTest : public testing::Test {
protected:
    PlanKeeperTest() : store(open_store({"sqlite:" + (folder.path() / "x.db").string(), false})) {}

    void setup(const std::string& toml) { store->put_setup(parse_setup(toml, "setup.toml").setup); }

    Customer add(const std::string& id, const std::string& name) {
        Customer customer;
        customer.id = id;
        customer.name = name;
        customer.language = "en";
        customer.emails = {id + "@example.org"};
        store->put_customer(customer);
        return customer;
    }

    PlanKeeper::Kept keep(Instant now = kMorning) {
        return PlanKeeper(store->setup()).keep(*store, "", 100, random, now);
    }

    TempFolder folder;
    FakeRandom random;
    std::unique_ptr<Store> store;
};

TEST_F(PlanKeeperTest, lays_the_rest_of_the_year_once) {
    add("c1", "Nouf");
    add("c2", "Tareq");
    const auto kept = keep();
    EXPECT_EQ(kept.years_laid, 2);
    EXPECT_EQ(kept.last, "c2");
    const auto touches = store->touches("c1", 2026);
    EXPECT_GT(touches.size(), 20u);
    EXPECT_LE(progress_of(touches, utc_date(kMorning)).total, 33);
    EXPECT_EQ(store->touch_events("c1", 2026).size(), touches.size()) << "laying is an event";
    EXPECT_EQ(keep().years_laid, 0);
    EXPECT_TRUE(PlanKeeper(store->setup()).keep(*store, "c2", 100, random, kMorning).last.empty());
}

TEST_F(PlanKeeperTest, lays_the_next_year_in_december) {
    add("c1", "Nouf");
    keep();
    const auto december = Instant(std::chrono::sys_days(std::chrono::year(2026) / 12 / 2));
    EXPECT_EQ(keep(december).years_laid, 1);
    EXPECT_EQ(store->touches("c1", 2027).size(), 33u);
}

TEST_F(PlanKeeperTest, days_are_those_of_the_calendar_that_engagement_names) {
    setup(R"(
[[calendar]]
name = "always"
[[calendar]]
name = "office"
hours = { mon = ["09:00-17:00"], tue = ["09:00-17:00"] }
[engagement]
calendar = "office"
)");
    add("c1", "Nouf");
    keep();
    for (const auto& touch : store->touches("c1", 2026)) {
        const std::chrono::weekday day{std::chrono::sys_days(touch.due_on)};
        EXPECT_TRUE(day == std::chrono::Monday || day == std::chrono::Tuesday) << to_string(touch.due_on);
    }
}

TEST_F(PlanKeeperTest, a_share_of_a_segment_gets_the_changed_template) {
    setup(R"(
[[plan]]
name = "clients for life"
touches = [ { kind = "call", count = 5 } ]
[[plan]]
name = "more calls"
touches = [ { kind = "call", count = 10 } ]
)");
    store->put_segment({"english", R"({"field":"language","op":"is","value":"en"})"});
    store->put_pilot({.name = "calls",
                      .segment = "english",
                      .plan = "more calls",
                      .share = 0.5,
                      .from = std::chrono::year(2026) / 1 / 1});
    for (int i = 0; i < 40; ++i) add("c" + std::to_string(100 + i), "Customer");
    keep();
    int changed = 0;
    for (int i = 0; i < 40; ++i)
        for (const auto& touch : store->touches("c" + std::to_string(100 + i), 2026))
            if (touch.plan == "more calls") {
                ++changed;
                break;
            }
    EXPECT_GT(changed, 8);
    EXPECT_LT(changed, 32);
}

TEST_F(PlanKeeperTest, asks_nps_by_schedule_once_in_its_time_and_never_in_a_complaint) {
    setup("[engagement]\nnps_every = \"180d\"\nsurvey_period = \"30d\"\n");
    add("c1", "Nouf");
    const auto angry = add("c2", "Hossam");
    StoryLine complaint;
    complaint.customer = angry.name;
    complaint.at = kMorning - 24h;
    complaint.deed = "complaint";
    complaint.platform = "x";
    complaint.text = "Nobody answers";
    tell(*store, complaint, angry, {.cases = {.without_ticket = true}}, random);
    EXPECT_EQ(keep().surveys_laid, 1);
    EXPECT_EQ(store->surveys("c1").size(), 1u);
    EXPECT_TRUE(store->surveys("c2").empty());
    EXPECT_EQ(keep(kMorning + 24h * 100).surveys_laid, 0);
    EXPECT_EQ(keep(kMorning + 24h * 181).surveys_laid, 1);
}

TEST_F(PlanKeeperTest, a_question_is_queued_once_and_counts_as_sent_when_its_mail_left) {
    setup("[engagement]\nnps_every = \"180d\"\n");
    add("c1", "Nouf");
    keep();
    const AckTokens tokens(std::string(32, 'k'));
    const std::string url = "https://rasid.example.org";
    const CustomerMails mails(tokens, url);
    EXPECT_EQ(send_surveys(*store, mails, kMorning), 1);
    EXPECT_EQ(send_surveys(*store, mails, kMorning), 1) << "the outbox drops the second";
    const auto waiting = store->outbox_due(kMorning, 10);
    ASSERT_EQ(waiting.size(), 1u);
    EXPECT_EQ(waiting.front().kind, "survey");
    EXPECT_EQ(waiting.front().to, "c1@example.org");
    const auto change = after_customer_mail(*store, waiting.front(), "", {}, random, kMorning + 1min);
    ASSERT_TRUE(change);
    store->apply_plan(*change);
    EXPECT_EQ(store->surveys("c1").front().sent_at, kMorning + 1min);
    EXPECT_EQ(send_surveys(*store, mails, kMorning + 2min), 0);
    EXPECT_FALSE(after_customer_mail(*store, waiting.front(), "", {}, random, kMorning + 2min));
}

TEST_F(PlanKeeperTest, a_touch_whose_mail_left_is_done_and_stands_in_the_ledger) {
    add("c1", "Nouf");
    keep();
    const auto touches = store->touches("c1", 2026);
    const auto letter = std::ranges::find(touches, "newsletter", &PlannedTouch::kind);
    ASSERT_NE(letter, touches.end());
    const OutboxItem item{.id = "m1", .kind = "touch", .event = letter->id};
    const auto change = after_customer_mail(*store, item, "March news", {}, random, kMorning);
    ASSERT_TRUE(change);
    store->apply_plan(*change);
    EXPECT_EQ(store->touch(letter->id)->state, TouchState::done);
    EXPECT_EQ(store->ledger("c1", 10).front().touch, letter->id);
    EXPECT_FALSE(after_customer_mail(*store, item, "March news", {}, random, kMorning)) << "once";
}

TEST_F(PlanKeeperTest, an_account_with_the_handle_of_a_customer_is_proposed_once) {
    auto customer = add("c1", "Nouf");
    customer.identities.push_back({"x", "nouf_beans", "import", kMorning});
    store->put_customer(customer);
    Intake intake;
    StoredMention stored;
    stored.id = "m1";
    stored.mention.key = {"mastodon", "1"};
    stored.mention.author.handle = "nouf_beans";
    stored.mention.text = "coffee";
    stored.mention.created_at = stored.stored_at = kMorning - 1h;
    intake.mentions.push_back(stored);
    store->take(intake);
    EXPECT_EQ(propose_links(*store, kMorning - 24h, kMorning), 1);
    EXPECT_EQ(propose_links(*store, kMorning - 24h, kMorning), 0);
    const auto proposals = store->proposals("c1", true);
    ASSERT_EQ(proposals.size(), 1u);
    EXPECT_EQ(proposals.front().kind, ProposalKind::link_account);
}

TEST_F(PlanKeeperTest, the_stories_of_the_demo_are_read_and_told) {
    EXPECT_THROW(parse_stories("{\"customer\": ", kMorning), std::runtime_error);
    const auto customer = add("c1", "Nouf");
    const auto lines = parse_stories(
        R"({"customer": "Nouf", "days": -2, "do": "survey", "kind": "nps", "score": 10, "text": "the best"}
{"customer": "Nouf", "days": -9, "do": "referral", "text": "her sister"}
{"customer": "Nouf", "days": -5, "do": "promise", "text": "by noon", "within_days": 1, "kept_after_days": 0.5})",
        kMorning);
    ASSERT_EQ(lines.size(), 3u);
    EXPECT_EQ(lines.front().deed, "referral");
    for (const auto& line : lines) tell(*store, line, customer, {}, random);
    EXPECT_EQ(store->ledger("c1", 10).size(), 2u);
    EXPECT_EQ(store->surveys("c1").front().score, 10);
    EXPECT_EQ(store->promise_events("c1").size(), 2u);
    EXPECT_FALSE(store->proposals("c1", true).empty()) << "an advocate";
}

}  // namespace
}  // namespace rasid
