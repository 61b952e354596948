#pragma once

#include "core/instant.hpp"
#include "storage/search_index.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

namespace rasid {

/// A parameter of a statement. Text is copied when the statement is asked, so a temporary is fine.
class Value {
public:
    Value() = default;  ///< NULL
    Value(std::int64_t number) : content_(number) {}
    Value(int number) : content_(std::int64_t{number}) {}
    Value(bool flag) : content_(std::int64_t{flag}) {}
    Value(double number) : content_(number) {}
    Value(std::string_view text) : content_(text) {}
    Value(const std::string& text) : content_(std::string_view(text)) {}
    Value(const char* text) : content_(std::string_view(text)) {}
    Value(Instant at) : content_(to_micros(at)) {}
    template <typename T>
    Value(const std::optional<T>& maybe) {
        if (maybe) *this = Value(*maybe);
    }

    using Content = std::variant<std::monostate, std::int64_t, double, std::string_view>;
    const Content& content() const { return content_; }

private:
    Content content_;
};

/// The rows of one statement. Ends the statement when destroyed; must not outlive its engine.
class Answer {
public:
    virtual ~Answer() = default;
    virtual bool next() = 0;  ///< the next row; false: there is none
    virtual bool null(int column) const = 0;
    virtual std::int64_t integer(int column) const = 0;
    virtual double real(int column) const = 0;
    virtual std::string_view text(int column) const = 0;  ///< valid until the next row
};

/// Takes the columns of a row from left to right.
class Columns {
public:
    explicit Columns(const Answer& answer) : answer_(answer) {}

    std::string text() { return std::string(answer_.text(column_++)); }
    std::int64_t integer() { return answer_.integer(column_++); }
    int small() { return static_cast<int>(integer()); }
    bool flag() { return integer() != 0; }
    Instant instant() { return from_micros(integer()); }
    std::optional<std::int64_t> maybe_integer() {
        return take_unless_null([this] { return integer(); });
    }
    std::optional<double> maybe_real() {
        return take_unless_null([this] { return answer_.real(column_++); });
    }
    std::optional<Instant> maybe_instant() {
        return take_unless_null([this] { return instant(); });
    }

private:
    template <typename Take>
    auto take_unless_null(Take take) -> std::optional<decltype(take())> {
        if (!answer_.null(column_)) return take();
        ++column_;
        return std::nullopt;
    }

    const Answer& answer_;
    int column_ = 0;
};

/// One connection to a database: what SQLite and PostgreSQL do differently, and nothing else. The SQL above it is the
/// same for both: parameters $1…$n in order of first use, TEXT ids, BIGINT microseconds, ON CONFLICT, RETURNING,
/// SAVEPOINT.
///
/// Used by one thread at a time. Every method throws StoreError when the database fails. After a failure that made the
/// database roll back by itself, every statement fails until `rollback`.
class Engine {
public:
    virtual ~Engine() = default;

    /// Runs a statement; statements are prepared once and kept.
    template <typename... Values>
    std::unique_ptr<Answer> ask(std::string_view sql, const Values&... values) {
        const std::array<Value, sizeof...(Values)> list = {Value(values)...};
        return ask_with(sql, list);
    }
    virtual std::unique_ptr<Answer> ask_with(std::string_view sql, std::span<const Value> values) = 0;

    /// Runs a statement to its end. Returns how many rows it changed.
    template <typename... Values>
    std::int64_t run(std::string_view sql, const Values&... values) {
        const std::array<Value, sizeof...(Values)> list = {Value(values)...};
        return run_with(sql, list);
    }
    virtual std::int64_t run_with(std::string_view sql, std::span<const Value> values) = 0;

    /// Runs several statements without parameters.
    virtual void script(std::string_view sql) = 0;

    enum class Access { read, write };
    virtual void begin(Access access) = 0;
    virtual void commit() = 0;  ///< durable when it returns; when it throws, nothing of the transaction was kept
    virtual void rollback() noexcept = 0;  ///< also after a failed commit
    virtual bool in_transaction() const = 0;

    virtual SearchIndex& search_index() = 0;

    /// Overwrites what committed erasures left behind outside the tables. Does what it can; call it outside
    /// transactions.
    virtual void scrub() noexcept = 0;

    /// Writes the whole database anew, so that nothing erased is left in unused parts of its pages or beside it. Takes
    /// as long as copying it, and as much room. False: it could not be done. Call it outside transactions.
    virtual bool rewrite() noexcept = 0;

    /// Copies what is committed into a new file that only its owner may read. Allowed inside a transaction.
    virtual void copy_to(const std::string& path) = 0;

    /// A new unpredictable name for an installation.
    virtual std::string make_instance_id() = 0;
};

}  // namespace rasid
