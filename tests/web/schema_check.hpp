#pragma once

#include "core/json.hpp"

#include <string>
#include <vector>

namespace rasid {

/// Checks a value against a schema of an OpenAPI file, of which it knows what that file uses: $ref, anyOf, allOf, type,
/// enum, required, properties, additionalProperties, items, format date and date-time. A member that the schema does
/// not name is a finding too: what is answered is documented.
class SchemaCheck {
public:
    explicit SchemaCheck(JsonView file) : file_(file) {}

    /// What does not fit, each with its place; empty: it fits.
    std::vector<std::string> findings(JsonView schema, JsonView value) const;

    /// The schema that a reference names; absent when there is none.
    JsonView resolved(JsonView schema) const;

private:
    void check(JsonView schema, JsonView value, const std::string& at, std::vector<std::string>& found) const;
    void check_object(JsonView schema, JsonView value, const std::string& at, std::vector<std::string>& found) const;
    bool knows_member(JsonView schema, std::string_view name) const;

    JsonView file_;
};

}  // namespace rasid
