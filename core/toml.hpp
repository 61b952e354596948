#pragma once

#include "core/setup.hpp"
#include "core/setup_toml.hpp"
#include "core/suggestion.hpp"

#include <toml++/toml.h>

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rasid {

/// Strict reading of one TOML table: every value knows its place, and what nobody asked for is an error with a
/// suggestion.
///
///     TomlReader reader(table, "rasid.toml", "storage", errors);
///     config.url = reader.required_string("url");
///     reader.finish();   // reports unknown keys
class TomlReader {
public:
    TomlReader(const toml::table& table, std::string file, std::string place, std::vector<SetupError>& errors);

    std::optional<std::string> string(std::string_view key);
    std::string required_string(std::string_view key);
    std::optional<std::int64_t> integer(std::string_view key);
    std::optional<bool> boolean(std::string_view key);
    std::optional<double> number(std::string_view key);
    std::optional<std::vector<double>> numbers(std::string_view key);
    std::vector<std::pair<std::string, double>> number_table(std::string_view key);  ///< { name = number, … }
    std::optional<Duration> duration(std::string_view key);                          ///< a string such as "15m"
    std::vector<std::string> strings(std::string_view key);

    /// A whole number within bounds. Where there is none, or an error, what it is otherwise.
    int whole_number(std::string_view key, std::int64_t least, std::int64_t most, int otherwise);
    Duration duration_of_at_least(std::string_view key, Duration least, Duration otherwise);

    const toml::table* table(std::string_view key);
    std::vector<const toml::table*> tables(std::string_view key);  ///< an array of tables

    /// Where the value of a key stands; the table's own place when the key is absent.
    Origin origin(std::string_view key) const;
    Origin origin() const;

    void error(Origin origin, std::string what);
    void error_at(std::string_view key, std::string what) { error(origin(key), std::move(what)); }
    /// An error at the key unless `value` is one of the known words.
    void require_one_of(std::string_view key, const std::string& value, const std::vector<std::string>& known);

    /// Reports every key that was never asked for.
    void finish();

private:
    const toml::node* find(std::string_view key);
    void wrong_type(std::string_view key, const toml::node& node, std::string_view wanted);

    const toml::table& table_;
    std::string file_;
    std::string place_;
    std::vector<SetupError>& errors_;
    std::set<std::string, std::less<>> asked_;
};

/// Parses a document; a syntax error is appended to `errors` and gives nullopt.
std::optional<toml::table> parse_toml(std::string_view text, std::string_view file_name,
                                      std::vector<SetupError>& errors);

}  // namespace rasid
