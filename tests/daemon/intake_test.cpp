#include "daemon/intake.hpp"

#include "core/setup_toml.hpp"
#include "daemon/plan_keeper.hpp"
#include "daemon/setup_check.hpp"
#include "engagement/guard.hpp"
#include "tests/support/fake_random.hpp"
#include "tests/support/temp_folder.hpp"
#include "tests/support/test_day.hpp"

#include <gtest/gtest.h>

namespace rasid {
namespace {

using namespace std::chrono_literals;

constexpr const char* kIntakeSetup = R"(
[[queue]]
name = "care"
first_response = "15m"
resolution = "8h"
brand = "nasma"
[[rule]]
name = "coffee"
query = 'قهوة OR coffee'
queue = "care"
brand = "nasma"
[[rule]]
name = "adverts"
query = 'sponsored'
priority = "critical"
ignore = true
)";

/// Pages taken into a real store, one after the other.
class IntakeTest : public testing::Test {
protected:
    IntakeTest() : store(open_store({"sqlite:" + (folder.path() / "x.db").string(), false})) {
        store->put_setup(parse_setup(kIntakeSetup, "setup.toml").setup);
        decisions = decisions_of(store->setup());
        SourceRecord record;
        record.name = "news";
        record.kind = "feed";
        record.since = kMorning - 24h;
        store->put_source(record);
    }

    static Mention post(const std::string& id, const std::string& author, const std::string& text) {
        Mention mention;
        mention.key = {"mastodon", id};
        mention.author.handle = author;
        mention.text = text;
        mention.created_at = kMorning - 1min;
        return mention;
    }

    std::vector<Ticket> take(const std::vector<Mention>& mentions, const std::string& cursor = "c") {
        Page page;
        page.mentions = mentions;
        page.next.token = cursor;
        const auto contexts = contexts_of(*store, mentions, decisions->default_plan);
        std::vector<Verdict> verdicts;
        for (std::size_t i = 0; i < mentions.size(); ++i)
            verdicts.push_back(assess(decisions->rules, mentions[i], contexts[i]));
        const auto intake = decide(*store, *decisions, {"news", "nasma", kMorning - 24h}, page, verdicts, random,
                                   kMorning, &duplicates);
        remember(duplicates, intake);
        taken_mentions = intake.mentions.size();
        return store->take(intake);
    }

    std::int64_t open_tickets() { return store->counts("", {}, kMorning).waiting; }

    TempFolder folder;
    FakeRandom random;
    std::unique_ptr<Store> store;
    std::shared_ptr<const Decisions> decisions;
    DuplicateIndex duplicates;
    std::size_t taken_mentions = 0;
};

TEST_F(IntakeTest, a_mention_that_hits_a_rule_with_a_queue_opens_a_ticket) {
    const auto tickets = take({post("1", "sara", "قهوة باردة"), post("2", "dana", "nothing of ours")});
    ASSERT_EQ(tickets.size(), 1u);
    EXPECT_EQ(tickets[0].queue, "care");
    EXPECT_GT(tickets[0].number, 0);
    EXPECT_EQ(tickets[0].clocks.at(0).started_at, kMorning - 1min) << "a clock starts at the publication";
    EXPECT_EQ(store->mention_count(), 2) << "the other one is stored for search";
    EXPECT_EQ(store->source("news")->cursor, "c");
}

TEST_F(IntakeTest, the_same_page_twice_changes_nothing) {
    const std::vector<Mention> page = {post("1", "sara", "قهوة"), post("1", "sara", "قهوة"),
                                       post("2", "dana", "coffee")};
    take(page);
    take(page, "d");
    EXPECT_EQ(taken_mentions, 0u);
    EXPECT_EQ(store->mention_count(), 2);
    EXPECT_EQ(open_tickets(), 2);
    EXPECT_EQ(store->source("news")->cursor, "d");
}

TEST_F(IntakeTest, posts_of_one_author_join_one_ticket_within_a_page_and_across_pages) {
    const auto first = take({post("1", "sara", "قهوة"), post("2", "Sara", "coffee again")});
    ASSERT_EQ(first.size(), 1u);
    EXPECT_EQ(first[0].mentions, 2);
    const auto second = take({post("3", "@sara", "third coffee")});
    ASSERT_EQ(second.size(), 1u);
    EXPECT_EQ(second[0].id, first[0].id);
    EXPECT_EQ(second[0].mentions, 3);
    EXPECT_EQ(open_tickets(), 1);
}

TEST_F(IntakeTest, what_is_older_than_since_is_stored_and_never_routed) {
    auto old = post("1", "sara", "قهوة");
    old.created_at = kMorning - 25h;
    EXPECT_TRUE(take({old}).empty());
    EXPECT_TRUE(store->mention(old.key)->history);
}

TEST_F(IntakeTest, an_ignoring_rule_and_a_muted_author_keep_tickets_shut) {
    store->mute("mastodon", "loud", true);
    EXPECT_TRUE(take({post("1", "sara", "sponsored coffee"), post("2", "loud", "coffee")}).empty());
    EXPECT_EQ(store->mention_count(), 2);
}

TEST_F(IntakeTest, an_edit_is_a_new_revision_of_the_same_mention) {
    take({post("1", "sara", "قهوة")});
    const auto before = store->mention({"mastodon", "1"});
    auto edited = post("1", "sara", "قهوة ممتازة");
    edited.revision = "2";
    edited.edited_at = kMorning;
    take({edited});
    const auto after = store->mention({"mastodon", "1"});
    EXPECT_EQ(after->id, before->id);
    EXPECT_EQ(after->ticket, before->ticket);
    EXPECT_EQ(after->mention.text, "قهوة ممتازة");
    EXPECT_EQ(open_tickets(), 1);
}

TEST_F(IntakeTest, a_deleted_post_loses_its_text_and_keeps_its_ticket) {
    take({post("1", "sara", "قهوة سرية")});
    Mention gone;
    gone.key = {"mastodon", "1"};
    gone.deleted = true;
    take({gone, post("2", "dana", "x")});
    const auto stored = store->mention({"mastodon", "1"});
    EXPECT_TRUE(stored->mention.deleted);
    EXPECT_EQ(stored->mention.text, "");
    EXPECT_FALSE(stored->ticket.empty());
    auto again = post("1", "sara", "قهوة سرية");
    take({again});
    EXPECT_EQ(store->mention({"mastodon", "1"})->mention.text, "") << "an overlapping page does not bring it back";
    Mention unknown;
    unknown.key = {"mastodon", "99"};
    unknown.deleted = true;
    take({unknown});
    EXPECT_FALSE(store->mention(unknown.key));
}

TEST_F(IntakeTest, our_own_answer_on_the_platform_meets_the_first_response) {
    take({post("1", "sara", "قهوة؟")});
    auto ours = post("2", "nasma", "coffee is coming, sorry");
    ours.own = true;
    ours.in_reply_to = "1";
    ours.created_at = kMorning;
    const auto tickets = take({ours});
    ASSERT_EQ(tickets.size(), 1u);
    EXPECT_TRUE(tickets[0].clocks.at(0).met_at);
    auto shout = post("3", "nasma", "our coffee is the best");
    shout.own = true;
    EXPECT_TRUE(take({shout}).empty()) << "a post of ours opens nothing";
}

TEST_F(IntakeTest, a_linked_customer_joins_his_ticket_from_another_platform_and_his_plan_is_held) {
    Customer customer;
    customer.name = "سارة";
    customer.identities = {{"mastodon", "sara", "import", kMorning}, {"x", "sara_x", "import", kMorning}};
    customer.id = "c1";
    store->put_customer(customer);
    PlanKeeper(store->setup()).keep(*store, "", 10, random, kMorning);
    const auto id = store->customer_of("mastodon", "SARA")->id;
    ASSERT_FALSE(store->touches(id, 2026).empty());

    const auto first = take({post("1", "sara", "قهوة سيئة جدا وخدمة تعيسة")});
    auto elsewhere = post("9", "sara_x", "terrible coffee, worst service");
    elsewhere.key.platform = "x";
    const auto second = take({elsewhere});
    ASSERT_EQ(second.size(), 1u);
    EXPECT_EQ(second[0].id, first[0].id);
    EXPECT_EQ(store->ledger(id, 10).size(), 2u);
    EXPECT_EQ(store->ledger(id, 10)[0].polarity, Polarity::negative);
    EXPECT_TRUE(store->guard(id).held());
    for (const auto& touch : store->touches(id, 2026))
        EXPECT_EQ(touch.state, guard_holds(touch.kind) ? TouchState::held : TouchState::planned) << touch.id;
}

const std::string kComplaint =
    "The delivery took three hours, the coffee was cold and nobody at the Olaya branch wanted to talk to us about it";

TEST_F(IntakeTest, a_copy_names_the_first_mention_within_a_page_across_pages_and_platforms) {
    auto elsewhere = post("9", "dana", kComplaint + " 😡");
    elsewhere.key.platform = "bluesky";
    take({post("1", "sara", kComplaint), post("2", "omar", "RT @sara: " + kComplaint)});
    take({elsewhere, post("3", "lina", "some quite different post that shares no more than a word or two of coffee")});
    const auto first = store->mention({"mastodon", "1"});
    EXPECT_EQ(first->copy_of, "");
    EXPECT_EQ(store->mention({"mastodon", "2"})->copy_of, first->id);
    EXPECT_EQ(store->mention({"bluesky", "9"})->copy_of, first->id);
    EXPECT_EQ(store->mention({"mastodon", "3"})->copy_of, "");
    EXPECT_EQ(store->copies(*first, 10).size(), 2u);
}

TEST_F(IntakeTest, copies_are_recognised_after_a_restart) {
    take({post("1", "sara", kComplaint)});
    duplicates = DuplicateIndex();
    remember_stored(duplicates, *store, kMorning + 1h);
    take({post("2", "omar", kComplaint)});
    EXPECT_EQ(store->mention({"mastodon", "2"})->copy_of, store->mention({"mastodon", "1"})->id);
}

TEST_F(IntakeTest, an_edited_mention_is_no_copy_of_itself) {
    take({post("1", "sara", kComplaint)});
    auto edited = post("1", "sara", kComplaint + " (edited)");
    edited.revision = "r2";
    take({edited});
    EXPECT_EQ(store->mention({"mastodon", "1"})->copy_of, "");
}

TEST_F(IntakeTest, the_history_of_an_author_counts_towards_the_influence_of_what_follows) {
    take({post("1", "sara", "coffee")});
    take({post("2", "sara", "coffee again")});
    const auto influence_of = [&](const char* id) { return store->mention({"mastodon", id})->verdict.influence; };
    EXPECT_GT(influence_of("2").score, influence_of("1").score);
    EXPECT_EQ(influence_of("2").parts.back().name, "history");
}

TEST_F(IntakeTest, a_new_revision_of_the_same_text_keeps_what_people_said_about_it) {
    take({post("1", "sara", "coffee")});
    auto stored = *store->mention({"mastodon", "1"});
    Correction said;
    said.id = "c1";
    said.mention = stored.id;
    said.text = stored.mention.text;
    said.right = "negative";
    said.was = to_string(stored.verdict.sentiment.label);
    said.person = "gone";
    said.at = kMorning;
    store->put_correction(said);
    stored.verdict.corrected_by = "gone";
    Intake again;
    again.mentions = {stored};
    store->take(again);

    auto touched = post("1", "sara", "coffee");
    touched.revision = "r2";
    take({touched});
    const auto kept = store->mention({"mastodon", "1"})->verdict;
    EXPECT_EQ(kept.sentiment.label, Polarity::negative);
    EXPECT_EQ(kept.corrected_by, "gone");
    EXPECT_EQ(kept.reasons.back().code, "corrected.sentiment.gone");

    auto edited = post("1", "sara", "coffee, and tea");
    edited.revision = "r3";
    take({edited});
    EXPECT_EQ(store->mention({"mastodon", "1"})->verdict.corrected_by, "") << "nobody said anything about this text";
}

TEST_F(IntakeTest, corrections_teach_the_sources_of_their_brand_and_those_of_none) {
    std::vector<SentimentCorrection> said;
    for (const auto* text : {"the blorp in the branch again", "my order has a blorp today",
                             "found one blorp at the counter", "is that a blorp on the table"})
        said.push_back({.text = text, .language = "en", .right = Polarity::negative, .brand = "nasma", .at = kMorning});
    const auto lessons = taught(*decisions, learn_layers(said, kMorning));
    const auto score_at = [&](const Decisions& by, const char* brand) {
        return assess(by.rules_of(brand), post("1", "sara", "another blorp arrived"), {}).sentiment.score;
    };
    const auto before = score_at(*decisions, "");
    EXPECT_LT(score_at(*lessons, "nasma"), before - 0.1);
    EXPECT_LT(score_at(*lessons, ""), before - 0.1);
    EXPECT_EQ(score_at(*lessons, "saba"), before) << "another brand's corrections teach it nothing";
    EXPECT_EQ(score_at(*taught(*lessons, {}), "nasma"), before) << "what was taken back is forgotten";
    EXPECT_EQ(assess(lessons->rules_of("nasma"), post("1", "sara", "coffee"), {}).rules,
              std::vector<std::string>{"coffee"})
        << "the rules are the same";
}

TEST_F(IntakeTest, a_queue_that_assigns_gives_the_tickets_of_a_page_to_those_who_are_here_in_turn) {
    auto setup = store->setup();
    setup.queues.at(0).assign = AssignmentWay::round_robin;
    setup.people = {{.name = "Sara", .email = "sara@example.org"}, {.name = "Dana", .email = "dana@example.org"}};
    store->put_setup(setup);
    decisions = decisions_of(store->setup());
    for (const auto& person : store->setup().people) store->put_presence(person.id, true, kMorning - 1h);
    const auto tickets = take({post("1", "a", "coffee"), post("2", "b", "coffee"), post("3", "c", "coffee")});
    ASSERT_EQ(tickets.size(), 3u);
    EXPECT_NE(tickets[0].assignee, "");
    EXPECT_NE(tickets[0].assignee, tickets[1].assignee) << "the page counts what it gave itself";
    EXPECT_EQ(tickets[0].assignee, tickets[2].assignee);
    EXPECT_EQ(store->workloads().at(0).open + store->workloads().at(1).open, 3);
}

}  // namespace
}  // namespace rasid
