#pragma once

#include "core/instant.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rasid {

/// A TOML string: literal where that is the readable form (queries are full of double quotes), else basic.
std::string toml_quoted(std::string_view text);
std::string toml_quoted_list(const std::vector<std::string>& list);

/// The shortest text that reads back as the same number.
std::string toml_number(double number);

/// Any of them as the value of a key.
std::string toml_value(std::string_view text);
std::string toml_value(const std::vector<std::string>& list);
std::string toml_value(const std::vector<double>& numbers);
std::string toml_value(bool flag);
std::string toml_value(int number);
std::string toml_value(double number);
std::string toml_value(Duration length);

/// The lines of a table.
class TomlLines {
public:
    /// `value` is TOML already.
    void line(std::string_view key, std::string_view value);

    /// Only where it is not the usual one.
    template <typename T>
    void unusual(std::string_view key, const T& value, const T& usual) {
        if (value != usual) line(key, toml_value(value));
    }

    std::string take() && { return std::move(out_); }

private:
    std::string out_;
};

}  // namespace rasid
