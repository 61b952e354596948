#pragma once

#include "core/customer.hpp"
#include "core/failure.hpp"
#include "core/random.hpp"
#include "core/survey.hpp"
#include "engagement/explanation.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rasid {

struct SurveyRules {
    Duration period = std::chrono::days(90);     ///< at most one question to a customer in this time
    Duration valid_for = std::chrono::days(14);  ///< from the moment it may be sent
};

struct SurveyScale {
    int lowest = 0;
    int highest = 0;
};
SurveyScale scale_of(SurveyKind kind);

/// Keys of the question and of one answer in the catalogues of texts: "survey.csat.question", "survey.csat.5".
std::string question_key(SurveyKind kind);
std::string answer_key(SurveyKind kind, int score);

/// A question to a customer. nullopt: he was asked about this case already, was asked within the period, or no mail
/// reaches him (no consent). `bad_experience` is empty for one by schedule.
std::optional<Survey> lay_survey(SurveyKind kind, std::string_view bad_experience, const Customer& customer,
                                 std::span<const Survey> history, const SurveyRules& rules, Random& random, Instant now,
                                 Instant send_at);

/// His answer. Fails with refused: answered already, expired, or no answer of the scale.
Result<Survey> answered(Survey survey, int score, std::string_view comment, Instant now);

/// CSAT: the share of 4 and 5 in percent. NPS: percentage of 9–10 less that of 0–6. CES: the mean, 1 … 7. No figure
/// without an answer of that kind.
Figure score_of(SurveyKind kind, std::span<const Survey> surveys);

}  // namespace rasid
