#pragma once

#include "core/customer.hpp"
#include "core/failure.hpp"
#include "core/json.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace rasid {

/// Who belongs to a segment: a condition on one field, or several predicates joined.
struct Predicate {
    enum class Join { condition, all, any, none };
    Join join = Join::all;
    std::vector<Predicate> parts = {};  ///< of all, any, none; `all` of nothing is everybody
    std::string field = {};             ///< of a condition, as the rest
    std::string op = {};  ///< is | is_not | contains | has | has_not | at_least | at_most | known | unknown
    std::string text = {};
    double number = 0;

    bool operator==(const Predicate&) const = default;
};

struct Segment {
    std::string name = {};
    Predicate predicate = {};

    bool operator==(const Segment&) const = default;
};

/// A customer with the figures that conditions may ask for; absent: no figure.
struct SegmentFacts {
    const Customer* customer = nullptr;
    Date today = {};
    std::string rfm_segment = {};
    std::optional<double> rfm = {};
    std::optional<double> familiarity = {};
    std::optional<double> risk = {};
    std::optional<double> clv_minor = {};
    std::optional<double> expected_loss_minor = {};
};

/// A field that conditions may ask about.
struct SegmentField {
    enum class Kind { text, list, number };
    std::string_view name;
    Kind kind;
};
std::span<const SegmentField> segment_fields();
/// What conditions on a field of this kind may ask.
std::vector<std::string> operators_of(SegmentField::Kind kind);

/// Whether a customer belongs. Texts compare folded. A number that is not known fulfils `unknown` alone.
bool matches(const Predicate& predicate, const SegmentFacts& facts);

/// {"all": [{"field": "age", "op": "at_least", "value": 30}, {"any": […]}, {"none": […]}]}. Fails with malformed: an
/// unknown field (with what exists), an operator that the field does not have, a value of the wrong type, more than 200
/// conditions.
Result<Predicate> parse_predicate(JsonView json);
void write_predicate(JsonWriter& out, const Predicate& predicate);

}  // namespace rasid
