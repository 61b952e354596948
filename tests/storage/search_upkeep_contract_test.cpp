#include "tests/storage/search_contract.hpp"

namespace rasid {
namespace {

using samples::minute;
using Strings = std::vector<std::string>;

class SearchUpkeep : public SearchContract {};
RASID_OVER_ENGINES(SearchUpkeep);

TEST_P(SearchUpkeep, goes_on_behind_what_no_longer_fits) {
    std::vector<StoredMention> mentions;
    for (int i = 0; i < 30; ++i) mentions.push_back(said(std::to_string(i), "fine", i));
    take(mentions);
    index();
    for (int i = 5; i < 30; ++i) {
        mentions[static_cast<std::size_t>(i)].verdict.brand = "rival";
        take({mentions[static_cast<std::size_t>(i)]});  // not indexed again yet
    }
    SearchQuery query{.brands = {"nasma"}, .limit = 3};
    const auto page = search(query);
    EXPECT_EQ(page.found.size(), 3u);
    EXPECT_EQ(page.found[0].mention->id, "id-of-4");
    query.after = page.next;
    EXPECT_EQ(search(query).found.size(), 2u);
}

TEST_P(SearchUpkeep, follows_an_edit) {
    take({said("1", "awful")});
    index();
    take({said("1", "lovely")});
    EXPECT_EQ(store->search_backlog(), 1);
    index();
    EXPECT_TRUE(found("awful").empty());
    EXPECT_EQ(found("lovely"), (Strings{"id-of-1"}));
    auto liked = said("1", "lovely");
    liked.mention.likes = 999;
    take({liked});
    EXPECT_EQ(store->search_backlog(), 0) << "nothing that is searched has changed";
}

TEST_P(SearchUpkeep, forgets_what_is_deleted_on_its_platform_at_once) {
    take({said("1", "awful"), said("2", "awful", 1)});
    index();
    auto gone = said("1", "");
    gone.mention.deleted = true;
    take({gone});
    EXPECT_EQ(found("awful"), (Strings{"id-of-2"}));
    auto not_indexed_yet = said("3", "awful", 2);
    take({not_indexed_yet});
    not_indexed_yet.mention.deleted = true;
    take({not_indexed_yet});
    index();
    EXPECT_EQ(found("awful"), (Strings{"id-of-2"}));
}

TEST_P(SearchUpkeep, forgets_what_is_older_than_the_store_keeps) {
    auto with_note = samples::opening("t1");
    with_note.after.state = TicketState::resolved;
    auto note = samples::event("t1", 2);
    note.text = "awful indeed";
    with_note.events.push_back(note);
    auto old = said("1", "awful");
    old.ticket = "t1";
    take({old, said("2", "awful", 60)}, {with_note});
    index();
    EXPECT_EQ(found("awful").size(), 3u);
    EXPECT_EQ(store->forget_before(minute(30), 10), 1);
    EXPECT_EQ(found("awful"), (Strings{"id-of-2"}));
    tidy();
    EXPECT_EQ(found("awful"), (Strings{"id-of-2"}));
    EXPECT_FALSE(store->tidy_search());
}

TEST_P(SearchUpkeep, follows_the_state_of_the_ticket) {
    auto mention = said("1", "fine");
    mention.ticket = "t1";
    take({mention, said("2", "fine", 1)}, {samples::opening("t1")});
    index();
    EXPECT_EQ(with({.state = TicketState::open}), (Strings{"id-of-1"}));
    EXPECT_TRUE(with({.state = TicketState::resolved}).empty());
    auto resolved = samples::next(*store->ticket("t1"), TicketEventKind::resolved);
    resolved.after.state = TicketState::resolved;
    store->apply(resolved, {}, {});
    EXPECT_TRUE(with({.state = TicketState::open}).empty()) << "also before it is indexed anew";
    index();
    EXPECT_EQ(with({.state = TicketState::resolved}), (Strings{"id-of-1"}));
    EXPECT_EQ(search({.fields = {.state = TicketState::resolved}}).found[0].ticket->id, "t1");
}

TEST_P(SearchUpkeep, a_crash_between_storing_and_indexing_loses_nothing) {
    take({said("1", "fine"), said("2", "fine", 1), said("3", "fine", 2)});
    EXPECT_EQ(store->index_search(samples::fold_search, 1), 1);
    reopen();
    EXPECT_EQ(store->search_backlog(), 2);
    EXPECT_THROW(store->transact([&] {
        store->index_search(samples::fold_search, 1);
        throw std::runtime_error("killed");
    }),
                 std::runtime_error);
    EXPECT_EQ(store->search_backlog(), 2);
    index();
    EXPECT_EQ(found("fine"), (Strings{"id-of-3", "id-of-2", "id-of-1"}));
}

TEST_P(SearchUpkeep, many_of_one_moment_stand_beside_each_other) {
    std::vector<StoredMention> mentions;
    for (int i = 0; i < 400; ++i) mentions.push_back(said(std::to_string(i), "fine"));
    take(mentions);
    while (store->index_search(samples::fold_search, 100) > 0) {
    }
    EXPECT_EQ(answer({.terms = {word("fine")}, .limit = 500}).size(), 400u);
}

TEST_P(SearchUpkeep, a_reader_beside_the_writer_searches_too) {
    take({said("1", "fine")});
    index();
    const auto reader = another_reader();
    EXPECT_EQ(reader->search({.terms = {word("fine")}}).found.size(), 1u);
}

}  // namespace
}  // namespace rasid
