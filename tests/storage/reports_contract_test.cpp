#include "tests/storage/samples.hpp"
#include "tests/storage/store_contract.hpp"

#include <algorithm>
#include <set>

namespace rasid {
namespace {

using samples::minute;

class ReportsContract : public StoreContract {
protected:
    void take(const std::vector<StoredMention>& mentions) {
        Intake intake;
        intake.mentions = mentions;
        store->take(intake);
    }
    std::vector<CountedMention> heard(Instant from, Instant to) {
        std::vector<CountedMention> list;
        store->each_mention_stored(from, to, [&](const CountedMention& mention) { list.push_back(mention); });
        return list;
    }
};
RASID_OVER_ENGINES(ReportsContract);

TEST_P(ReportsContract, gives_of_a_ticket_what_reports_count) {
    store->apply(samples::opening("one"), {}, {});
    std::vector<Ticket> seen;
    store->each_ticket_opened(minute(0), minute(2), [&](const Ticket& ticket) { seen.push_back(ticket); });
    ASSERT_EQ(seen.size(), 1U);
    const auto whole = store->ticket("one").value();
    Ticket counted;
    counted.id = whole.id;
    counted.number = whole.number;
    counted.state = whole.state;
    counted.queue = whole.queue;
    counted.brand = whole.brand;
    counted.source = whole.source;
    counted.assignee = whole.assignee;
    counted.first_mention = whole.first_mention;
    counted.clocks = whole.clocks;
    counted.paused_by = whole.paused_by;
    counted.incident = whole.incident;
    counted.opened_at = whole.opened_at;
    counted.updated_at = whole.updated_at;
    counted.due_at = whole.due_at;
    EXPECT_EQ(seen.front(), counted);
}

TEST_P(ReportsContract, gives_the_tickets_opened_within) {
    for (const int opened : {0, 10, 19, 20}) {
        auto change = samples::opening("at-" + std::to_string(opened));
        change.after.opened_at = change.after.updated_at = minute(opened);
        store->apply(change, {}, {});
    }
    std::set<std::string> seen;
    store->each_ticket_opened(minute(10), minute(20), [&](const Ticket& ticket) { seen.insert(ticket.id); });
    EXPECT_EQ(seen, (std::set<std::string>{"at-10", "at-19"}));
}

TEST_P(ReportsContract, gives_of_a_mention_what_reports_count) {
    auto mention = samples::mention("1");
    mention.history = false;
    take({mention});
    const auto list = heard(mention.stored_at, mention.stored_at + Duration(1));
    ASSERT_EQ(list.size(), 1U);
    EXPECT_EQ(list.front().platform, "mastodon");
    EXPECT_EQ(list.front().source, "fedi");
    EXPECT_EQ(list.front().author.handle, "Hind_Z");
    EXPECT_EQ(list.front().author.followers, 8412);
    EXPECT_EQ(list.front().stored_at, mention.stored_at);
    EXPECT_EQ(list.front().polarity, Polarity::negative);
    EXPECT_EQ(list.front().brand, "nasma");
    EXPECT_EQ(list.front().queue, "care");
    EXPECT_EQ(list.front().rules, mention.verdict.rules);
    EXPECT_EQ(list.front().tags, mention.verdict.tags);
    EXPECT_TRUE(heard(mention.stored_at + Duration(1), mention.stored_at + Duration(2)).empty());
}

TEST_P(ReportsContract, leaves_out_deleted_ones_our_own_and_history) {
    auto deleted = samples::mention("deleted");
    auto own = samples::mention("own");
    auto history = samples::mention("history");
    auto counted = samples::mention("counted");
    for (auto* mention : {&deleted, &own, &counted}) mention->history = false;
    deleted.mention.deleted = true;
    own.mention.own = true;
    counted.mention.author.followers = {};
    take({deleted, own, history, counted});
    const auto list = heard(minute(0), minute(1000));
    ASSERT_EQ(list.size(), 1U);
    EXPECT_FALSE(list.front().author.followers);
}

TEST_P(ReportsContract, knows_how_a_mention_leans_and_takes_a_forgotten_one_for_neutral) {
    const auto mention = samples::mention("1");
    take({mention});
    EXPECT_EQ(store->polarity_of(mention.id), Polarity::negative);
    EXPECT_EQ(store->polarity_of("gone"), Polarity::neutral);
}

}  // namespace
}  // namespace rasid
