#include "rules/correction_lines.hpp"

#include "core/json.hpp"

namespace rasid {
namespace {

std::string text_of(JsonView view) { return std::string(view.string().value_or("")); }

Failure malformed(std::string what) { return {Failure::Kind::malformed, std::move(what)}; }

}  // namespace

std::string correction_line(const Correction& correction) {
    JsonWriter json;
    json.object([&] {
        json.member("what", to_string(correction.what));
        json.member("text", correction.text);
        json.member("language", correction.language);
        if (correction.what == CorrectionKind::rule) json.member("rule", correction.rule);
        json.member("right", correction.right);
        json.member("was", correction.was);
        json.member("brand", correction.brand);
        json.member("at", to_rfc3339(correction.at));
    });
    return std::move(json).take();
}

Result<Correction> parse_correction_line(std::string_view line) {
    const auto document = parse_json(line);
    if (!document) return document.error();
    const auto root = document->root();
    Correction correction;
    const auto what = parse_correction_kind(root["what"].string().value_or(""));
    if (!what) return malformed("`what` is sentiment, language or rule");
    correction.what = *what;
    correction.text = text_of(root["text"]);
    if (correction.text.empty()) return malformed("`text` is missing");
    correction.right = text_of(root["right"]);
    if (correction.what == CorrectionKind::sentiment && !parse_polarity(correction.right))
        return malformed("`right` is negative, neutral or positive");
    if (correction.right.empty()) return malformed("`right` is missing");
    correction.language = text_of(root["language"]);
    correction.rule = text_of(root["rule"]);
    correction.was = text_of(root["was"]);
    correction.brand = text_of(root["brand"]);
    if (root["at"].exists()) {
        const auto at = parse_rfc3339(text_of(root["at"]));
        if (!at) return malformed("`at` is no time such as 2026-01-31T00:00:00Z");
        correction.at = *at;
    }
    return correction;
}

std::vector<SentimentCorrection> sentiment_corrections(std::span<const Correction> corrections) {
    std::vector<SentimentCorrection> out;
    for (const auto& one : corrections) {
        const auto right = parse_polarity(one.right);
        if (one.what != CorrectionKind::sentiment || !right || one.text.empty()) continue;
        out.push_back({.text = one.text,
                       .language = one.language,
                       .right = *right,
                       .brand = one.brand,
                       .by = one.person,
                       .at = one.at});
    }
    return out;
}

}  // namespace rasid
