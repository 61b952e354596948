#pragma once

#include "storage/engine.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace rasid {

/// A statement that is put together from conditions; parameters get their numbers in order of first use. Texts must
/// outlive it.
struct Statement {
    std::string sql = {};
    std::vector<Value> values = {};

    std::string bind(Value value) {
        values.push_back(value);
        return "$" + std::to_string(values.size());
    }
    /// AND brand IN (…); nothing where `brands` is empty.
    void only_brands(const std::vector<std::string>& brands) {
        if (brands.empty()) return;
        sql += " AND brand IN (";
        for (const auto& brand : brands) sql += bind(brand) + ",";
        sql.back() = ')';
    }
};

/// A LIKE pattern for "contains", with \ as the escape.
inline std::string containing(std::string_view part) {
    std::string pattern = "%";
    for (const char byte : part) {
        if (byte == '%' || byte == '_' || byte == '\\') pattern += '\\';
        pattern += byte;
    }
    return pattern + "%";
}

}  // namespace rasid
