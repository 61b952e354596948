#include "rules/query_fields.hpp"

#include "core/text/fold.hpp"
#include "core/text/lower_ascii.hpp"
#include "core/toml.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

namespace rasid {
namespace {

constexpr std::array<std::pair<QueryField::Name, std::string_view>, 16> kNames = {{
    {QueryField::Name::author, "author"},
    {QueryField::Name::name, "name"},
    {QueryField::Name::platform, "platform"},
    {QueryField::Name::source, "source"},
    {QueryField::Name::language, "lang"},
    {QueryField::Name::sentiment, "sentiment"},
    {QueryField::Name::followers, "followers"},
    {QueryField::Name::is, "is"},
    {QueryField::Name::has, "has"},
    {QueryField::Name::url, "url"},
    {QueryField::Name::domain, "domain"},
    {QueryField::Name::conversation, "conversation"},
    {QueryField::Name::customer, "customer"},
    {QueryField::Name::tier, "tier"},
    {QueryField::Name::plan, "plan"},
    {QueryField::Name::stars, "stars"},
}};

std::string print_number(double number) {
    std::array<char, 64> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number, std::chars_format::fixed).ptr;
    return std::string(buffer.data(), end);
}

bool is_plain_value(std::string_view value) {
    return !value.empty() && value.find_first_of("\"\\(), \t\r\n") == std::string_view::npos;
}

std::string_view print_comparison(QueryField::Comparison comparison) {
    switch (comparison) {
    case QueryField::Comparison::greater:
        return ">";
    case QueryField::Comparison::at_least:
        return ">=";
    case QueryField::Comparison::less:
        return "<";
    case QueryField::Comparison::at_most:
        return "<=";
    default:
        return ":";
    }
}

}  // namespace

std::string_view to_string(QueryField::Name name) {
    for (const auto& [known, word] : kNames)
        if (known == name) return word;
    return {};
}

std::vector<QueryField::Name> field_names() {
    std::vector<QueryField::Name> names;
    for (const auto& [name, word] : kNames) names.push_back(name);
    return names;
}

std::vector<std::string> field_words(QueryField::Name name) {
    switch (name) {
    case QueryField::Name::sentiment:
        return {"negative", "neutral", "positive"};
    case QueryField::Name::is:
        return {"reply", "verified"};
    case QueryField::Name::has:
        return {"link", "hashtag", "mention"};
    default:
        return {};
    }
}

std::optional<QueryField::Name> parse_field_name(std::string_view word) {
    for (const auto& [name, known] : kNames)
        if (known == word) return name;
    return std::nullopt;
}

QueryProblem unknown_field(std::string_view word) {
    std::vector<std::string> names;
    for (const auto& [name, known] : kNames) names.emplace_back(known);
    const auto near = nearest(lower_ascii(word), names);
    if (near.empty()) return {"query.field.unknown", {{"field", std::string(word)}}};
    return {"query.field.unknown_near", {{"field", std::string(word)}, {"nearest", near}}};
}

bool is_numeric(QueryField::Name name) {
    return name == QueryField::Name::followers || name == QueryField::Name::stars;
}

std::optional<QueryProblem> wrong_field_value(const QueryField& field) {
    const auto allowed = field_words(field.name);
    if (allowed.empty()) return std::nullopt;
    for (const auto& value : field.values) {
        if (std::find(allowed.begin(), allowed.end(), value) != allowed.end()) continue;
        std::string list;
        for (const auto& word : allowed) list.append(list.empty() ? "" : ", ").append(word);
        QueryProblem problem{"query.field.value",
                             {{"field", std::string(to_string(field.name))}, {"value", value}, {"allowed", list}}};
        if (const auto near = nearest(lower_ascii(value), allowed); !near.empty())
            problem = {"query.field.value_near",
                       {{"field", std::string(to_string(field.name))},
                        {"value", value},
                        {"nearest", near},
                        {"allowed", list}}};
        return problem;
    }
    return std::nullopt;
}

std::optional<double> parse_field_number(std::string_view written) {
    if (written.size() > 40) return std::nullopt;
    // Not folded as a whole: 1000 has a run of zeros.
    std::string digits;
    for (std::size_t at = 0; at < written.size();) {
        const auto from = at;
        next_character(written, at);
        digits += fold_text(written.substr(from, at - from));
    }
    std::string_view text = digits;
    double factor = 1;
    if (text.ends_with('k') || text.ends_with('K')) factor = 1e3;
    if (text.ends_with('m') || text.ends_with('M')) factor = 1e6;
    if (factor > 1) text.remove_suffix(1);
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed);
    if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(number)) return std::nullopt;
    number *= factor;
    if (number < 0 || number > 1e15) return std::nullopt;
    return number;
}

std::string print_field(const QueryField& field) {
    std::string out(to_string(field.name));
    out += print_comparison(field.comparison);
    if (is_numeric(field.name)) return out + print_number(field.number);
    for (std::size_t i = 0; i < field.values.size(); ++i) {
        if (i > 0) out += ',';
        const auto& value = field.values[i];
        if (is_plain_value(value)) {
            out += value;
            continue;
        }
        out += '"';
        for (const char c : value) {
            if (c == '"' || c == '\\') out += '\\';
            out += c;
        }
        out += '"';
    }
    return out;
}

}  // namespace rasid
