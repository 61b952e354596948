#include "core/toml.hpp"

#include <algorithm>
#include <sstream>

namespace rasid {
namespace {

Origin origin_of(const toml::node& node, const std::string& file) {
    const auto& begin = node.source().begin;
    return {file, static_cast<int>(begin.line), static_cast<int>(begin.column)};
}

std::string_view name_of(toml::node_type type) {
    switch (type) {
    case toml::node_type::table:
        return "a table";
    case toml::node_type::array:
        return "an array";
    case toml::node_type::string:
        return "a string";
    case toml::node_type::integer:
        return "a whole number";
    case toml::node_type::floating_point:
        return "a number with a fraction";
    case toml::node_type::boolean:
        return "true or false";
    default:
        return "a date or time";
    }
}

}  // namespace

TomlReader::TomlReader(const toml::table& table, std::string file, std::string place, std::vector<SetupError>& errors)
    : table_(table), file_(std::move(file)), place_(std::move(place)), errors_(errors) {}

const toml::node* TomlReader::find(std::string_view key) {
    asked_.emplace(key);
    return table_.get(key);
}

void TomlReader::wrong_type(std::string_view key, const toml::node& node, std::string_view wanted) {
    error(origin_of(node, file_),
          "`" + std::string(key) + "` is " + std::string(name_of(node.type())) + "; write " + std::string(wanted));
}

std::optional<std::string> TomlReader::string(std::string_view key) {
    const auto* node = find(key);
    if (!node) return std::nullopt;
    if (const auto* text = node->as_string()) return text->get();
    wrong_type(key, *node, "a string in quotes");
    return std::nullopt;
}

std::string TomlReader::required_string(std::string_view key) {
    if (!find(key)) {
        error(origin(),
              "`" + std::string(key) + "` is missing in [" + place_ + "]; add " + std::string(key) + " = \"…\"");
        return {};
    }
    auto text = string(key);
    if (text && text->empty()) error_at(key, "`" + std::string(key) + "` is empty; give it a value");
    return text.value_or("");
}

std::optional<std::int64_t> TomlReader::integer(std::string_view key) {
    const auto* node = find(key);
    if (!node) return std::nullopt;
    if (const auto* number = node->as_integer()) return number->get();
    wrong_type(key, *node, "a whole number without quotes");
    return std::nullopt;
}

std::optional<bool> TomlReader::boolean(std::string_view key) {
    const auto* node = find(key);
    if (!node) return std::nullopt;
    if (const auto* flag = node->as_boolean()) return flag->get();
    wrong_type(key, *node, "true or false without quotes");
    return std::nullopt;
}

std::optional<double> TomlReader::number(std::string_view key) {
    const auto* node = find(key);
    if (!node) return std::nullopt;
    const auto number = node->value<double>();
    if (number && node->is_number()) return number;
    wrong_type(key, *node, "a number without quotes");
    return std::nullopt;
}

std::optional<std::vector<double>> TomlReader::numbers(std::string_view key) {
    const auto* node = find(key);
    if (!node) return std::nullopt;
    const auto* array = node->as_array();
    if (!array) {
        wrong_type(key, *node, "a list of numbers in brackets");
        return std::nullopt;
    }
    std::vector<double> list;
    for (const auto& element : *array) {
        const auto number = element.value<double>();
        if (!number || !element.is_number()) {
            wrong_type(key, element, "numbers without quotes");
            return std::nullopt;
        }
        list.push_back(*number);
    }
    return list;
}

std::vector<std::pair<std::string, double>> TomlReader::number_table(std::string_view key) {
    const auto* node = find(key);
    if (!node) return {};
    const auto* table = node->as_table();
    if (!table) {
        wrong_type(key, *node, "names and numbers in braces");
        return {};
    }
    std::vector<std::pair<std::string, double>> list;
    for (const auto& [name, element] : *table) {
        if (const auto number = element.value<double>(); number && element.is_number())
            list.emplace_back(name.str(), *number);
        else
            wrong_type(name.str(), element, "a number without quotes");
    }
    return list;
}

std::optional<Duration> TomlReader::duration(std::string_view key) {
    const auto text = string(key);
    if (!text) return std::nullopt;
    const auto parsed = parse_duration(*text);
    if (!parsed) error_at(key, "`" + *text + "` is no duration; write for example \"15m\", \"8h\" or \"1h30m\"");
    return parsed;
}

std::vector<std::string> TomlReader::strings(std::string_view key) {
    std::vector<std::string> list;
    const auto* node = find(key);
    if (!node) return list;
    const auto* array = node->as_array();
    if (!array) {
        wrong_type(key, *node, "a list of strings such as [\"a\", \"b\"]");
        return list;
    }
    for (const auto& item : *array) {
        if (const auto* text = item.as_string())
            list.push_back(text->get());
        else
            wrong_type(key, item, "strings in the list");
    }
    return list;
}

int TomlReader::whole_number(std::string_view key, std::int64_t least, std::int64_t most, int otherwise) {
    const auto given = integer(key);
    if (!given) return otherwise;
    if (*given >= least && *given <= most) return static_cast<int>(*given);
    error_at(key, "`" + std::string(key) + "` must be a whole number from " + std::to_string(least) + " to " +
                      std::to_string(most));
    return otherwise;
}

Duration TomlReader::duration_of_at_least(std::string_view key, Duration least, Duration otherwise) {
    const auto given = duration(key);
    if (!given) return otherwise;
    if (*given >= least) return *given;
    error_at(key, "`" + std::string(key) + "` must be at least " + to_duration_text(least));
    return otherwise;
}

const toml::table* TomlReader::table(std::string_view key) {
    const auto* node = find(key);
    if (!node) return nullptr;
    const auto* found = node->as_table();
    if (!found) wrong_type(key, *node, "a table such as { … } or [" + std::string(key) + "]");
    return found;
}

std::vector<const toml::table*> TomlReader::tables(std::string_view key) {
    std::vector<const toml::table*> list;
    const auto* node = find(key);
    if (!node) return list;
    const auto* array = node->as_array();
    if (!array) {
        wrong_type(key, *node, "one or more [[" + std::string(key) + "]]");
        return list;
    }
    for (const auto& item : *array) {
        if (const auto* found = item.as_table())
            list.push_back(found);
        else
            wrong_type(key, item, "tables");
    }
    return list;
}

Origin TomlReader::origin(std::string_view key) const {
    const auto* node = table_.get(key);
    return node ? origin_of(*node, file_) : origin();
}

Origin TomlReader::origin() const { return origin_of(table_, file_); }

void TomlReader::error(Origin origin, std::string what) { errors_.push_back({std::move(origin), std::move(what)}); }

void TomlReader::require_one_of(std::string_view key, const std::string& value, const std::vector<std::string>& known) {
    if (std::find(known.begin(), known.end(), value) == known.end())
        error_at(key, "`" + value + "` is no " + std::string(key) + suggestion(value, known));
}

void TomlReader::finish() {
    for (const auto& [key, node] : table_) {
        if (asked_.contains(key.str())) continue;
        const auto& begin = key.source().begin;
        const Origin origin{file_, static_cast<int>(begin.line), static_cast<int>(begin.column)};
        error(origin, "unknown key `" + std::string(key.str()) + "` in [" + place_ + "]" +
                          suggestion(key.str(), {asked_.begin(), asked_.end()}));
    }
}

std::optional<toml::table> parse_toml(std::string_view text, std::string_view file_name,
                                      std::vector<SetupError>& errors) {
    try {
        return toml::parse(text, file_name);
    } catch (const toml::parse_error& error) {
        const auto& begin = error.source().begin;
        errors.push_back({{std::string(file_name), static_cast<int>(begin.line), static_cast<int>(begin.column)},
                          "not valid TOML: " + std::string(error.description())});
        return std::nullopt;
    }
}

}  // namespace rasid
