#include "core/reason.hpp"

#include "core/text/bidi.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

namespace rasid {
namespace {

enum class Kind {
    none,
    word,     ///< one of those that the message tells apart
    number,   ///< counted: the message has its plural forms
    text,     ///< from outside, or a figure that is written already
    texts,    ///< all that are left
    quoted,   ///< all that are left, each in quotes
    weighed,  ///< all that are left, by twos: a quoted text and its weight
};

struct Argument {
    std::string_view name = {};
    Kind kind = Kind::none;
};

struct Code {
    std::string_view code;
    std::array<Argument, 8> arguments = {};
};

constexpr std::array<Code, 34> kCodes = {{
    {"language",
     {{{"tag", Kind::text},
       {"why", Kind::word},
       {"script", Kind::word},
       {"words", Kind::text},
       {"sure", Kind::word},
       {"parts", Kind::word},
       {"others", Kind::texts}}}},
    {"sentiment",
     {{{"label", Kind::word},
       {"score", Kind::text},
       {"mixed", Kind::word},
       {"sure", Kind::word},
       {"judge", Kind::word},
       {"basis", Kind::word},
       {"stars", Kind::text},
       {"words", Kind::weighed}}}},
    {"rule", {{{"rule", Kind::text}, {"words", Kind::quoted}}}},
    {"rule.conditions", {{{"rule", Kind::text}}}},
    {"ignored", {{{"rule", Kind::text}}}},
    {"queue", {{{"queue", Kind::text}, {"priority", Kind::word}, {"rule", Kind::text}}}},
    {"corrected.sentiment", {{{"was", Kind::word}, {"right", Kind::word}, {"who", Kind::text}}}},
    {"corrected.sentiment.gone", {{{"was", Kind::word}, {"right", Kind::word}}}},
    {"corrected.language", {{{"was", Kind::text}, {"right", Kind::text}, {"who", Kind::text}}}},
    {"corrected.language.gone", {{{"was", Kind::text}, {"right", Kind::text}}}},
    {"influence.reach", {{{"points", Kind::text}, {"followers", Kind::number}, {"percent", Kind::text}}}},
    {"influence.reach.unknown", {{{"points", Kind::text}}}},
    {"influence.verified", {{{"points", Kind::text}}}},
    {"influence.engagement",
     {{{"points", Kind::text}, {"replies", Kind::number}, {"reshares", Kind::number}, {"likes", Kind::number}}}},
    {"influence.history", {{{"points", Kind::text}, {"mentions", Kind::number}, {"tickets", Kind::number}}}},
    {"priority.rule", {{{"value", Kind::word}, {"points", Kind::text}}}},
    {"priority.influence", {{{"value", Kind::text}, {"points", Kind::text}}}},
    {"priority.sentiment", {{{"value", Kind::text}, {"points", Kind::text}}}},
    {"priority.tier", {{{"value", Kind::text}, {"points", Kind::text}}}},
    {"priority.loss", {{{"value", Kind::text}, {"points", Kind::text}}}},
    {"priority.incident", {{{"value", Kind::text}, {"points", Kind::text}}}},
    {"priority.weight", {{{"value", Kind::text}, {"points", Kind::text}}}},
    {"priority.sum", {{{"priority", Kind::word}, {"sum", Kind::number}, {"step", Kind::text}}}},
    {"incident.volume", {{{"found", Kind::number}, {"usual", Kind::text}}}},
    {"incident.negativity", {{{"found", Kind::text}, {"total", Kind::number}, {"usual", Kind::text}}}},
    {"incident.series", {{{"kind", Kind::word}, {"series", Kind::text}}}},
    {"assigned.longest", {{{"of", Kind::text}}}},
    {"assigned.least", {{{"of", Kind::text}, {"open", Kind::text}, {"capacity", Kind::text}}}},
    {"assigned.full", {}},
    {"assigned.nobody", {}},
    {"assigned.skill", {}},
    {"assigned.language", {{{"language", Kind::text}}}},
    {"released.gone", {}},
    {"released.away", {{{"name", Kind::text}}}},
}};

std::string shown(std::string_view text, const Texts& texts) {
    return texts.right_to_left() ? isolate(text) : std::string(text);
}

std::string quoted(std::string_view text, const Texts& texts) {
    return texts("reason.part.quoted", {{"text", shown(text, texts)}});
}

std::string listed(Kind kind, std::span<const std::string> values, const Texts& texts) {
    const std::size_t step = kind == Kind::weighed ? 2 : 1;
    std::string out;
    for (std::size_t i = 0; i + step <= values.size(); i += step) {
        if (i > 0) out += texts("reason.part.comma");
        out += kind == Kind::texts ? shown(values[i], texts) : quoted(values[i], texts);
        if (kind == Kind::weighed) out += " " + shown(values[i + 1], texts);
    }
    return out;
}

std::int64_t number_in(std::string_view digits) {
    std::int64_t number = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return number;
}

Texts::Value put_in(Kind kind, std::span<const std::string> values, const Texts& texts) {
    const auto first = values.empty() ? std::string() : values.front();
    if (kind == Kind::number) return number_in(first);
    if (kind == Kind::word) return first;
    if (kind == Kind::text) return shown(first, texts);
    return listed(kind, values, texts);
}

std::string plainly(std::span<const std::string> values) {
    std::string out;
    for (const auto& value : values) out += (out.empty() ? "" : " ") + value;
    return out;
}

}  // namespace

Reason already_said(std::string words) {
    Reason reason;
    if (!words.empty()) reason.values.push_back(std::move(words));
    return reason;
}

std::string in_words(const Reason& reason, const Texts& texts) {
    const auto known = std::ranges::find(kCodes, std::string_view(reason.code), &Code::code);
    if (known == kCodes.end()) return plainly(reason.values);
    std::vector<Texts::Argument> arguments;
    auto left = std::span<const std::string>(reason.values);
    for (const auto& [name, kind] : known->arguments) {
        if (kind == Kind::none) break;
        arguments.emplace_back(name, put_in(kind, left, texts));
        if (!left.empty()) left = left.subspan(1);
    }
    return texts("reason." + reason.code, std::span<const Texts::Argument>(arguments));
}

std::vector<std::string> in_words(std::span<const Reason> reasons, const Texts& texts) {
    std::vector<std::string> sentences;
    sentences.reserve(reasons.size());
    for (const auto& reason : reasons) sentences.push_back(in_words(reason, texts));
    return sentences;
}

std::string in_one_line(std::span<const Reason> reasons, const Texts& texts) {
    std::string out;
    for (const auto& reason : reasons)
        out += (out.empty() ? "" : texts("reason.part.semicolon")) + in_words(reason, texts);
    return out;
}

std::vector<std::string_view> reason_codes() {
    std::vector<std::string_view> codes;
    codes.reserve(kCodes.size());
    for (const auto& one : kCodes) codes.push_back(one.code);
    return codes;
}

}  // namespace rasid
