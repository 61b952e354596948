#include "tests/storage/samples.hpp"
#include "tests/storage/store_contract.hpp"

namespace rasid {
namespace {

using samples::minute;

class MentionsContract : public StoreContract {
protected:
    void take(const std::vector<StoredMention>& mentions) {
        Intake intake;
        intake.mentions = mentions;
        store->take(intake);
    }
    /// A resolved or open ticket with one mention.
    void take_ticket(const std::string& ticket, const std::string& native_id, bool open, int at = 0) {
        Intake intake;
        auto mention = samples::mention(native_id, at);
        mention.ticket = ticket;
        intake.mentions = {mention};
        intake.tickets = {samples::opening(ticket)};
        intake.tickets[0].after.state = open ? TicketState::open : TicketState::resolved;
        store->take(intake);
    }
};
RASID_OVER_ENGINES(MentionsContract);

TEST_P(MentionsContract, gives_back_every_field_of_a_mention_and_its_verdict) {
    const auto stored = samples::mention("1");
    take({stored});
    EXPECT_EQ(store->mention(stored.mention.key), stored);
    EXPECT_EQ(store->mention_by_id(stored.id), stored);
    reopen();
    EXPECT_EQ(store->mention_by_id(stored.id), stored);
}

TEST_P(MentionsContract, keeps_absent_values_absent) {
    StoredMention bare;
    bare.id = "bare";
    bare.mention.key = {"feed", "x"};
    take({bare});
    EXPECT_EQ(store->mention_by_id("bare"), bare);
}

TEST_P(MentionsContract, knows_nothing_of_mentions_never_stored) {
    EXPECT_FALSE(store->mention({"mastodon", "nope"}));
    EXPECT_FALSE(store->mention_by_id("nope"));
    EXPECT_TRUE(store->mentions_of_ticket("", 10).empty());
}

TEST_P(MentionsContract, stores_a_mention_once_however_often_its_page_comes) {
    take({samples::mention("1"), samples::mention("2")});
    auto again = samples::mention("1");
    again.id = "another-id";
    take({again, samples::mention("2")});
    EXPECT_EQ(store->mention_count(), 2);
    EXPECT_EQ(store->mention(again.mention.key)->id, "id-of-1");
    EXPECT_FALSE(store->mention_by_id("another-id"));
}

TEST_P(MentionsContract, replaces_a_mention_by_its_new_revision) {
    take({samples::mention("1")});
    auto edited = samples::mention("1");
    edited.mention.revision = "r2";
    edited.mention.text = "the coffee is fine after all";
    edited.verdict = {};
    edited.customer.clear();
    take({edited});
    EXPECT_EQ(store->mention(edited.mention.key), edited);
    EXPECT_EQ(store->mention_count(), 1);
}

TEST_P(MentionsContract, keeps_a_new_revision_in_the_ticket_of_the_old_one) {
    take_ticket("t1", "1", true);
    auto edited = samples::mention("1");
    edited.mention.text = "edited";
    take({edited});
    EXPECT_EQ(store->mention(edited.mention.key)->ticket, "t1");
}

TEST_P(MentionsContract, erases_the_text_of_a_deleted_post_and_keeps_who_and_where) {
    take_ticket("t1", "1", true);
    store->put_customer(samples::customer("c1"));
    PlanChange quote{.customer = "c1"};
    quote.ledger = {{.id = "l1", .customer = "c1", .at = minute(0), .text = "a quote", .mention = "id-of-1"}};
    store->apply_plan(quote);

    StoredMention tombstone;
    tombstone.id = "tomb";
    tombstone.mention.key = {"mastodon", "1"};
    tombstone.mention.deleted = true;
    tombstone.mention.revision = "gone";
    take({tombstone});

    const auto left = store->mention({"mastodon", "1"});
    ASSERT_TRUE(left);
    EXPECT_TRUE(left->mention.deleted);
    EXPECT_EQ(left->mention.text, "");
    EXPECT_EQ(left->mention.title, "");
    EXPECT_TRUE(left->verdict.hits.empty());
    EXPECT_TRUE(left->verdict.sentiment.words.empty());
    EXPECT_EQ(left->mention.author.handle, "Hind_Z");
    EXPECT_EQ(left->mention.created_at, samples::mention("1").mention.created_at);
    EXPECT_EQ(left->ticket, "t1");
    EXPECT_EQ(left->id, "id-of-1");
    EXPECT_EQ(store->ledger("c1", 10).at(0).text, "");
}

TEST_P(MentionsContract, lists_the_mentions_of_a_ticket_oldest_first) {
    std::vector<StoredMention> mentions = {samples::mention("b", 5), samples::mention("a", 9),
                                           samples::mention("c", 1)};
    for (auto& mention : mentions) mention.ticket = "t1";
    mentions.push_back(samples::mention("other"));
    take(mentions);
    const auto listed = store->mentions_of_ticket("t1", 2);
    ASSERT_EQ(listed.size(), 2u);
    EXPECT_EQ(listed[0].mention.key.native_id, "c");
    EXPECT_EQ(listed[1].mention.key.native_id, "b");
    EXPECT_EQ(store->mentions_of_ticket("t1", 10).size(), 3u);
}

TEST_P(MentionsContract, mutes_an_author_however_the_handle_is_written) {
    store->mute("mastodon", "@Troll", true);
    EXPECT_TRUE(store->muted("mastodon", "troll"));
    EXPECT_FALSE(store->muted("bluesky", "troll"));
    EXPECT_EQ(store->muted_authors(), (std::vector<MutedAuthor>{{"mastodon", "troll"}}));
    store->mute("mastodon", "TROLL", true);
    store->mute("mastodon", "TROLL", false);
    EXPECT_FALSE(store->muted("mastodon", "troll"));
}

TEST_P(MentionsContract, forgets_old_mentions_unless_their_ticket_is_open) {
    take_ticket("open", "1", true, 0);
    take_ticket("done", "2", false, 0);
    take({samples::mention("3", 0), samples::mention("4", 100)});
    EXPECT_EQ(store->forget_before(minute(50), 100), 2);
    EXPECT_TRUE(store->mention({"mastodon", "1"}));
    EXPECT_FALSE(store->mention({"mastodon", "2"}));
    EXPECT_FALSE(store->mention({"mastodon", "3"}));
    EXPECT_TRUE(store->mention({"mastodon", "4"}));
    EXPECT_EQ(store->mention_count(), 2);
    EXPECT_TRUE(store->ticket("open"));
    EXPECT_FALSE(store->ticket("done")) << "a resolved ticket without mentions goes with them";
    EXPECT_TRUE(store->events_of("done").empty());
    EXPECT_EQ(store->forget_before(minute(50), 100), 0);
}

TEST_P(MentionsContract, forgets_no_more_than_the_limit_at_once) {
    take({samples::mention("1"), samples::mention("2"), samples::mention("3")});
    EXPECT_EQ(store->forget_before(minute(50), 2), 2);
    EXPECT_EQ(store->forget_before(minute(50), 2), 1);
}

TEST_P(MentionsContract, keeps_a_resolved_ticket_while_one_of_its_mentions_is_kept) {
    take_ticket("done", "1", false, 0);
    auto young = samples::mention("2", 100);
    young.ticket = "done";
    take({young});
    EXPECT_EQ(store->forget_before(minute(50), 10), 1);
    EXPECT_TRUE(store->ticket("done"));
}

}  // namespace
}  // namespace rasid
