#include "engagement/survey_answer.hpp"

#include "core/text/bidi.hpp"
#include "engagement/proposals.hpp"

#include <algorithm>

namespace rasid {
namespace {

constexpr std::size_t kAnswerBytes = 1000;

std::string shouted(SurveyKind kind) {
    std::string name(to_string(kind));
    std::ranges::transform(name, name.begin(), [](char c) { return static_cast<char>(c - 'a' + 'A'); });
    return name;
}

}  // namespace

Polarity polarity_of(SurveyKind kind, int score) {
    const auto [negative_to, positive_from] = kind == SurveyKind::csat  ? std::pair(2, 4)
                                              : kind == SurveyKind::nps ? std::pair(6, 9)
                                                                        : std::pair(3, 6);
    if (score <= negative_to) return Polarity::negative;
    return score >= positive_from ? Polarity::positive : Polarity::neutral;
}

Result<PlanChange> answer_survey(const PlanState& plan, std::string_view survey, int score, std::string_view comment,
                                 std::span<const LedgerEntry> ledger, Random& random, Instant now) {
    const auto asked = std::ranges::find(plan.surveys, survey, &Survey::id);
    if (asked == plan.surveys.end()) return Failure{Failure::Kind::not_found, "there is no such question"};
    auto answer = answered(*asked, score, comment, now);
    if (!answer) return answer.error();

    PlanChange change{.customer = plan.customer.id};
    std::string said = shouted(answer->kind) + " " + std::to_string(score);
    if (!answer->comment.empty()) said += ": " + answer->comment;
    change.ledger.push_back({.id = new_id(random, now),
                             .customer = plan.customer.id,
                             .at = now,
                             .direction = Direction::inbound,
                             .channel = "mail",
                             .kind = "survey",
                             .polarity = polarity_of(answer->kind, score),
                             .text = std::string(cut_at_character(said, kAnswerBytes)),
                             .bad_experience = answer->bad_experience});
    change.surveys.push_back(std::move(*answer));
    propose_after(change, plan, ledger, now);
    return change;
}

}  // namespace rasid
