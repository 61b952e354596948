#include "storage/store.hpp"
#include "tests/storage/faulty_vfs.hpp"
#include "tests/storage/samples.hpp"
#include "tests/storage/search_fold.hpp"
#include "tests/support/temp_folder.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace rasid {
namespace {

const std::string kWord = "canary-4711-canary";

StoreOptions options_in(const std::filesystem::path& in) { return {.url = "sqlite:" + (in / "rasid.db").string()}; }

void live(Store& store) {
    auto customer = samples::customer("c1");
    customer.notes = kWord;
    store.put_customer(customer);
    auto entry = samples::entry("l1");
    entry.text = kWord;
    store.apply_plan({.customer = "c1", .touches = {samples::touch("t1")}, .ledger = {entry}});
    auto mention = samples::mention("1");
    mention.mention.text = kWord;
    store.take({.mentions = {mention}});
    store.index_search(samples::fold_search, 9);
}

bool holds_the_word(const std::filesystem::path& folder) {
    for (const auto& file : std::filesystem::directory_iterator(folder)) {
        std::ifstream in(file.path(), std::ios::binary);
        std::ostringstream out;
        out << in.rdbuf();
        if (out.str().find(kWord) != std::string::npos) return true;
    }
    return false;
}

TEST(SqliteErasure, is_whole_or_not_at_all_and_is_finished_later_whichever_write_or_sync_fails) {
    FaultyVfs vfs;
    TempFolder made;
    live(*open_store(options_in(made.path())));
    int unfinished = 0;
    int refused = 0;
    for (std::int64_t n = 1; n < 1000; n += 2) {
        TempFolder folder;
        std::filesystem::copy(made.path(), folder.path(), std::filesystem::copy_options::recursive);
        {
            auto store = open_store(options_in(folder.path()));
            vfs.fail_at(n, true);
            try {
                store->erase_customer("c1");
            } catch (const StoreError&) {
                ++refused;
            }
        }
        const bool reached = vfs.failed();
        vfs.fail_at(0);
        auto store = open_store(options_in(folder.path()));
        const bool there = store->customer("c1").has_value();
        EXPECT_EQ(store->touch("t1").has_value(), there) << "fault " << n;
        EXPECT_EQ(store->ledger("c1", 9).size(), there ? 1u : 0u) << "fault " << n;
        EXPECT_EQ(store->search({.terms = {{.words = {"canary"}}}}).found.size(), there ? 1u : 0u) << "fault " << n;
        if (!there && store->erasure_pending()) {
            ++unfinished;
            store->forget_before(Instant{}, 1);
            EXPECT_FALSE(store->erasure_pending()) << "fault " << n;
        }
        EXPECT_EQ(holds_the_word(folder.path()), there) << "fault " << n;
        if (!reached || testing::Test::HasFailure()) break;
    }
    EXPECT_GT(refused, 0) << "no fault was ever met before the commit";
    EXPECT_GT(unfinished, 0) << "no fault was ever met behind it";
}

TEST(SqliteErasure, finishes_in_the_running_store_when_the_disk_works_again) {
    FaultyVfs vfs;
    TempFolder folder;
    auto store = open_store(options_in(folder.path()));
    live(*store);
    for (std::int64_t n = 1; n < 200 && store->customer("c1"); ++n) {
        vfs.fail_at(n, true);
        try {
            store->erase_customer("c1");
        } catch (const StoreError&) {
        }
        vfs.fail_at(0);
    }
    ASSERT_TRUE(store->erasure_pending()) << "the first fault behind the commit";
    store->put_cursor("fedi", "goes on");
    store->forget_before(Instant{}, 1);
    EXPECT_FALSE(store->erasure_pending());
    EXPECT_FALSE(holds_the_word(folder.path()));
    EXPECT_EQ(store->source("fedi")->cursor, "goes on");
}

}  // namespace
}  // namespace rasid
