#include "rules/query_fields.hpp"

#include "core/toml.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

namespace rasid {
namespace {

using Name = QueryField::Name;

constexpr std::array<std::pair<Name, std::string_view>, 16> kNames = {{
    {Name::author, "author"},
    {Name::name, "name"},
    {Name::platform, "platform"},
    {Name::source, "source"},
    {Name::language, "lang"},
    {Name::sentiment, "sentiment"},
    {Name::followers, "followers"},
    {Name::is, "is"},
    {Name::has, "has"},
    {Name::url, "url"},
    {Name::domain, "domain"},
    {Name::conversation, "conversation"},
    {Name::customer, "customer"},
    {Name::tier, "tier"},
    {Name::plan, "plan"},
    {Name::stars, "stars"},
}};

std::vector<std::string> words_of(Name name) {
    switch (name) {
    case Name::sentiment:
        return {"negative", "neutral", "positive"};
    case Name::is:
        return {"reply", "verified"};
    case Name::has:
        return {"link", "hashtag", "mention"};
    default:
        return {};
    }
}

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

std::string_view to_string(Name name) {
    for (const auto& [known, word] : kNames)
        if (known == name) return word;
    return {};
}

std::optional<Name> parse_field_name(std::string_view word) {
    for (const auto& [name, known] : kNames)
        if (known == word) return name;
    return std::nullopt;
}

std::vector<std::string> field_names() {
    std::vector<std::string> out;
    out.reserve(kNames.size());
    for (const auto& [name, word] : kNames) out.emplace_back(word);
    return out;
}

bool is_numeric(Name name) { return name == Name::followers || name == Name::stars; }

std::optional<std::string> wrong_field_value(const QueryField& field) {
    const auto allowed = words_of(field.name);
    if (allowed.empty()) return std::nullopt;
    for (const auto& value : field.values) {
        if (std::find(allowed.begin(), allowed.end(), value) != allowed.end()) continue;
        std::string list;
        for (const auto& word : allowed) list.append(list.empty() ? "" : ", ").append(word);
        return "`" + std::string(to_string(field.name)) + ":` takes " + list + ", not `" + value + "`" +
               suggestion(value, allowed);
    }
    return std::nullopt;
}

std::optional<double> parse_field_number(std::string_view text) {
    if (text.size() > 20) return std::nullopt;
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
