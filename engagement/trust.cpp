#include "engagement/trust.hpp"

#include "engagement/promises.hpp"
#include "engagement/survey.hpp"

#include <algorithm>

namespace rasid {
namespace {

using std::chrono::year_month;

year_month month_of(Instant at) {
    const auto date = utc_date(at);
    return date.year() / date.month();
}

Duration median(std::vector<Duration> values) {
    std::ranges::sort(values);
    const auto middle = values.size() / 2;
    return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

void count_promises(TrustPoint& point, const TrustFacts& facts, Instant now) {
    for (const auto& promise : facts.promises) {
        const auto state = state_of(promise, now);
        if (month_of(promise.broken_at.value_or(promise.due_at)) != point.month) continue;
        if (state == PromiseState::kept) ++point.promises_kept;
        if (state == PromiseState::broken) ++point.promises_broken;
    }
}

void count_answers(TrustPoint& point, const TrustFacts& facts) {
    std::vector<Duration> waits;
    for (const auto& clock : facts.answers) {
        if (clock.target != Target::first_response || !clock.met_at || month_of(*clock.met_at) != point.month) continue;
        waits.push_back(*clock.met_at - clock.started_at);
        if (!clock.breached_at) ++point.answers_in_time;
    }
    point.answers = static_cast<int>(waits.size());
    if (!waits.empty()) point.median_answer = median(std::move(waits));
}

void count_cases(TrustPoint& point, const TrustFacts& facts) {
    for (const auto& each : facts.cases) {
        if (month_of(each.opened_at) == point.month) ++point.cases_opened;
        if (!each.resolved_at || month_of(*each.resolved_at) != point.month) continue;
        const bool again = std::ranges::any_of(facts.cases, [&](const BadExperience& other) {
            return other.customer == each.customer && other.id != each.id && other.opened_at > *each.resolved_at &&
                   month_of(other.opened_at) == point.month;
        });
        if (!again) ++point.cases_recovered;
    }
}

void count_surveys(TrustPoint& point, const TrustFacts& facts) {
    std::vector<Survey> answers;
    std::ranges::copy_if(facts.surveys, std::back_inserter(answers), [&](const Survey& survey) {
        return survey.answered_at && month_of(*survey.answered_at) == point.month;
    });
    point.csat = score_of(SurveyKind::csat, answers);
    point.nps = score_of(SurveyKind::nps, answers);
    point.ces = score_of(SurveyKind::ces, answers);
}

}  // namespace

std::vector<TrustPoint> trust_line(const TrustFacts& facts, year_month first, year_month last, Instant now) {
    std::vector<TrustPoint> line;
    for (auto month = first; month <= last; month += std::chrono::months(1)) {
        TrustPoint point{.month = month};
        count_promises(point, facts, now);
        count_answers(point, facts);
        count_cases(point, facts);
        count_surveys(point, facts);
        line.push_back(std::move(point));
    }
    return line;
}

std::string print(const TrustPoint& point) {
    const auto month = to_string(Date(point.month / 1)).substr(0, 7);
    const auto score = [](std::string name, const Figure& figure) {
        return figure.value ? ", " + std::move(name) + " " + plain(*figure.value, 1) : std::string();
    };
    return month + ": promises " + std::to_string(point.promises_kept) + " kept, " +
           std::to_string(point.promises_broken) + " broken; answers " + std::to_string(point.answers_in_time) +
           " of " + std::to_string(point.answers) + " in time" +
           (point.median_answer ? ", median " + to_duration_text(*point.median_answer) : "") + "; cases " +
           std::to_string(point.cases_opened) + " opened, " + std::to_string(point.cases_recovered) + " recovered" +
           score("CSAT", point.csat) + score("NPS", point.nps) + score("CES", point.ces);
}

}  // namespace rasid
