#include "engagement/survey.hpp"

#include "core/text/bidi.hpp"
#include "engagement/reach.hpp"

#include <algorithm>
#include <cassert>

namespace rasid {
namespace {

constexpr std::size_t kCommentBytes = 2000;

std::string percent(std::size_t part, std::size_t all) {
    return plain(100.0 * static_cast<double>(part) / static_cast<double>(all), 1) + " %";
}

}  // namespace

SurveyScale scale_of(SurveyKind kind) {
    switch (kind) {
    case SurveyKind::csat:
        return {1, 5};
    case SurveyKind::nps:
        return {0, 10};
    case SurveyKind::ces:
        return {1, 7};
    }
    assert(!"every kind has a scale");
    return {};
}

std::string question_key(SurveyKind kind) { return "survey." + std::string(to_string(kind)) + ".question"; }

std::string answer_key(SurveyKind kind, int score) {
    return "survey." + std::string(to_string(kind)) + "." + std::to_string(score);
}

std::optional<Survey> lay_survey(SurveyKind kind, std::string_view bad_experience, const Customer& customer,
                                 std::span<const Survey> history, const SurveyRules& rules, Random& random, Instant now,
                                 Instant send_at) {
    if (!consent_of(customer, "mail").value_or(true)) return std::nullopt;
    for (const auto& survey : history) {
        const bool lapsed = !survey.sent_at && !survey.answered_at && survey.expires_at <= now;
        if (lapsed) continue;
        if (!bad_experience.empty() && survey.bad_experience == bad_experience) return std::nullopt;
        if (send_at - survey.sent_at.value_or(survey.send_at) < rules.period) return std::nullopt;
    }
    return Survey{.id = new_id(random, now),
                  .customer = customer.id,
                  .kind = kind,
                  .bad_experience = std::string(bad_experience),
                  .language = customer.language,
                  .laid_at = now,
                  .send_at = send_at,
                  .expires_at = send_at + rules.valid_for};
}

Result<Survey> answered(Survey survey, int score, std::string_view comment, Instant now) {
    const auto refused = [](std::string why) { return Failure{Failure::Kind::refused, std::move(why)}; };
    if (survey.answered_at) return refused("this question was answered already");
    if (now > survey.expires_at) return refused("this question is no longer asked");
    const auto [lowest, highest] = scale_of(survey.kind);
    if (score < lowest || score > highest)
        return refused("the answer is " + std::to_string(lowest) + " to " + std::to_string(highest));
    survey.answered_at = now;
    survey.score = score;
    survey.comment = cut_at_character(comment, kCommentBytes);
    return survey;
}

Figure score_of(SurveyKind kind, std::span<const Survey> surveys) {
    std::vector<int> scores;
    for (const auto& survey : surveys) {
        if (survey.kind == kind && survey.answered_at && survey.score) scores.push_back(*survey.score);
    }
    const auto all = scores.size();
    const auto between = [&](int from, int to) {
        return static_cast<std::size_t>(
            std::ranges::count_if(scores, [&](int score) { return from <= score && score <= to; }));
    };
    Explanation why;
    why.inputs.emplace_back("answers", std::to_string(all));
    switch (kind) {
    case SurveyKind::csat:
        why.name = "CSAT = share of 4 and 5";
        if (all == 0) break;
        why.steps.push_back(std::to_string(between(4, 5)) + " satisfied of " + std::to_string(all));
        return figure(100.0 * static_cast<double>(between(4, 5)) / static_cast<double>(all), std::move(why));
    case SurveyKind::nps: {
        why.name = "NPS = % of 9–10 − % of 0–6";
        if (all == 0) break;
        const auto promoters = between(9, 10);
        const auto detractors = between(0, 6);
        why.inputs.emplace_back("promoters (9–10)", std::to_string(promoters));
        why.inputs.emplace_back("passives (7–8)", std::to_string(between(7, 8)));
        why.inputs.emplace_back("detractors (0–6)", std::to_string(detractors));
        why.steps.push_back(percent(promoters, all) + " − " + percent(detractors, all));
        return figure(100.0 * (static_cast<double>(promoters) - static_cast<double>(detractors)) /
                          static_cast<double>(all),
                      std::move(why));
    }
    case SurveyKind::ces: {
        why.name = "CES = mean of 1 … 7";
        if (all == 0) break;
        int sum = 0;
        for (const int score : scores) sum += score;
        why.steps.push_back(std::to_string(sum) + " ÷ " + std::to_string(all));
        return figure(static_cast<double>(sum) / static_cast<double>(all), std::move(why));
    }
    }
    return no_figure(std::move(why), "nobody answered");
}

}  // namespace rasid
