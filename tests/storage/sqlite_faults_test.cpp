#include "storage/store.hpp"
#include "tests/storage/faulty_vfs.hpp"
#include "tests/storage/samples.hpp"
#include "tests/support/temp_folder.hpp"

#include <gtest/gtest.h>

#include <set>

namespace rasid {
namespace {

/// A page that leaves a trace in every room: a mention, a ticket with its event, a mail and the cursor.
Intake page(int number) {
    const auto name = std::to_string(number);
    Intake intake;
    intake.source = "fedi";
    intake.cursor = name;
    intake.mentions = {samples::mention(name)};
    intake.mentions[0].mention.text = std::string(1500, static_cast<char>('a' + number % 26));  // so that pages fill up
    intake.tickets = {samples::opening("t" + name)};
    intake.outbox = {samples::mail("o" + name)};
    return intake;
}

/// A store that is fed pages as a daemon would: what fails is tried again later, if at all.
class SqliteFaults : public testing::Test {
protected:
    static constexpr int kPages = 5;

    StoreOptions options_in(const std::filesystem::path& in) { return {.url = "sqlite:" + (in / "rasid.db").string()}; }

    void feed(Store& store) {
        for (int number = 0; number < kPages; ++number) {
            try {
                store.take(page(number));
                acknowledged.insert(number);
            } catch (const StoreError&) {
                refused.insert(number);
            }
            if (number % 2 == 1) store.forget_before(Instant(Duration(0)), 1);  // ends in a checkpoint
        }
    }

    /// Every acknowledged page is there, and every page is there whole or not at all.
    void check(Store& store, const std::string& when) {
        for (int number = 0; number < kPages; ++number) {
            const auto name = std::to_string(number);
            const bool mention = store.mention_by_id("id-of-" + name).has_value();
            EXPECT_EQ(mention, store.ticket("t" + name).has_value()) << when << ", page " << name;
            EXPECT_EQ(mention, store.events_of("t" + name).size() == 1) << when << ", page " << name;
            EXPECT_EQ(mention, store.outbox_item("o" + name).has_value()) << when << ", page " << name;
            EXPECT_TRUE(mention || !acknowledged.contains(number))
                << when << ": acknowledged page " << name << " is lost";
        }
        if (!acknowledged.empty()) {
            ASSERT_TRUE(store.source("fedi")) << when;
            EXPECT_GE(std::stoi(store.source("fedi")->cursor), *acknowledged.rbegin()) << when;
        }
    }

    std::set<int> acknowledged;
    std::set<int> refused;
};

class SqliteFaultsEverywhere : public SqliteFaults, public testing::WithParamInterface<bool> {};
INSTANTIATE_TEST_SUITE_P(Once_and_for_good, SqliteFaultsEverywhere, testing::Bool(),
                         [](const auto& which) { return std::string(which.param ? "for_good" : "once"); });

TEST_P(SqliteFaultsEverywhere, loses_no_acknowledged_page_whichever_write_or_sync_fails) {
    FaultyVfs vfs;
    TempFolder made;  // a new database to begin every round with: making one anew takes longer than the round
    open_store(options_in(made.path()));
    std::int64_t points = 0;
    std::size_t pages_refused = 0;
    for (std::int64_t n = 1; n < 5000; ++n) {
        acknowledged.clear();
        refused.clear();
        TempFolder folder;
        std::filesystem::copy(made.path(), folder.path(), std::filesystem::copy_options::recursive);
        vfs.assume_synced(folder.file("rasid.db"));
        {
            auto store = open_store(options_in(folder.path()));
            vfs.fail_at(n, GetParam());
            try {
                feed(*store);
            } catch (const StoreError&) {  // forgetting was refused
            }
        }
        const bool reached = vfs.failed();
        vfs.fail_at(0);
        pages_refused += refused.size();
        TempFolder disk;
        vfs.power_cut(folder.path(), disk.path());
        std::filesystem::copy(made.file("rasid.db.instance"), disk.path());
        {
            auto store = open_store(options_in(disk.path()));
            check(*store, "after a power cut behind fault " + std::to_string(n));
        }
        {
            auto store = open_store(options_in(folder.path()));
            check(*store, "after a restart behind fault " + std::to_string(n));
        }
        if (!reached) {
            EXPECT_EQ(acknowledged.size(), static_cast<std::size_t>(kPages));
            break;
        }
        ++points;
        if (HasFailure()) break;
    }
    EXPECT_GT(points, 50) << "the faults did not reach the writes";
    EXPECT_GT(pages_refused, 10u) << "no fault was ever noticed";
}

TEST_F(SqliteFaults, works_again_after_a_failed_write_without_being_opened_anew) {
    FaultyVfs vfs;
    for (std::int64_t n = 1; n < 200; n += 3) {
        TempFolder folder;
        auto store = open_store(options_in(folder.path()));
        vfs.fail_at(n);
        bool thrown = false;
        for (int number = 0; number < kPages; ++number) {
            try {
                store->take(page(number));
            } catch (const StoreError&) {
                thrown = true;
                // An unknown outcome: the retry either succeeds or finds that it had.
                try {
                    store->take(page(number));
                } catch (const StaleVersion&) {
                    EXPECT_TRUE(store->ticket("t" + std::to_string(number)));
                }
            }
        }
        for (int number = 0; number < kPages; ++number) {
            EXPECT_TRUE(store->ticket("t" + std::to_string(number))) << "fault " << n << ", page " << number;
        }
        if (!thrown && !vfs.failed()) break;
    }
}

TEST_F(SqliteFaults, syncs_before_every_acknowledgement) {
    FaultyVfs vfs;
    TempFolder folder;
    auto store = open_store(options_in(folder.path()));
    for (int number = 0; number < kPages; ++number) {
        const auto before = vfs.syncs();
        store->take(page(number));
        acknowledged.insert(number);
        EXPECT_GT(vfs.syncs(), before);
        TempFolder disk;
        vfs.power_cut(folder.path(), disk.path());
        auto survivor = open_store(options_in(disk.path()));
        check(*survivor, "after page " + std::to_string(number));
    }
}

TEST_F(SqliteFaults, gives_up_the_whole_transaction_when_the_disk_fails_inside_it) {
    FaultyVfs vfs;
    TempFolder folder;
    auto store = open_store(options_in(folder.path()));
    vfs.fail_at(1, true);
    EXPECT_THROW(store->transact([&] {
        store->take(page(0));
        try {
            store->take(page(1));
        } catch (const StoreError&) {
        }
    }),
                 StoreError);
    vfs.fail_at(0);
    EXPECT_FALSE(store->ticket("t1"));
    store->take(page(2));
    EXPECT_TRUE(store->ticket("t2"));
}

}  // namespace
}  // namespace rasid
