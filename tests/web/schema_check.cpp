#include "tests/web/schema_check.hpp"

#include <algorithm>

namespace rasid {
namespace {

bool is_of_type(JsonView value, std::string_view type) {
    if (type == "null") return value.is_null();
    if (type == "string") return value.is_string();
    if (type == "boolean") return value.is_bool();
    if (type == "integer") return value.integer().has_value();
    if (type == "number") return value.is_number();
    if (type == "array") return value.is_array();
    return type == "object" && value.is_object();
}

bool type_fits(JsonView type, JsonView value) {
    if (type.is_string()) return is_of_type(value, *type.string());
    const auto types = type.items();
    return std::any_of(types.begin(), types.end(), [&](JsonView one) { return is_of_type(value, one.text_or("")); });
}

bool format_fits(std::string_view format, std::string_view text) {
    if (format == "date-time") return parse_rfc3339(text).has_value();
    if (format == "date") return text.size() == 10 && parse_rfc3339(std::string(text) + "T00:00:00Z").has_value();
    return true;
}

bool is_among(JsonView list, JsonView value) {
    const auto items = list.items();
    return value.is_null() ||
           std::any_of(items.begin(), items.end(), [&](JsonView one) { return one.string() == value.string(); });
}

}  // namespace

JsonView SchemaCheck::resolved(JsonView schema) const {
    const auto name = schema["$ref"].string();
    if (!name) return schema;
    JsonView found = file_;
    auto rest = name->starts_with("#/") ? name->substr(2) : std::string_view();
    while (!rest.empty()) {
        const auto slash = rest.find('/');
        found = found[rest.substr(0, slash)];
        rest = slash == std::string_view::npos ? std::string_view() : rest.substr(slash + 1);
    }
    return found;
}

std::vector<std::string> SchemaCheck::findings(JsonView schema, JsonView value) const {
    std::vector<std::string> found;
    check(schema, value, "", found);
    return found;
}

void SchemaCheck::check(JsonView given, JsonView value, const std::string& at, std::vector<std::string>& found) const {
    const auto schema = resolved(given);
    if (!schema.exists()) {
        found.push_back(at + ": the schema does not exist");
        return;
    }
    if (const auto choices = schema["anyOf"].items(); !choices.empty()) {
        std::vector<std::string> least;
        for (const auto& choice : choices) {
            std::vector<std::string> one;
            check(choice, value, at, one);
            if (one.empty()) return;
            least = std::move(one);
        }
        found.insert(found.end(), least.begin(), least.end());
        return;
    }
    if (const auto type = schema["type"]; type.exists() && !type_fits(type, value)) {
        found.push_back(at + ": of the wrong type");
        return;
    }
    if (schema["enum"].exists() && !is_among(schema["enum"], value)) found.push_back(at + ": none of the words");
    if (const auto text = value.string(); text && !format_fits(schema["format"].text_or(""), *text))
        found.push_back(at + ": not of the format");
    if (value.is_object()) check_object(schema, value, at, found);
    const auto items = value.items();
    for (std::size_t i = 0; i < items.size() && schema["items"].exists(); ++i)
        check(schema["items"], items[i], at + "/" + std::to_string(i), found);
}

void SchemaCheck::check_object(JsonView schema, JsonView value, const std::string& at,
                               std::vector<std::string>& found) const {
    const auto parts = schema["allOf"].items();
    for (const auto& part : parts) {
        const auto named = resolved(part);
        for (const auto& name : named["required"].items()) {
            if (!value[name.text_or("")].exists()) found.push_back(at + "/" + name.text_or("") + ": is missing");
        }
    }
    for (const auto& name : schema["required"].items()) {
        if (!value[name.text_or("")].exists()) found.push_back(at + "/" + name.text_or("") + ": is missing");
    }
    const bool open = parts.empty() && (!schema["properties"].exists() || schema["additionalProperties"].exists());
    for (const auto& [name, member] : value.members()) {
        const auto place = at + "/" + std::string(name);
        if (!open && !knows_member(schema, name)) found.push_back(place + ": is not documented");
        if (schema["properties"][name].exists()) check(schema["properties"][name], member, place, found);
        for (const auto& part : parts) {
            const auto property = resolved(part)["properties"][name];
            if (property.exists()) check(property, member, place, found);
        }
    }
}

bool SchemaCheck::knows_member(JsonView schema, std::string_view name) const {
    if (schema["properties"][name].exists()) return true;
    const auto parts = schema["allOf"].items();
    return std::any_of(parts.begin(), parts.end(),
                       [&](JsonView part) { return resolved(part)["properties"][name].exists(); });
}

}  // namespace rasid
