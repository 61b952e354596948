#include "storage/sqlite_engine.hpp"

#include "storage/private_files.hpp"
#include "storage/sqlite_search.hpp"
#include "storage/store.hpp"

#include <sqlite3.h>

#include <cassert>
#include <functional>
#include <unordered_map>
#include <vector>

namespace rasid {
namespace {

/// Statements kept prepared. The fixed ones are fewer than this; lists of brands of different lengths make the rest.
constexpr std::size_t kPreparedStatements = 256;

struct Prepared {
    sqlite3_stmt* handle = nullptr;
    std::vector<int> positions = {};  ///< of $1 … $n; SQLite numbers $n by first appearance
    bool busy = false;
};

struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};

class SqliteAnswer final : public Answer {
public:
    using Check = std::function<void(int)>;

    /// `kept` is the cache's entry, or null when the statement dies with this answer.
    SqliteAnswer(sqlite3_stmt* statement, Prepared* kept, Check check)
        : statement_(statement), kept_(kept), check_(std::move(check)) {
        if (kept_) kept_->busy = true;
    }
    ~SqliteAnswer() override {
        if (!kept_) {
            sqlite3_finalize(statement_);
            return;
        }
        sqlite3_reset(statement_);
        sqlite3_clear_bindings(statement_);
        kept_->busy = false;
    }
    SqliteAnswer(const SqliteAnswer&) = delete;
    SqliteAnswer& operator=(const SqliteAnswer&) = delete;

    bool next() override {
        const int code = sqlite3_step(statement_);
        if (code == SQLITE_ROW) return true;
        if (code != SQLITE_DONE) check_(code);
        return false;
    }
    bool null(int column) const override { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
    std::int64_t integer(int column) const override { return sqlite3_column_int64(statement_, column); }
    double real(int column) const override { return sqlite3_column_double(statement_, column); }
    std::string_view text(int column) const override {
        const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
        if (!bytes) return {};
        return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
    }

private:
    sqlite3_stmt* statement_;
    Prepared* kept_;
    Check check_;
};

class SqliteEngine final : public Engine {
public:
    SqliteEngine(std::string path, bool read_only) : path_(std::move(path)), read_only_(read_only) { open(); }
    ~SqliteEngine() override { close(); }
    SqliteEngine(const SqliteEngine&) = delete;
    SqliteEngine& operator=(const SqliteEngine&) = delete;

    std::unique_ptr<Answer> ask_with(std::string_view sql, std::span<const Value> values) override {
        return bound(sql, values, SQLITE_TRANSIENT);
    }

    std::int64_t run_with(std::string_view sql, std::span<const Value> values) override {
        // The statement ends before the caller's texts do.
        const auto answer = bound(sql, values, SQLITE_STATIC);
        while (answer->next()) {
        }
        return sqlite3_changes64(db_);
    }

    void script(std::string_view sql) override {
        refuse_outside_transaction();
        check(sqlite3_exec(db_, std::string(sql).c_str(), nullptr, nullptr, nullptr));
    }

    void begin(Access access) override {
        if (suspect_) reopen();
        check(sqlite3_exec(db_, access == Access::write ? "BEGIN IMMEDIATE" : "BEGIN", nullptr, nullptr, nullptr));
        began_ = true;
    }

    void commit() override {
        refuse_outside_transaction();
        check(sqlite3_exec(db_, "COMMIT", nullptr, nullptr, nullptr));
        began_ = false;
    }

    void rollback() noexcept override {
        began_ = false;
        if (!sqlite3_get_autocommit(db_)) sqlite3_exec(db_, "ROLLBACK", nullptr, nullptr, nullptr);
    }

    bool in_transaction() const override { return began_ && !sqlite3_get_autocommit(db_); }

    SearchIndex& search_index() override { return search_index_; }

    void scrub() noexcept override {
        sqlite3_wal_checkpoint_v2(db_, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
    }

    bool rewrite() noexcept override {
        // A page that was split keeps copies of rows that moved away, and secure_delete does not know of them. The new
        // content is put together in a file: in memory it would take as much of that as the database is large.
        const auto run = [this](const char* sql) { return sqlite3_exec(db_, sql, nullptr, nullptr, nullptr); };
        run("PRAGMA temp_store = FILE");
        int code = run("VACUUM");
        run("PRAGMA temp_store = MEMORY");
        if (code == SQLITE_OK)
            code = sqlite3_wal_checkpoint_v2(db_, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
        if ((code & 0xff) == SQLITE_IOERR) suspect_ = true;
        return code == SQLITE_OK;
    }

    void copy_to(const std::string& path) override {
        make_private_file(path);  // VACUUM INTO fills an empty file and leaves its mode alone
        try {
            SqliteEngine beside(path_,
                                true);  // VACUUM does not run inside a transaction, and this connection may be in one
            beside.run("VACUUM INTO $1", path);
            sync_file(path);
        } catch (...) {
            remove_file(path);
            throw;
        }
    }

    std::string make_instance_id() override {
        const auto answer = ask("SELECT lower(hex(randomblob(16)))");
        answer->next();
        return std::string(answer->text(0));
    }

private:
    void open() {
        const int flags = (read_only_ ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE) |
                          SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
        const int code = sqlite3_open_v2(path_.c_str(), &db_, flags, nullptr);
        try {
            check(code);
            configure();
        } catch (...) {
            close();
            throw;
        }
    }

    void close() {
        for (auto& [sql, prepared] : statements_) sqlite3_finalize(prepared.handle);
        statements_.clear();
        sqlite3_close_v2(db_);
        db_ = nullptr;
    }

    void configure() {
        sqlite3_busy_timeout(db_, 5000);
        check(sqlite3_db_config(db_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr));
        script("PRAGMA trusted_schema = OFF; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY;");
        check_application();
        if (read_only_) return;
        // 16,384 pages are 64 MiB of WAL between checkpoints: fewer, larger ones cost a writer less.
        script("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;"
               "PRAGMA wal_autocheckpoint = 16384; PRAGMA journal_size_limit = 67108864; PRAGMA cache_size = -65536;");
    }

    void check_application() {
        const auto application = number("PRAGMA application_id");
        if (application == kSqliteApplicationId) return;
        if (number("SELECT count(*) FROM sqlite_master") != 0 || read_only_) {
            throw StoreError("database " + path_ +
                             ": this is not a database of Rasid; name another file in [storage] url");
        }
        script("PRAGMA application_id = " + std::to_string(kSqliteApplicationId));
    }

    /// A failed write or sync says nothing about what reached the disk: start again from what the files say, and put
    /// all of that into the database file before anything new is promised.
    void reopen() {
        close();
        open();
        check(sqlite3_wal_checkpoint_v2(db_, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr));
        suspect_ = false;
    }

    std::int64_t number(const char* sql) {
        SqliteAnswer answer(compile(sql), nullptr, [this](int code) { fail(code); });
        return answer.next() ? answer.integer(0) : 0;
    }

    std::unique_ptr<SqliteAnswer> bound(std::string_view sql, std::span<const Value> values,
                                        sqlite3_destructor_type lifetime) {
        refuse_outside_transaction();
        Prepared* kept = prepare(sql);
        sqlite3_stmt* statement = kept->busy ? compile(sql) : kept->handle;
        auto answer =
            std::make_unique<SqliteAnswer>(statement, kept->busy ? nullptr : kept, [this](int code) { fail(code); });
        assert(values.size() == kept->positions.size());
        for (std::size_t i = 0; i < values.size(); ++i) bind(statement, kept->positions[i], values[i], lifetime);
        return answer;
    }

    Prepared* prepare(std::string_view sql) {
        const auto found = statements_.find(sql);
        if (found != statements_.end()) return &found->second;
        if (statements_.size() >= kPreparedStatements) forget_idle_statements();
        Prepared prepared{compile(sql)};
        const int count = sqlite3_bind_parameter_count(prepared.handle);
        for (int i = 1; i <= count; ++i)
            prepared.positions.push_back(
                sqlite3_bind_parameter_index(prepared.handle, ("$" + std::to_string(i)).c_str()));
        return &statements_.emplace(std::string(sql), std::move(prepared)).first->second;
    }

    void forget_idle_statements() {
        std::erase_if(statements_, [](auto& entry) {
            if (entry.second.busy) return false;
            sqlite3_finalize(entry.second.handle);
            return true;
        });
    }

    sqlite3_stmt* compile(std::string_view sql) {
        sqlite3_stmt* statement = nullptr;
        check(sqlite3_prepare_v3(db_, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &statement,
                                 nullptr));
        return statement;
    }

    void bind(sqlite3_stmt* statement, int index, const Value& value, sqlite3_destructor_type lifetime) {
        assert(index > 0);
        const auto& content = value.content();
        if (const auto* integer = std::get_if<std::int64_t>(&content)) {
            check(sqlite3_bind_int64(statement, index, *integer));
        } else if (const auto* real = std::get_if<double>(&content)) {
            check(sqlite3_bind_double(statement, index, *real));
        } else if (const auto* text = std::get_if<std::string_view>(&content)) {
            const char* bytes = text->empty() ? "" : text->data();  // a null pointer would bind NULL
            check(sqlite3_bind_text64(statement, index, bytes, text->size(), lifetime, SQLITE_UTF8));
        } else {
            check(sqlite3_bind_null(statement, index));
        }
    }

    // Disk full, I/O errors and the like end the whole transaction; without this check what follows would commit on its
    // own.
    void refuse_outside_transaction() {
        if (began_ && sqlite3_get_autocommit(db_)) {
            throw StoreError("database " + path_ + ": the transaction was given up after an earlier failure");
        }
    }

    void check(int code) {
        if (code != SQLITE_OK) fail(code);
    }

    [[noreturn]] void fail(int code) {
        const int kind = code & 0xff;
        if (kind == SQLITE_IOERR) suspect_ = true;
        std::string what = "database " + path_ + ": " + (db_ ? sqlite3_errmsg(db_) : sqlite3_errstr(code)) + " (code " +
                           std::to_string(code) + ")";
        if (kind == SQLITE_CORRUPT || kind == SQLITE_NOTADB) {
            what += "; the file is damaged: keep it aside and restore a backup with `rasid restore`";
        } else if (kind == SQLITE_FULL) {
            what += "; free some space on its disk";
        } else if (kind == SQLITE_CANTOPEN) {
            what += "; its folder must exist, be writable and not be on a read-only disk";
        } else if (kind == SQLITE_READONLY || kind == SQLITE_PERM) {
            what += "; this user may only read it";
        }
        throw StoreError(what);
    }

    std::string path_;
    bool read_only_;
    sqlite3* db_ = nullptr;
    std::unordered_map<std::string, Prepared, TextHash, std::equal_to<>> statements_ = {};
    bool began_ = false;
    bool suspect_ = false;
    SqliteSearchIndex search_index_{*this};
};

}  // namespace

std::unique_ptr<Engine> open_sqlite(const std::string& path, bool read_only) {
    return std::make_unique<SqliteEngine>(path, read_only);
}

}  // namespace rasid
