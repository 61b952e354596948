#pragma once

#include "core/instant.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rasid {

/// What of a verdict a person found wrong, or confirmed.
enum class CorrectionKind { sentiment, language, rule };
std::string_view to_string(CorrectionKind kind);
std::optional<CorrectionKind> parse_correction_kind(std::string_view word);

/// A person's word on what the machine made of one mention. Together they are a regression set: each carries the text
/// that it is about, until the mention's author deletes it or it is forgotten. Of corrections that say something about
/// the same of one mention the newest that was not undone counts.
struct Correction {
    std::string id = {};
    std::string mention = {};   ///< id
    std::string brand = {};     ///< of the verdict
    std::string language = {};  ///< as the machine detected it
    std::string text = {};      ///< of the mention when it was corrected; empty: erased
    CorrectionKind what = CorrectionKind::sentiment;
    std::string rule = {};    ///< name, of a correction of a rule; else empty
    std::string right = {};   ///< "negative", "ar", "hit" or "miss"
    std::string was = {};     ///< what the machine had said, in the same words
    std::string person = {};  ///< id
    Instant at = {};
    std::optional<Instant> undone_at = {};

    bool operator==(const Correction&) const = default;
};

/// How often people said the same of the same verdict: of those words that count.
struct CorrectionCount {
    CorrectionKind what = CorrectionKind::sentiment;
    std::string language = {};  ///< as the machine detected it
    std::string was = {};
    std::string right = {};
    std::int64_t count = 0;

    bool operator==(const CorrectionCount&) const = default;
};

}  // namespace rasid
