#include "core/toml_print.hpp"

#include <array>
#include <charconv>
#include <cstdio>

namespace rasid {

std::string toml_quoted(std::string_view text) {
    bool plain = true;
    bool literal = true;
    for (const char c : text) {
        const bool control = static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
        if (control || c == '"' || c == '\\') plain = false;
        if (control || c == '\'') literal = false;
    }
    if (!plain && literal) return "'" + std::string(text) + "'";
    std::string out = "\"";
    for (const char c : text) {
        switch (c) {
        case '"':
            out += "\\\"";
            break;
        case '\\':
            out += "\\\\";
            break;
        case '\n':
            out += "\\n";
            break;
        case '\t':
            out += "\\t";
            break;
        case '\r':
            out += "\\r";
            break;
        default:
            if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
                std::array<char, 8> escape{};
                std::snprintf(escape.data(), escape.size(), "\\u%04X", static_cast<unsigned>(c));
                out += escape.data();
            } else {
                out += c;
            }
        }
    }
    return out + '"';
}

std::string toml_quoted_list(const std::vector<std::string>& list) {
    std::string out = "[";
    for (const auto& item : list) out += (out.size() > 1 ? ", " : "") + toml_quoted(item);
    return out + "]";
}

std::string toml_number(double number) {
    std::array<char, 32> text{};
    return {text.data(), std::to_chars(text.data(), text.data() + text.size(), number).ptr};
}

std::string toml_value(std::string_view text) { return toml_quoted(text); }

std::string toml_value(const std::vector<std::string>& list) { return toml_quoted_list(list); }

std::string toml_value(const std::vector<double>& numbers) {
    std::string out = "[";
    for (const auto number : numbers) out += (out.size() > 1 ? ", " : "") + toml_number(number);
    return out + "]";
}

std::string toml_value(bool flag) { return flag ? "true" : "false"; }

std::string toml_value(int number) { return std::to_string(number); }

std::string toml_value(double number) { return toml_number(number); }

std::string toml_value(Duration length) { return toml_quoted(to_duration_text(length)); }

void TomlLines::line(std::string_view key, std::string_view value) {
    out_.append(key).append(" = ").append(value).append("\n");
}

}  // namespace rasid
