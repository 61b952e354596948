#pragma once

#include "core/failure.hpp"
#include "core/instant.hpp"

#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rasid {

/// A read-only view of one JSON value with checked access: a missing member or a wrong type is an absent value, never
/// undefined behaviour. Valid as long as the JsonDocument it came from.
class JsonView {
public:
    JsonView() = default;
    explicit JsonView(const rapidjson::Value* value) : value_(value) {}

    bool exists() const { return value_ != nullptr; }
    bool is_null() const { return value_ && value_->IsNull(); }
    bool is_object() const { return value_ && value_->IsObject(); }
    bool is_array() const { return value_ && value_->IsArray(); }
    bool is_string() const { return value_ && value_->IsString(); }
    bool is_number() const { return value_ && value_->IsNumber(); }
    bool is_bool() const { return value_ && value_->IsBool(); }

    /// Member of an object; absent when this is no object or has no such member. Chains: view["a"]["b"].
    JsonView operator[](std::string_view key) const;
    /// Element of an array; absent when this is no array or the index is past its end.
    JsonView at(std::size_t index) const;

    std::optional<std::string_view> string() const;
    std::optional<std::int64_t> integer() const;
    /// The integer as a number of things: 0 where there is none or it is negative.
    std::int64_t count_or_zero() const { return std::max<std::int64_t>(integer().value_or(0), 0); }
    std::optional<double> number() const;
    std::optional<bool> boolean() const;

    /// The string, or a number written as digits (ids that some servers send as numbers), or the fallback.
    std::string text_or(std::string_view fallback) const;

    /// Elements of an array; empty for anything else.
    std::vector<JsonView> items() const;
    /// Members of an object in order; empty for anything else.
    std::vector<std::pair<std::string_view, JsonView>> members() const;

    const rapidjson::Value* raw() const { return value_; }

private:
    const rapidjson::Value* value_ = nullptr;
};

class JsonDocument {
public:
    JsonView root() const { return JsonView(&document_); }

private:
    friend Result<JsonDocument> parse_json(std::string_view);
    rapidjson::Document document_;
};

/// Parses hostile text: nesting deeper than 64, an embedded NUL, invalid UTF-8 or anything after the value is
/// malformed. A UTF-8 byte order mark is skipped. `Failure::what` names the byte offset.
Result<JsonDocument> parse_json(std::string_view text);

/// Writes JSON by calls in document order: w.object([&]{ w.member("id", id); w.key("list"); w.array(…) }).
class JsonWriter {
public:
    JsonWriter() : writer_(buffer_) {}

    template <typename Body>
    void object(Body&& body) {
        writer_.StartObject();
        body();
        writer_.EndObject();
    }
    template <typename Body>
    void array(Body&& body) {
        writer_.StartArray();
        body();
        writer_.EndArray();
    }
    void key(std::string_view name) { writer_.Key(name.data(), static_cast<rapidjson::SizeType>(name.size())); }
    void value(std::string_view text);  ///< invalid UTF-8 is replaced by U+FFFD
    void value(const std::string& text) { value(std::string_view(text)); }
    void value(const char* text) { value(std::string_view(text)); }
    void value(bool flag) { writer_.Bool(flag); }
    void value(int number) { writer_.Int(number); }
    void value(std::int64_t number) { writer_.Int64(number); }
    void value(std::size_t number) { writer_.Uint64(number); }
    void value(double number);  ///< at most 4 decimals
    void value(JsonView view);  ///< copies a parsed value
    void value(Instant at);     ///< RFC 3339
    void null() { writer_.Null(); }
    template <typename T>
    void value(const std::optional<T>& maybe) {
        if (maybe)
            value(*maybe);
        else
            null();
    }
    template <typename T>
    void member(std::string_view name, const T& content) {
        key(name);
        value(content);
    }
    void text_or_null(std::string_view name, std::string_view text);  ///< null where it is empty
    void strings(std::string_view name, const std::vector<std::string>& list);
    /// An array member; `write` writes the value of each item.
    template <typename List, typename Write>
    void list(std::string_view name, const List& items, Write write) {
        key(name);
        array([&] {
            for (const auto& item : items) write(item);
        });
    }
    /// An array member of objects; `write` writes the members of each.
    template <typename List, typename Write>
    void objects(std::string_view name, const List& items, Write write) {
        list(name, items, [&](const auto& item) { object([&] { write(item); }); });
    }

    /// An already serialised JSON value, as it stands.
    void raw(std::string_view json);

    std::string take() && { return std::string(buffer_.GetString(), buffer_.GetSize()); }
    std::string_view text() const { return {buffer_.GetString(), buffer_.GetSize()}; }

private:
    rapidjson::StringBuffer buffer_;
    rapidjson::Writer<rapidjson::StringBuffer> writer_;
};

}  // namespace rasid
