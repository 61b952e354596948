#include "core/json.hpp"

#include "core/limits.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <rapidjson/error/en.h>
#include <unicode/utf8.h>

namespace rasid {
namespace {

Failure malformed(std::string what, std::size_t offset) {
    return {Failure::Kind::malformed, "JSON: " + std::move(what) + " at byte " + std::to_string(offset)};
}

/// RapidJSON's recursive writer and copier overflow the stack on deep documents, so depth is bounded before anything is
/// parsed.
std::optional<Failure> check_depth(std::string_view text) {
    int depth = 0;
    bool in_string = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\0') return malformed("a NUL byte", i);
        if (in_string) {
            if (c == '\\')
                ++i;
            else if (c == '"')
                in_string = false;
        } else if (c == '"') {
            in_string = true;
        } else if (c == '[' || c == '{') {
            if (++depth > limits::kJsonDepth) return malformed("nested deeper than 64", i);
        } else if (c == ']' || c == '}') {
            --depth;
        }
    }
    return std::nullopt;
}

std::string with_valid_utf8(std::string_view text) {
    std::string valid;
    valid.reserve(text.size() + 8);
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    const auto size = static_cast<std::int64_t>(text.size());
    for (std::int64_t i = 0; i < size;) {
        const std::int64_t start = i;
        UChar32 c = 0;
        U8_NEXT(bytes, i, size, c);
        if (c < 0)
            valid += "\xEF\xBF\xBD";
        else
            valid.append(text.substr(static_cast<std::size_t>(start), static_cast<std::size_t>(i - start)));
    }
    return valid;
}

bool is_valid_utf8(std::string_view text) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    const auto size = static_cast<std::int64_t>(text.size());
    for (std::int64_t i = 0; i < size;) {
        UChar32 c = 0;
        U8_NEXT(bytes, i, size, c);
        if (c < 0) return false;
    }
    return true;
}

rapidjson::SizeType size_of(std::string_view text) { return static_cast<rapidjson::SizeType>(text.size()); }

}  // namespace

JsonView JsonView::operator[](std::string_view key) const {
    if (!is_object()) return {};
    const auto found = value_->FindMember(rapidjson::Value(rapidjson::StringRef(key.data(), key.size())));
    return found == value_->MemberEnd() ? JsonView() : JsonView(&found->value);
}

JsonView JsonView::at(std::size_t index) const {
    if (!is_array() || index >= value_->Size()) return {};
    return JsonView(&(*value_)[static_cast<rapidjson::SizeType>(index)]);
}

std::optional<std::string_view> JsonView::string() const {
    if (!is_string()) return std::nullopt;
    return std::string_view(value_->GetString(), value_->GetStringLength());
}

std::optional<std::int64_t> JsonView::integer() const {
    if (!value_ || !value_->IsInt64()) return std::nullopt;
    return value_->GetInt64();
}

std::optional<double> JsonView::number() const {
    if (!is_number()) return std::nullopt;
    return value_->GetDouble();
}

std::optional<bool> JsonView::boolean() const {
    if (!is_bool()) return std::nullopt;
    return value_->GetBool();
}

std::string JsonView::text_or(std::string_view fallback) const {
    if (const auto text = string()) return std::string(*text);
    if (const auto whole = integer()) return std::to_string(*whole);
    if (value_ && value_->IsUint64()) return std::to_string(value_->GetUint64());
    return std::string(fallback);
}

std::vector<JsonView> JsonView::items() const {
    std::vector<JsonView> list;
    if (!is_array()) return list;
    list.reserve(value_->Size());
    for (const auto& item : value_->GetArray()) list.emplace_back(&item);
    return list;
}

std::vector<std::pair<std::string_view, JsonView>> JsonView::members() const {
    std::vector<std::pair<std::string_view, JsonView>> list;
    if (!is_object()) return list;
    list.reserve(value_->MemberCount());
    for (const auto& member : value_->GetObject()) {
        list.emplace_back(std::string_view(member.name.GetString(), member.name.GetStringLength()),
                          JsonView(&member.value));
    }
    return list;
}

Result<JsonDocument> parse_json(std::string_view text) {
    std::size_t skipped = 0;
    if (text.starts_with("\xEF\xBB\xBF")) {
        text.remove_prefix(3);
        skipped = 3;
    }
    if (auto problem = check_depth(text)) return *problem;
    JsonDocument document;
    document.document_.Parse<rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag>(text.data(),
                                                                                                     text.size());
    if (document.document_.HasParseError()) {
        return malformed(rapidjson::GetParseError_En(document.document_.GetParseError()),
                         document.document_.GetErrorOffset() + skipped);
    }
    return document;
}

void JsonWriter::value(std::string_view text) {
    if (is_valid_utf8(text)) {
        writer_.String(text.data(), size_of(text));
    } else {
        const auto valid = with_valid_utf8(text);
        writer_.String(valid.data(), size_of(valid));
    }
}

void JsonWriter::value(double number) {
    if (!std::isfinite(number)) return null();
    const double rounded = std::round(number * 1e4) / 1e4;
    std::array<char, 64> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), rounded == 0 ? 0.0 : rounded).ptr;
    writer_.RawValue(buffer.data(), static_cast<std::size_t>(end - buffer.data()), rapidjson::kNumberType);
}

void JsonWriter::value(JsonView view) {
    if (view.raw())
        view.raw()->Accept(writer_);
    else
        null();
}

void JsonWriter::value(Instant at) { value(to_rfc3339(at)); }

void JsonWriter::text_or_null(std::string_view name, std::string_view text) {
    key(name);
    if (text.empty())
        null();
    else
        value(text);
}

void JsonWriter::strings(std::string_view name, const std::vector<std::string>& list) {
    key(name);
    array([&] {
        for (const auto& item : list) value(item);
    });
}

void JsonWriter::raw(std::string_view json) { writer_.RawValue(json.data(), json.size(), rapidjson::kObjectType); }

}  // namespace rasid
