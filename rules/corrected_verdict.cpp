#include "rules/corrected_verdict.hpp"

#include <algorithm>
#include <utility>

namespace rasid {
namespace {

/// Everything said about one part of the verdict, oldest first.
std::vector<const Correction*> about(std::span<const Correction> corrections, std::string_view text,
                                     CorrectionKind what, std::string_view rule) {
    std::vector<const Correction*> found;
    for (const auto& one : corrections)
        if (one.what == what && one.rule == rule && one.text == text) found.push_back(&one);
    return found;
}

const Correction* standing(const std::vector<const Correction*>& said) {
    const auto newest =
        std::find_if(said.rbegin(), said.rend(), [](const Correction* one) { return !one->undone_at.has_value(); });
    return newest == said.rend() ? nullptr : *newest;
}

std::string code_of(CorrectionKind what) { return "corrected." + std::string(to_string(what)); }

Reason reason_of(CorrectionKind what, const Correction& counts, std::string name) {
    Reason reason{code_of(what), {counts.was, counts.right}};
    if (name.empty())
        reason.code += ".gone";
    else
        reason.values.push_back(std::move(name));
    return reason;
}

}  // namespace

void apply_corrections(Verdict& verdict, std::string_view text, std::span<const Correction> corrections,
                       const std::function<std::string(std::string_view person)>& name_of) {
    const Correction* newest = nullptr;
    for (const auto what : {CorrectionKind::sentiment, CorrectionKind::language}) {
        std::erase_if(verdict.reasons, [&](const Reason& reason) { return reason.code.starts_with(code_of(what)); });
        const auto said = about(corrections, text, what, {});
        if (said.empty()) continue;
        const auto* counts = standing(said);
        const auto& value = counts ? counts->right : said.back()->was;
        if (what == CorrectionKind::language)
            verdict.language = value;
        else
            verdict.sentiment.label = parse_polarity(value).value_or(verdict.sentiment.label);
        if (!counts) continue;
        verdict.reasons.push_back(reason_of(what, *counts, name_of(counts->person)));
        if (!newest || newest->at < counts->at) newest = counts;
    }
    verdict.corrected_by = newest ? newest->person : std::string();
}

std::string machine_word(const Verdict& verdict, std::string_view text, std::span<const Correction> corrections,
                         CorrectionKind what, std::string_view rule) {
    if (what == CorrectionKind::rule) {
        const bool hit = std::find(verdict.rules.begin(), verdict.rules.end(), rule) != verdict.rules.end();
        return hit ? "hit" : "miss";
    }
    const auto said = about(corrections, text, what, rule);
    if (!said.empty()) return said.back()->was;
    return what == CorrectionKind::language ? verdict.language : std::string(to_string(verdict.sentiment.label));
}

}  // namespace rasid
