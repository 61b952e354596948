#include "engagement/survey_answer.hpp"
#include "web/customer_desk.hpp"
#include "web/handlers/handlers.hpp"
#include "web/link_page.hpp"
#include "web/seeded_random.hpp"

#include <charconv>

namespace rasid::handlers {
namespace {

constexpr std::string_view kSurveyTitle = "survey.title";
constexpr std::size_t kComment = 4000;

struct AskedSurvey {
    Survey survey = {};
    std::string language = {};
};

std::optional<AskedSurvey> asked_in(Reader& reader, const std::string& id) {
    auto survey = reader.survey(id);
    const auto customer = survey ? reader.customer(survey->customer) : std::nullopt;
    if (!customer) return std::nullopt;
    auto language = survey->language.empty() ? customer->language : survey->language;
    return AskedSurvey{std::move(*survey), std::move(language)};
}

/// What one answer is called: its words, or its number with the words at both ends of the scale.
std::string answer_text(const Texts& texts, SurveyKind kind, int score) {
    if (kind == SurveyKind::csat) return texts(answer_key(kind, score));
    const auto [lowest, highest] = scale_of(kind);
    auto text = std::to_string(score);
    const auto prefix = "survey." + std::string(to_string(kind));
    if (score == lowest) text += " – " + texts(prefix + ".lowest");
    if (score == highest) text += " – " + texts(prefix + ".highest");
    return text;
}

std::string question_of(const Texts& texts, const Survey& survey, std::string_view token) {
    const auto [lowest, highest] = scale_of(survey.kind);
    std::string fields = "<fieldset><legend>" + escaped(texts(question_key(survey.kind))) + "</legend>";
    for (int score = highest; score >= lowest; --score) {
        const auto number = std::to_string(score);
        fields += "<label class=\"choice\"><input type=\"radio\" name=\"score\" value=\"" + number + "\" required> " +
                  escaped(answer_text(texts, survey.kind, score)) + "</label>";
    }
    fields += "</fieldset><p><label for=\"comment\">" + escaped(texts("survey.comment")) +
              "</label><textarea id=\"comment\" name=\"comment\" maxlength=\"1000\" dir=\"auto\"></textarea></p>";
    return link_form("/m/survey", token, fields, texts("survey.send"));
}

std::optional<int> score_of_text(std::string_view text) {
    int score = 0;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), score);
    if (text.empty() || parsed.ec != std::errc() || parsed.ptr != text.data() + text.size()) return std::nullopt;
    return score;
}

bool is_closed(const Survey& survey, Instant now) { return survey.answered_at || survey.expires_at < now; }

}  // namespace

Task<Response> get_survey_page(Site& site, const Request& request) {
    const std::string token(request.parameter("t"));
    const auto id = site.ack.read_lasting(LinkPurpose::survey, token);
    if (!id) co_return link_notice(Texts(page_language(request)), kSurveyTitle, "link.unreadable", 400);
    const auto asked = co_await site.database.read([&](Reader& reader) { return asked_in(reader, *id); });
    if (!asked) co_return link_notice(Texts(page_language(request)), kSurveyTitle, "survey.closed", 410);
    const Texts texts(asked->language);
    if (is_closed(asked->survey, site.clock.now())) co_return link_notice(texts, kSurveyTitle, "survey.closed", 410);
    co_return link_page(texts, texts(kSurveyTitle), question_of(texts, asked->survey, token), 200);
}

Task<Response> post_survey_page(Site& site, const Request& request) {
    const auto form = sent_form(request);
    if (!form) co_return problem(415, "wrong_content_type", "send the form");
    const auto field = [&](std::string_view name) {
        const auto found = form->find(name);
        return found == form->end() ? std::string() : found->second;
    };
    const auto id = site.ack.read_lasting(LinkPurpose::survey, field("t"));
    if (!id) co_return link_notice(Texts(page_language(request)), kSurveyTitle, "link.unreadable", 400);
    const auto asked = co_await site.database.read([&](Reader& reader) { return asked_in(reader, *id); });
    if (!asked) co_return link_notice(Texts(page_language(request)), kSurveyTitle, "survey.closed", 410);
    const Texts texts(asked->language);
    const auto score = score_of_text(field("score"));
    const auto comment = field("comment");
    const auto [lowest, highest] = scale_of(asked->survey.kind);
    if (!score || *score < lowest || *score > highest || comment.size() > kComment)
        co_return link_notice(texts, kSurveyTitle, "link.unreadable", 400);
    const auto now = site.clock.now();
    SeededRandom random(site.random);
    const bool counted = co_await site.database.write([&](Store& store) mutable {
        const auto plan = plan_of(store, asked->survey.customer, now);
        if (!plan) return false;
        const auto ledger = store.ledger(plan->customer.id, kLedgerOfScores);
        const auto change = answer_survey(*plan, *id, *score, comment, ledger, random, now);
        if (!change) return false;
        store.apply_plan(*change);
        return true;
    });
    site.audit(request, "survey_answered", *id, counted ? "ok" : "closed");
    co_return link_notice(texts, kSurveyTitle, counted ? "survey.thanks" : "survey.closed", counted ? 200 : 410);
}

}  // namespace rasid::handlers
