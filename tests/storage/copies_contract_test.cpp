#include "tests/storage/samples.hpp"
#include "tests/storage/store_contract.hpp"

namespace rasid {
namespace {

using samples::minute;

class CopiesContract : public StoreContract {
protected:
    void take(const std::vector<StoredMention>& mentions) {
        Intake intake;
        intake.mentions = mentions;
        store->take(intake);
    }
    static StoredMention mention(const std::string& native_id, int at, const std::string& copy_of = {}) {
        auto stored = samples::mention(native_id, at);
        stored.copy_of = copy_of;
        stored.history = false;
        return stored;
    }
    static std::vector<std::string> ids(const std::vector<StoredMention>& mentions) {
        std::vector<std::string> out;
        for (const auto& one : mentions) out.push_back(one.id);
        return out;
    }
};
RASID_OVER_ENGINES(CopiesContract);

TEST_P(CopiesContract, lists_the_others_of_a_group_oldest_first_whichever_of_them_is_asked_about) {
    const auto first = mention("a", 1);
    const auto second = mention("b", 2, first.id);
    const auto third = mention("c", 3, first.id);
    take({third, first, second, mention("alone", 4)});
    EXPECT_EQ(ids(store->copies(first, 10)), (std::vector<std::string>{"id-of-b", "id-of-c"}));
    EXPECT_EQ(ids(store->copies(second, 10)), (std::vector<std::string>{"id-of-a", "id-of-c"}));
    EXPECT_EQ(ids(store->copies(third, 1)), (std::vector<std::string>{"id-of-a"}));
    EXPECT_TRUE(store->copies(*store->mention_by_id("id-of-alone"), 10).empty());
}

TEST_P(CopiesContract, leaves_deleted_mentions_out_of_a_group_and_forgets_what_they_looked_like) {
    const auto first = mention("a", 1);
    const auto second = mention("b", 2, first.id);
    take({first, second});
    auto gone = first;
    gone.mention.deleted = true;
    take({gone});
    EXPECT_TRUE(store->copies(second, 10).empty());
    EXPECT_TRUE(store->mention_by_id("id-of-a")->verdict.sketch.empty());
    const auto sketches = store->sketches_since(minute(0), 10);
    ASSERT_EQ(sketches.size(), 1u);
    EXPECT_EQ(sketches[0].group, "id-of-a") << "the group keeps its name";
}

TEST_P(CopiesContract, gives_back_the_newest_sketches_oldest_first_under_their_groups) {
    auto silent = mention("silent", 3);
    silent.verdict.sketch = {};
    take({mention("a", 1), mention("b", 2, "id-of-a"), silent, mention("c", 4)});
    const auto all = store->sketches_since(minute(0), 10);
    ASSERT_EQ(all.size(), 3u);
    EXPECT_EQ(all[1], (StoredSketch{"id-of-a", minute(4), samples::mention("b").verdict.sketch}));
    const auto newest = store->sketches_since(minute(0), 1);
    ASSERT_EQ(newest.size(), 1u);
    EXPECT_EQ(newest[0].group, "id-of-c");
    EXPECT_TRUE(store->sketches_since(minute(100), 10).empty());
}

TEST_P(CopiesContract, lists_what_was_stored_in_a_span_newest_first_without_ours_history_and_deleted_ones) {
    auto own = mention("own", 2);
    own.mention.own = true;
    auto old = mention("old", 2);
    old.history = true;
    take({mention("a", 1), own, old, mention("b", 2), mention("c", 3), mention("d", 4), mention("gone", 2)});
    auto gone = mention("gone", 2);
    gone.mention.deleted = true;
    take({gone});
    // A sample is stored two minutes after it was written.
    EXPECT_EQ(ids(store->mentions_stored(minute(3), minute(6), 10)),
              (std::vector<std::string>{"id-of-c", "id-of-b", "id-of-a"}));
    EXPECT_EQ(ids(store->mentions_stored(minute(3), minute(6), 1)), (std::vector<std::string>{"id-of-c"}));
}

TEST_P(CopiesContract, counts_what_an_author_has_said_and_in_how_many_tickets) {
    auto first = mention("a", 1);
    auto second = mention("b", 2);
    auto third = mention("c", 3);
    first.ticket = second.ticket = "t1";
    third.ticket = "t2";
    auto other = mention("d", 4);
    other.mention.author.handle = "somebody";
    take({first, second, third, mention("e", 5), other});
    const auto history = store->author_history("mastodon", "Hind_Z");
    EXPECT_EQ(history.mentions, 4);
    EXPECT_EQ(history.tickets, 2);
    EXPECT_EQ(store->author_history("bluesky", "Hind_Z").mentions, 0);
    EXPECT_EQ(store->author_history("mastodon", "").mentions, 0);
}

}  // namespace
}  // namespace rasid
