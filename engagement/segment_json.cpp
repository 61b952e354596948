#include "engagement/segment.hpp"

#include <algorithm>
#include <array>

namespace rasid {
namespace {

using Kind = SegmentField::Kind;
using Join = Predicate::Join;

constexpr int kMostConditions = 200;
constexpr std::array<std::pair<Join, std::string_view>, 3> kJoins = {
    {{Join::all, "all"}, {Join::any, "any"}, {Join::none, "none"}}};

bool needs_no_value(std::string_view op) { return op == "known" || op == "unknown"; }

bool has_operator(Kind kind, std::string_view op) {
    const auto operators = operators_of(kind);
    return std::ranges::find(operators, op) != operators.end();
}

Result<Predicate> condition_of(JsonView json) {
    Predicate condition{.join = Join::condition, .field = json["field"].text_or(""), .op = json["op"].text_or("")};
    const auto field = std::ranges::find(segment_fields(), std::string_view(condition.field), &SegmentField::name);
    if (field == segment_fields().end()) {
        std::string known;
        for (const auto& each : segment_fields()) known += " " + std::string(each.name);
        return Failure{Failure::Kind::malformed, "there is no field `" + condition.field + "`; there are" + known};
    }
    if (!has_operator(field->kind, condition.op))
        return Failure{Failure::Kind::malformed, "`" + condition.field + "` has no operator `" + condition.op + "`"};
    if (needs_no_value(condition.op)) return condition;
    const auto value = json["value"];
    if (field->kind == Kind::number) {
        if (!value.number())
            return Failure{Failure::Kind::malformed, "`" + condition.field + "` compares with a number"};
        condition.number = *value.number();
    } else {
        if (!value.string()) return Failure{Failure::Kind::malformed, "`" + condition.field + "` compares with a text"};
        condition.text = *value.string();
    }
    return condition;
}

Result<Predicate> read(JsonView json, int& conditions) {
    for (const auto& [join, word] : kJoins) {
        const auto parts = json[word];
        if (!parts.exists()) continue;
        if (!parts.is_array()) return Failure{Failure::Kind::malformed, "`" + std::string(word) + "` needs a list"};
        Predicate predicate{.join = join};
        for (const auto& part : parts.items()) {
            auto inner = read(part, conditions);
            if (!inner) return inner;
            predicate.parts.push_back(std::move(*inner));
        }
        return predicate;
    }
    if (!json.is_object())
        return Failure{Failure::Kind::malformed, "a predicate is an object with all, any, none or field"};
    if (++conditions > kMostConditions) return Failure{Failure::Kind::malformed, "more than 200 conditions"};
    return condition_of(json);
}

}  // namespace

std::vector<std::string> operators_of(SegmentField::Kind kind) {
    if (kind == Kind::text) return {"is", "is_not", "contains", "known", "unknown"};
    if (kind == Kind::list) return {"has", "has_not", "known", "unknown"};
    return {"is", "at_least", "at_most", "known", "unknown"};
}

Result<Predicate> parse_predicate(JsonView json) {
    int conditions = 0;
    return read(json, conditions);
}

void write_predicate(JsonWriter& out, const Predicate& predicate) {
    out.object([&] {
        for (const auto& [join, word] : kJoins) {
            if (predicate.join != join) continue;
            out.key(word);
            out.array([&] {
                for (const auto& part : predicate.parts) write_predicate(out, part);
            });
        }
        if (predicate.join != Join::condition) return;
        out.member("field", predicate.field);
        out.member("op", predicate.op);
        if (needs_no_value(predicate.op)) return;
        const auto field = std::ranges::find(segment_fields(), std::string_view(predicate.field), &SegmentField::name);
        if (field != segment_fields().end() && field->kind == Kind::number)
            out.member("value", predicate.number);
        else
            out.member("value", predicate.text);
    });
}

}  // namespace rasid
