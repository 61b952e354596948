#include "daemon/demo_stories.hpp"

#include "core/json.hpp"
#include "engagement/promises.hpp"
#include "engagement/referral.hpp"
#include "engagement/survey_answer.hpp"
#include "engagement/touch_actions.hpp"

#include <algorithm>
#include <stdexcept>

namespace rasid {
namespace {

constexpr int kLedger = 1000;

Duration days_of(double days) {
    return std::chrono::duration_cast<Duration>(std::chrono::duration<double, std::ratio<86400>>(days));
}

StoryLine line_of(JsonView json, Instant now) {
    StoryLine line;
    line.customer = json["customer"].text_or("");
    line.at = now + days_of(json["days"].number().value_or(0));
    line.deed = json["do"].text_or("");
    line.kind = json["kind"].text_or("");
    line.text = json["text"].text_or("");
    line.platform = json["platform"].text_or("");
    line.handle = json["handle"].text_or("");
    for (const auto tag : json["tags"].items()) line.tags.push_back(tag.text_or(""));
    line.score = static_cast<int>(json["score"].integer().value_or(0));
    line.within = days_of(json["within_days"].number().value_or(0));
    if (const auto days = json["kept_after_days"].number()) line.kept_after = days_of(*days);
    return line;
}

/// A complaint that no ticket handled: it opens a case of its own.
PlanChange complaint(const PlanState& plan, const StoryLine& line, const ReactRules& rules, Random& random) {
    Mention mention;
    mention.key = {line.platform, "story-" + new_id(random, line.at)};
    mention.author.handle = line.handle;
    mention.author.name = line.customer;
    mention.text = line.text;
    mention.created_at = line.at;
    Verdict verdict;
    verdict.sentiment.label = Polarity::negative;
    verdict.tags = line.tags;
    return react(plan, mention, "", verdict, nullptr, random, line.at, rules);
}

PlanChange survey(Store& store, PlanState plan, const StoryLine& line, const ReactRules& rules, Random& random) {
    const auto kind = parse_survey_kind(line.kind).value_or(SurveyKind::nps);
    auto asked =
        std::ranges::find_if(plan.surveys, [&](const Survey& laid) { return laid.kind == kind && !laid.answered_at; });
    if (asked == plan.surveys.end()) {
        auto laid = lay_survey(kind, "", plan.customer, {}, rules.surveys, random, line.at, line.at);
        if (!laid) return {.customer = plan.customer.id};
        plan.surveys.push_back(std::move(*laid));
        asked = std::prev(plan.surveys.end());
    }
    asked->sent_at = std::min(line.at, asked->send_at);
    auto change =
        answer_survey(plan, asked->id, line.score, line.text, store.ledger(plan.customer.id, kLedger), random, line.at);
    return change ? std::move(*change) : PlanChange{.customer = plan.customer.id};
}

std::vector<PromiseEvent> promise(const Customer& customer, const StoryLine& line, Random& random) {
    std::vector<PromiseEvent> events = {made("", customer.id, line.text, line.at + line.within, "", random, line.at)};
    if (!line.kept_after) return events;
    auto kept = events.front();
    kept.id = new_id(random, line.at);
    kept.at = line.at + *line.kept_after;
    kept.kind = PromiseEventKind::kept;
    events.push_back(std::move(kept));
    return events;
}

}  // namespace

std::vector<StoryLine> parse_stories(std::string_view ndjson, Instant now) {
    std::vector<StoryLine> lines;
    int number = 0;
    for (std::size_t at = 0; at < ndjson.size();) {
        const auto end = std::min(ndjson.find('\n', at), ndjson.size());
        ++number;
        const auto json = parse_json(ndjson.substr(at, end - at));
        if (!json) throw std::runtime_error("stories.ndjson:" + std::to_string(number) + ": " + json.error().what);
        lines.push_back(line_of(json->root(), now));
        at = end + 1;
    }
    std::ranges::stable_sort(lines, {}, &StoryLine::at);
    return lines;
}

bool is_unanswered(const std::vector<StoryLine>& stories, std::string_view customer) {
    return std::ranges::any_of(
        stories, [&](const StoryLine& line) { return line.deed == "unanswered" && line.customer == customer; });
}

void tell(Store& store, const StoryLine& line, const Customer& customer, const ReactRules& rules, Random& random) {
    const auto plan = plan_of(store, customer.id, line.at);
    if (!plan) return;
    if (line.deed == "contact") {
        store.apply_plan(
            log_contact(*plan, {.kind = line.kind, .at = line.at, .text = line.text}, rules.working_days, random));
    } else if (line.deed == "referral") {
        store.apply_plan(
            record_referral(*plan, "", line.text, store.ledger(customer.id, kLedger), "", random, line.at));
    } else if (line.deed == "survey") {
        store.apply_plan(survey(store, *plan, line, rules, random));
    } else if (line.deed == "complaint") {
        store.apply_plan(complaint(*plan, line, rules, random));
    } else if (line.deed == "promise") {
        store.append_promise_events(promise(customer, line, random));
    } else if (line.deed == "resolve") {
        const auto open = std::ranges::find_if(plan->cases, &BadExperience::open);
        if (open == plan->cases.end()) return;
        const auto change = resolve_case(*plan, open->id, "", random, line.at, rules);
        if (change) store.apply_plan(*change);
    }
}

}  // namespace rasid
