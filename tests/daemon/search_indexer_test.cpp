#include "daemon/search_indexer.hpp"

#include "storage/storage_threads.hpp"
#include "tests/daemon/loop.hpp"
#include "tests/support/temp_folder.hpp"

#include <gtest/gtest.h>

namespace rasid {
namespace {

StoredMention said(int number, const std::string& text) {
    StoredMention stored;
    stored.id = "mention-" + std::to_string(number);
    stored.mention.key = {"mastodon", std::to_string(number)};
    stored.mention.text = text;
    stored.mention.created_at = from_micros(1'774'000'000'000'000 + number);
    return stored;
}

class SearchIndexerTest : public testing::Test {
protected:
    void take(std::vector<StoredMention> mentions) {
        const Intake intake{.mentions = std::move(mentions)};
        const auto job = [&](Store& store) { store.take(intake); };
        run_on(loop, database.write(job));
    }
    std::size_t found(const std::string& word) {
        const SearchQuery query{.terms = {{.words = {word}}}, .limit = 1000};
        const auto job = [&](Reader& reader) { return reader.search(query).found.size(); };
        return run_on(loop, database.read(job));
    }
    int turns() {
        int count = 0;
        while (run_on(loop, indexer.index_some())) ++count;
        return count;
    }

    TempFolder folder;
    boost::asio::io_context loop;
    StorageThreads database{loop.get_executor(), StoreOptions{"sqlite:" + folder.file("rasid.db"), false}};
    SearchIndexer indexer{loop.get_executor(), database};
};

TEST_F(SearchIndexerTest, works_off_what_waits_in_turns) {
    std::vector<StoredMention> mentions;
    for (int i = 0; i < 600; ++i) mentions.push_back(said(i, "والكتاب " + std::to_string(i)));
    take(mentions);
    EXPECT_EQ(found("كتاب"), 0u);
    EXPECT_GT(turns(), 1) << "nobody waits for all of it";
    EXPECT_EQ(found("كتاب"), 600u);
    EXPECT_EQ(turns(), 0);
}

TEST_F(SearchIndexerTest, tidies_up_behind_what_was_deleted) {
    take({said(1, "awful"), said(2, "awful")});
    turns();
    EXPECT_FALSE(run_on(loop, indexer.tidy_some())) << "nothing was deleted";
    auto gone = said(1, "");
    gone.mention.deleted = true;
    take({gone});
    EXPECT_EQ(found("awful"), 1u);
    EXPECT_TRUE(run_on(loop, indexer.tidy_some()));
    while (run_on(loop, indexer.tidy_some())) {
    }
    EXPECT_EQ(found("awful"), 1u);
}

}  // namespace
}  // namespace rasid
