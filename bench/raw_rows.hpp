#pragma once

#include <sqlite3.h>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>
#include <variant>
#include <vector>

// The rows that a run has written, and what SQLite alone takes to write them again.

namespace rasid {

/// A connection for the comparison, ended with it; what fails there ends the benchmark.
class RawDatabase {
public:
    explicit RawDatabase(const std::string& path) { expect(sqlite3_open(path.c_str(), &database_)); }
    ~RawDatabase() { sqlite3_close(database_); }
    RawDatabase(const RawDatabase&) = delete;
    RawDatabase& operator=(const RawDatabase&) = delete;

    void run(const std::string& sql) { expect(sqlite3_exec(database_, sql.c_str(), nullptr, nullptr, nullptr)); }
    sqlite3_stmt* prepare(const std::string& sql) {
        sqlite3_stmt* statement = nullptr;
        expect(sqlite3_prepare_v2(database_, sql.c_str(), -1, &statement, nullptr));
        return statement;
    }
    void expect(int code, int wanted = SQLITE_OK) {
        if (code == wanted) return;
        std::fprintf(stderr, "raw insertion: %s\n", sqlite3_errmsg(database_));
        std::exit(1);
    }

private:
    sqlite3* database_ = nullptr;
};

/// The rows of one table as SQLite hands them out.
class TableRows {
public:
    using Cell = std::variant<std::monostate, std::int64_t, double, std::string>;

    TableRows(RawDatabase& database, std::string name) : name_(std::move(name)) {
        auto* all = database.prepare("SELECT * FROM " + name_);
        columns_ = sqlite3_column_count(all);
        while (sqlite3_step(all) == SQLITE_ROW)
            for (int i = 0; i < columns_; ++i) cells_.push_back(cell(all, i));
        sqlite3_finalize(all);
    }

    const std::string& name() const { return name_; }
    std::size_t size() const { return cells_.size() / static_cast<std::size_t>(columns_); }

    sqlite3_stmt* prepare_insertion(RawDatabase& database) const {
        std::string places = "?";
        for (int i = 1; i < columns_; ++i) places += ",?";
        return database.prepare("INSERT INTO " + name_ + " VALUES (" + places + ")");
    }

    void insert(RawDatabase& database, sqlite3_stmt* one, std::size_t row) const {
        for (int i = 0; i < columns_; ++i)
            bind(one, i + 1, cells_[row * static_cast<std::size_t>(columns_) + static_cast<std::size_t>(i)]);
        database.expect(sqlite3_step(one), SQLITE_DONE);
        sqlite3_reset(one);
    }

private:
    static Cell cell(sqlite3_stmt* row, int column) {
        switch (sqlite3_column_type(row, column)) {
        case SQLITE_INTEGER:
            return std::int64_t{sqlite3_column_int64(row, column)};
        case SQLITE_FLOAT:
            return sqlite3_column_double(row, column);
        case SQLITE_NULL:
            return {};
        default:
            return std::string(reinterpret_cast<const char*>(sqlite3_column_text(row, column)));
        }
    }

    static void bind(sqlite3_stmt* one, int place, const Cell& value) {
        if (const auto* number = std::get_if<std::int64_t>(&value))
            sqlite3_bind_int64(one, place, *number);
        else if (const auto* real = std::get_if<double>(&value))
            sqlite3_bind_double(one, place, *real);
        else if (const auto* text = std::get_if<std::string>(&value))
            sqlite3_bind_text(one, place, text->data(), static_cast<int>(text->size()), SQLITE_STATIC);
        else
            sqlite3_bind_null(one, place);
    }

    std::string name_;
    int columns_ = 0;
    std::vector<Cell> cells_;
};

/// Every row that a run has written, of all tables: what a new database does not hold by itself.
class Rows {
public:
    Rows(const std::string& written, const std::string& fresh) {
        RawDatabase database(written);
        database.run("ATTACH '" + fresh + "' AS fresh");
        auto* names = database.prepare(
            "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' "
            "ESCAPE '\\' AND sql NOT LIKE 'CREATE VIRTUAL%' AND name NOT LIKE 'search\\_text%' ESCAPE '\\'");
        while (sqlite3_step(names) == SQLITE_ROW) {
            const std::string name = reinterpret_cast<const char*>(sqlite3_column_text(names, 0));
            if (holds_rows(database, "fresh." + name)) continue;
            TableRows table(database, name);
            if (table.size() > 0) tables_.push_back(std::move(table));
        }
        sqlite3_finalize(names);
    }

    const std::vector<TableRows>& tables() const { return tables_; }

    /// Seconds that prepared INSERTs of every row take in a database with the same schema and settings, as many
    /// transactions as there were batches, each with its share of every table. Foreign keys are not checked: a share
    /// may hold a row before the one that it names.
    double insert(const std::string& path, std::size_t batches) const {
        RawDatabase database(path);
        for (const auto* setting : {"journal_mode=WAL", "synchronous=FULL", "secure_delete=ON",
                                    "wal_autocheckpoint=16384", "cache_size=-65536"})
            database.run(std::string("PRAGMA ") + setting);
        std::vector<sqlite3_stmt*> insertions;
        for (const auto& table : tables_) insertions.push_back(table.prepare_insertion(database));
        const auto began = std::chrono::steady_clock::now();
        for (std::size_t batch = 0; batch < batches; ++batch) {
            database.run("BEGIN IMMEDIATE");
            for (std::size_t i = 0; i < tables_.size(); ++i) {
                const auto end = tables_[i].size() * (batch + 1) / batches;
                for (auto row = tables_[i].size() * batch / batches; row < end; ++row)
                    tables_[i].insert(database, insertions[i], row);
            }
            database.run("COMMIT");
        }
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
        for (auto* insertion : insertions) sqlite3_finalize(insertion);
        return took.count();
    }

private:
    static bool holds_rows(RawDatabase& database, const std::string& table) {
        auto* one = database.prepare("SELECT 1 FROM " + table + " LIMIT 1");
        const bool found = sqlite3_step(one) == SQLITE_ROW;
        sqlite3_finalize(one);
        return found;
    }

    std::vector<TableRows> tables_;
};

}  // namespace rasid
