#include "storage/storage_threads.hpp"
#include "tests/storage/faulty_vfs.hpp"
#include "tests/support/temp_folder.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include <future>
#include <thread>

namespace rasid {
namespace {

namespace asio = boost::asio;

class StorageThreadsTest : public testing::Test {
protected:
    StoreOptions options() { return {.url = "sqlite:" + folder.file("rasid.db")}; }
    void start() { database = std::make_unique<StorageThreads>(loop.get_executor(), options()); }

    template <typename T>
    void spawn(Task<T> task) {
        asio::co_spawn(loop, std::move(task), [this](std::exception_ptr error, auto&&...) {
            if (error) errors.push_back(error);
        });
    }
    void run() {
        loop.restart();
        loop.run();
    }
    /// Keeps the storage thread busy until the promise is kept, so that everything else has to wait.
    Task<void> hold(std::shared_future<void> until) {
        co_await database->write([&until](Store&) { until.wait(); });
    }
    Task<void> put(std::string source, std::string cursor) {
        co_await database->write([&](Store& store) { store.put_cursor(source, cursor); });
        resumed_on.push_back(std::this_thread::get_id());
        ++done;
    }
    Task<void> put_and_throw(std::string source) {
        co_await database->write([&](Store& store) {
            store.put_cursor(source, "x");
            throw std::runtime_error("of the job");
        });
        ++done;
    }
    std::string cursor_of(const std::string& source) {
        const auto record = open_reader(options())->source(source);
        return record ? record->cursor : "absent";
    }

    TempFolder folder;
    asio::io_context loop;
    std::unique_ptr<StorageThreads> database;
    std::vector<std::exception_ptr> errors;
    std::vector<std::thread::id> resumed_on;
    int done = 0;
};

TEST_F(StorageThreadsTest, gives_back_what_a_write_and_a_read_return) {
    start();
    std::string read;
    std::int64_t count = -1;
    spawn([](StorageThreads& db, std::string& out, std::int64_t& counted) -> Task<void> {
        counted = co_await db.write([](Store& store) {
            store.put_cursor("a", "token");
            return store.mention_count();
        });
        out = co_await db.read([](Reader& reader) { return reader.source("a")->cursor; });
    }(*database, read, count));
    run();
    EXPECT_EQ(read, "token");
    EXPECT_EQ(count, 0);
    EXPECT_TRUE(errors.empty());
}

TEST_F(StorageThreadsTest, resumes_callers_on_the_loop_after_the_commit) {
    start();
    spawn(put("a", "1"));
    run();
    ASSERT_EQ(done, 1);
    EXPECT_EQ(resumed_on.at(0), std::this_thread::get_id());
    EXPECT_EQ(cursor_of("a"), "1") << "another connection sees it";
}

TEST_F(StorageThreadsTest, commits_together_what_waits_together) {
    start();
    std::promise<void> release;
    spawn(hold(release.get_future().share()));
    for (int i = 0; i < 50; ++i) spawn(put("s" + std::to_string(i), "1"));
    std::thread releasing([&] {
        // Once the loop has nothing left to run, all jobs are queued; the first commit cannot end before.
        std::this_thread::sleep_for(std::chrono::milliseconds(200));
        release.set_value();
    });
    run();
    releasing.join();
    EXPECT_EQ(done, 50);
    EXPECT_EQ(database->writes(), 51u);
    EXPECT_LE(database->commits(), 3u);
    EXPECT_EQ(cursor_of("s49"), "1");
}

TEST_F(StorageThreadsTest, bounds_how_many_jobs_one_commit_takes) {
    start();
    std::promise<void> release;
    spawn(hold(release.get_future().share()));
    for (int i = 0; i < 600; ++i) spawn(put("s", std::to_string(i)));
    std::thread releasing([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(200));
        release.set_value();
    });
    run();
    releasing.join();
    EXPECT_EQ(done, 600);
    EXPECT_GE(database->commits(), 3u);
    EXPECT_EQ(cursor_of("s"), "599") << "in the order of their coming";
}

TEST_F(StorageThreadsTest, undoes_a_job_that_throws_and_keeps_the_others_of_its_group) {
    start();
    std::promise<void> release;
    spawn(hold(release.get_future().share()));
    spawn(put("before", "1"));
    spawn(put_and_throw("broken"));
    spawn(put("after", "1"));
    release.set_value();
    run();
    EXPECT_EQ(done, 2);
    ASSERT_EQ(errors.size(), 1u);
    try {
        std::rethrow_exception(errors[0]);
    } catch (const std::runtime_error& error) {
        EXPECT_STREQ(error.what(), "of the job");
    }
    EXPECT_EQ(cursor_of("before"), "1");
    EXPECT_EQ(cursor_of("broken"), "absent");
    EXPECT_EQ(cursor_of("after"), "1");
}

TEST_F(StorageThreadsTest, hands_the_exception_of_a_read_to_its_caller) {
    start();
    spawn([](StorageThreads& db) -> Task<void> {
        co_await db.read([](Reader&) -> int { throw StoreError("read"); });
    }(*database));
    run();
    ASSERT_EQ(errors.size(), 1u);
    EXPECT_THROW(std::rethrow_exception(errors[0]), StoreError);
}

TEST_F(StorageThreadsTest, reads_while_a_write_is_under_way) {
    start();
    std::promise<void> release;
    spawn(hold(release.get_future().share()));
    spawn([](StorageThreads& db, std::promise<void>& promise, int& finished) -> Task<void> {
        const auto count = co_await db.read([](Reader& reader) { return reader.mention_count(); });
        EXPECT_EQ(count, 0);
        ++finished;
        promise.set_value();  // only this ends the write
    }(*database, release, done));
    run();
    EXPECT_EQ(done, 1);
}

TEST_F(StorageThreadsTest, finishes_what_waits_before_it_ends) {
    start();
    std::promise<void> release;
    spawn(hold(release.get_future().share()));
    for (int i = 0; i < 20; ++i) spawn(put("s" + std::to_string(i), "1"));
    loop.poll();  // everything is queued, nothing has been resumed
    release.set_value();
    database.reset();
    EXPECT_EQ(done, 0);
    EXPECT_EQ(cursor_of("s0"), "1");
    EXPECT_EQ(cursor_of("s19"), "1");
    run();
    EXPECT_EQ(done, 20);
}

TEST_F(StorageThreadsTest, frees_coroutines_that_the_loop_never_resumes) {
    start();
    std::promise<void> release;
    release.set_value();
    spawn(hold(release.get_future().share()));
    spawn(put("a", "1"));
    loop.poll();
    database.reset();  // the completions wait in the loop, which is then destroyed with them
    EXPECT_EQ(cursor_of("a"), "1");
}

TEST_F(StorageThreadsTest, tells_every_caller_of_a_group_whose_commit_fails) {
    FaultyVfs disk;
    start();
    std::promise<void> release;
    spawn(hold(release.get_future().share()));
    spawn(put("first", "1"));
    spawn(put_and_throw("broken"));
    spawn(put("second", "1"));
    loop.poll();  // all are queued behind the held one
    disk.fail_at(1, true);
    release.set_value();
    run();
    disk.fail_at(0);
    EXPECT_EQ(done, 0);
    EXPECT_GE(errors.size(), 3u);
    for (const auto& error : errors) EXPECT_THROW(std::rethrow_exception(error), StoreError);
    EXPECT_EQ(cursor_of("first"), "absent");
    EXPECT_EQ(cursor_of("second"), "absent");

    errors.clear();
    spawn(put("third", "1"));
    run();
    EXPECT_TRUE(errors.empty()) << "it goes on when the disk does";
    EXPECT_EQ(cursor_of("third"), "1");
}

}  // namespace
}  // namespace rasid
