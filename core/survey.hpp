#pragma once

#include "core/instant.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace rasid {

enum class SurveyKind { csat, nps, ces };
std::string_view to_string(SurveyKind kind);
std::optional<SurveyKind> parse_survey_kind(std::string_view word);

/// One question to one customer, answered once or never.
struct Survey {
    std::string id = {};
    std::string customer = {};
    SurveyKind kind = SurveyKind::csat;
    std::string bad_experience = {};  ///< case that it asks about; empty: asked by schedule
    std::string language = {};
    Instant laid_at = {};
    Instant send_at = {};     ///< not before
    Instant expires_at = {};  ///< an answer after this is refused
    std::optional<Instant> sent_at = {};
    std::optional<Instant> answered_at = {};
    std::optional<int> score = {};  ///< CSAT 1 … 5, NPS 0 … 10, CES 1 … 7
    std::string comment = {};

    bool operator==(const Survey&) const = default;
};

}  // namespace rasid
