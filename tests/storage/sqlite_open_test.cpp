#include "storage/migrate.hpp"
#include "storage/sqlite_engine.hpp"
#include "storage/store.hpp"
#include "tests/storage/samples.hpp"
#include "tests/support/temp_folder.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <sqlite3.h>
#include <sstream>
#include <sys/wait.h>
#include <unistd.h>

namespace rasid {
namespace {

namespace fs = std::filesystem;

class SqliteOpen : public testing::Test {
protected:
    StoreOptions options() const { return {.url = "sqlite:" + path}; }
    std::unique_ptr<Store> open() const { return open_store(options()); }

    /// What opening says; empty: it opened.
    std::string refusal() const {
        try {
            open();
            return {};
        } catch (const StoreError& error) {
            return error.what();
        }
    }
    void make() const { open()->put_cursor("fedi", "1"); }

    void sql(const std::string& text) const {
        sqlite3* db = nullptr;
        ASSERT_EQ(sqlite3_open(path.c_str(), &db), SQLITE_OK);
        EXPECT_EQ(sqlite3_exec(db, text.c_str(), nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(db);
        sqlite3_close(db);
    }
    static std::string content_of(const std::string& file) {
        std::ifstream in(file, std::ios::binary);
        std::ostringstream out;
        out << in.rdbuf();
        return out.str();
    }
    static void write(const std::string& file, const std::string& content) {
        std::ofstream(file, std::ios::binary | std::ios::trunc) << content;
    }
    static int mode_of(const std::string& file) { return static_cast<int>(fs::status(file).permissions()) & 0777; }

    TempFolder folder;
    std::string path = folder.file("state/rasid.db");
};

TEST_F(SqliteOpen, makes_folder_and_files_that_only_their_owner_may_read) {
    auto store = open();
    store->put_cursor("fedi", "1");
    store->backup(folder.file("state/copy.db"));
    EXPECT_EQ(mode_of(folder.file("state")), 0700);
    for (const char* file :
         {"rasid.db", "rasid.db-wal", "rasid.db-shm", "rasid.db.lock", "rasid.db.instance", "copy.db"}) {
        EXPECT_EQ(mode_of(folder.file(std::string("state/") + file)), 0600) << file;
    }
}

TEST_F(SqliteOpen, refuses_a_second_writer_within_a_second_and_says_why) {
    auto first = open();
    const auto before = std::chrono::steady_clock::now();
    const auto what = refusal();
    EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds(1));
    EXPECT_NE(what.find("another rasid holds"), std::string::npos) << what;
    EXPECT_NE(what.find(std::to_string(::getpid())), std::string::npos) << what;
    first.reset();
    EXPECT_EQ(refusal(), "");
}

TEST_F(SqliteOpen, refuses_a_second_writer_of_another_process) {
    int to_child[2];
    int to_parent[2];
    ASSERT_EQ(::pipe(to_child), 0);
    ASSERT_EQ(::pipe(to_parent), 0);
    const auto child = ::fork();
    if (child == 0) {
        ::close(to_child[1]);
        auto store = open();
        char byte = 'x';
        if (::write(to_parent[1], &byte, 1) != 1) ::_exit(1);
        if (::read(to_child[0], &byte, 1) < 0) ::_exit(1);
        ::_exit(0);  // like a crash: no destructor runs
    }
    ::close(to_child[0]);
    char byte = 0;
    ASSERT_EQ(::read(to_parent[0], &byte, 1), 1);
    EXPECT_NE(refusal().find("process " + std::to_string(child)), std::string::npos) << refusal();
    ::close(to_child[1]);
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_EQ(refusal(), "") << "the lock dies with its process";
    ::close(to_parent[0]);
    ::close(to_parent[1]);
}

TEST_F(SqliteOpen, lets_readers_in_beside_the_writer_and_keeps_them_from_writing) {
    auto store = open();
    store->put_cursor("fedi", "1");
    EXPECT_EQ(open_reader(options())->source("fedi")->cursor, "1");
    auto looking = open_store({.url = options().url, .read_only = true});
    EXPECT_EQ(looking->source("fedi")->cursor, "1");
    EXPECT_THROW(looking->put_cursor("fedi", "2"), StoreError);
}

TEST_F(SqliteOpen, refuses_to_read_where_there_is_no_database) {
    EXPECT_THROW(open_reader(options()), StoreError);
    EXPECT_FALSE(fs::exists(path));
}

TEST_F(SqliteOpen, refuses_an_address_that_it_does_not_understand) {
    for (const char* url : {"", "rasid.db", "sqlite:", "mysql://host/db"})
        EXPECT_THROW(open_store({.url = url}), StoreError) << url;
}

TEST_F(SqliteOpen, refuses_a_newer_schema) {
    make();
    sql("INSERT INTO schema_migrations (version, name, checksum) VALUES (9999, '9999_future.sql', 'x')");
    EXPECT_NE(refusal().find("newer version"), std::string::npos) << refusal();
    EXPECT_THROW(open_reader(options()), StoreError);
}

TEST_F(SqliteOpen, refuses_a_migration_that_reads_differently_from_the_applied_one) {
    make();
    sql("UPDATE schema_migrations SET checksum = 'other' WHERE version = 1");
    EXPECT_NE(refusal().find("0001"), std::string::npos) << refusal();
    EXPECT_NE(refusal().find("differs"), std::string::npos);
}

TEST_F(SqliteOpen, refuses_an_emptied_database_of_an_existing_installation) {
    make();
    fs::resize_file(path, 0);
    EXPECT_NE(refusal().find("is empty although"), std::string::npos) << refusal();
    EXPECT_EQ(fs::file_size(path), 0u) << "nothing was built in its place";
    EXPECT_THROW(open_reader(options()), StoreError);
}

TEST_F(SqliteOpen, refuses_a_missing_database_of_an_existing_installation) {
    make();
    fs::remove(path);
    EXPECT_NE(refusal().find("is missing although"), std::string::npos) << refusal();
    fs::remove(path + ".instance");
    EXPECT_EQ(refusal(), "") << "the way out that the message names";
}

TEST_F(SqliteOpen, refuses_the_database_of_another_installation) {
    make();
    const auto other = folder.file("other.db");
    open_store({.url = "sqlite:" + other})->put_cursor("x", "1");
    fs::copy_file(other, path, fs::copy_options::overwrite_existing);
    EXPECT_NE(refusal().find("not the one"), std::string::npos) << refusal();
}

TEST_F(SqliteOpen, takes_its_own_backup_back) {
    make();
    open()->backup(folder.file("copy.db"));
    fs::remove(path);
    fs::copy_file(folder.file("copy.db"), path);
    EXPECT_EQ(open()->source("fedi")->cursor, "1");
}

TEST_F(SqliteOpen, writes_a_lost_instance_file_again) {
    make();
    const auto instance = content_of(path + ".instance");
    fs::remove(path + ".instance");
    EXPECT_EQ(refusal(), "");
    EXPECT_EQ(content_of(path + ".instance"), instance);
}

TEST_F(SqliteOpen, begins_again_where_the_first_start_crashed) {
    fs::create_directories(folder.file("state"));
    write(path, "");
    EXPECT_EQ(refusal(), "") << "before anything was written";
    fs::remove(path);
    fs::remove(path + ".instance");
    sql("PRAGMA application_id = " + std::to_string(kSqliteApplicationId));
    EXPECT_EQ(refusal(), "") << "after the header";
    sql("DELETE FROM installation");
    fs::remove(path + ".instance");
    EXPECT_EQ(refusal(), "") << "after the migration";
}

TEST_F(SqliteOpen, refuses_a_damaged_header_and_names_the_backup) {
    make();
    auto bytes = content_of(path);
    bytes.replace(0, 16, "garbage garbage!");
    write(path, bytes);
    const auto what = refusal();
    EXPECT_NE(what.find("damaged"), std::string::npos) << what;
    EXPECT_NE(what.find("rasid restore"), std::string::npos) << what;
    EXPECT_EQ(content_of(path), bytes) << "the evidence is untouched";
}

TEST_F(SqliteOpen, refuses_a_database_of_some_other_program) {
    fs::create_directories(folder.file("state"));
    sql("CREATE TABLE browser_history (url TEXT)");
    EXPECT_NE(refusal().find("not a database of Rasid"), std::string::npos) << refusal();
}

TEST_F(SqliteOpen, runs_with_full_synchronisation_and_erases_what_it_deletes) {
    make();
    const auto engine = open_sqlite(path, false);
    const auto value = [&](const char* pragma) {
        const auto answer = engine->ask(pragma);
        answer->next();
        return std::string(answer->text(0));
    };
    EXPECT_EQ(value("PRAGMA journal_mode"), "wal");
    EXPECT_EQ(value("PRAGMA synchronous"), "2");
    EXPECT_EQ(value("PRAGMA foreign_keys"), "1");
    EXPECT_EQ(value("PRAGMA secure_delete"), "1");
    EXPECT_EQ(value("PRAGMA trusted_schema"), "0");
}

TEST_F(SqliteOpen, leaves_no_byte_of_a_forgotten_mention) {
    const std::string canary = "canary-4711-canary";
    auto store = open();
    Intake intake;
    intake.mentions = {samples::mention("1"), samples::mention("2")};
    intake.mentions[0].mention.text = canary;
    intake.mentions[1].mention.text = canary;
    store->take(intake);
    auto tombstone = samples::mention("2");
    tombstone.mention.deleted = true;
    intake.mentions = {tombstone};
    store->take(intake);
    ASSERT_NE(content_of(path + "-wal").find(canary), std::string::npos);
    store->forget_before(samples::minute(50), 1);
    EXPECT_EQ(content_of(path).find(canary), std::string::npos);
    EXPECT_EQ(content_of(path + "-wal").find(canary), std::string::npos);
}

TEST_F(SqliteOpen, serves_the_queue_from_indexes_over_open_tickets) {
    make();
    const auto engine = open_sqlite(path, true);
    const auto plan_of = [&](const std::string& statement) {
        const auto answer = engine->ask("EXPLAIN QUERY PLAN " + statement);
        std::string plan;
        while (answer->next()) plan += std::string(answer->text(3)) + "\n";
        return plan;
    };
    const auto due = plan_of("SELECT * FROM tickets WHERE state = 'open' AND soon_at > 5 AND (due_at, id) > (7, 'x') "
                             "ORDER BY due_at, id LIMIT 50");
    EXPECT_NE(due.find("USING INDEX tickets_due"), std::string::npos) << due;
    EXPECT_EQ(due.find("TEMP B-TREE"), std::string::npos) << due;
    const auto check =
        plan_of("SELECT * FROM tickets WHERE state = 'open' AND check_at <= 5 ORDER BY check_at, id LIMIT 5");
    EXPECT_NE(check.find("USING INDEX tickets_check"), std::string::npos) << check;
}

class Migrations : public SqliteOpen {
protected:
    void SetUp() override { fs::create_directories(folder.file("state")); }
    std::unique_ptr<Engine> engine() { return open_sqlite(path, false); }
};

TEST_F(Migrations, apply_each_file_once_and_in_order) {
    const std::vector<EmbeddedFile> first = {{"0001_a.sql", "CREATE TABLE a (x BIGINT); INSERT INTO a VALUES (1);"}};
    const std::vector<EmbeddedFile> both = {first[0], {"0002_b.sql", "INSERT INTO a VALUES (2);"}};
    migrate(*engine(), first);
    migrate(*engine(), both);
    migrate(*engine(), both);
    const auto connection = engine();
    const auto answer = connection->ask("SELECT count(*) FROM a");
    answer->next();
    EXPECT_EQ(answer->integer(0), 2);
}

TEST_F(Migrations, leave_nothing_of_one_that_fails) {
    const std::vector<EmbeddedFile> files = {
        {"0001_a.sql", "CREATE TABLE a (x BIGINT);"},
        {"0002_b.sql", "CREATE TABLE b (x BIGINT); INSERT INTO missing VALUES (1);"}};
    EXPECT_THROW(migrate(*engine(), files), StoreError);
    const auto connection = engine();
    EXPECT_FALSE(connection->ask("SELECT 1 FROM sqlite_master WHERE name = 'b'")->next());
    const auto applied = connection->ask("SELECT max(version) FROM schema_migrations");
    applied->next();
    EXPECT_EQ(applied->integer(0), 1);
    EXPECT_THROW(require_newest(*connection, files), StoreError);
}

}  // namespace
}  // namespace rasid
