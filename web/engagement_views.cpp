#include "web/engagement_views.hpp"

#include "engagement/plan_progress.hpp"
#include "engagement/promises.hpp"
#include "web/ticket_views.hpp"

#include <array>

namespace rasid {

void write_ticket_ref(JsonWriter& out, std::string_view name, const std::string& ticket, const TicketNumbers& numbers) {
    out.key(name);
    const auto number = numbers.find(ticket);
    if (number == numbers.end()) return out.null();
    out.object([&] {
        out.member("id", ticket);
        out.member("number", number->second);
    });
}

void write_money(JsonWriter& out, double minor, const std::string& currency) {
    out.object([&] {
        out.member("amount", minor / 100.0);
        out.member("currency", currency);
    });
}

void write_touch(JsonWriter& out, const PlannedTouch& touch, std::span<const PlannedTouch> all, Date today,
                 const Workspace& workspace, std::optional<Instant> send_at) {
    const bool owed = is_owed(touch, all);
    out.object([&] {
        out.member("id", touch.id);
        out.member("kind", touch.kind);
        out.member("due_on", to_string(touch.due_on));
        out.member("state", to_string(touch.state));
        out.member("late", owed && touch.due_on < today);
        out.member("owed", owed);
        out.text_or_null("reason", touch.reason);
        out.member("done_at", touch.done_at);
        out.member("channel", touch.channel);
        out.key("owner");
        write_who(out, touch.owner, workspace);
        out.member("occasion", touch.occasion);
        out.text_or_null("follows", touch.follows);
        out.member("draft", touch.draft);
        out.member("send_at", send_at);
    });
}

void write_case(JsonWriter& out, const BadExperience& bad_experience, const TicketNumbers& numbers) {
    out.object([&] {
        out.member("id", bad_experience.id);
        write_ticket_ref(out, "ticket", bad_experience.ticket, numbers);
        out.strings("about", bad_experience.about);
        out.member("opened_at", bad_experience.opened_at);
        out.member("last_at", bad_experience.last_at);
        out.member("posts", bad_experience.posts);
        out.member("resolved_at", bad_experience.resolved_at);
    });
}

void write_promise(JsonWriter& out, const Promise& promise, const TicketNumbers& numbers, const Workspace& workspace,
                   Instant now) {
    out.object([&] {
        out.member("id", promise.id);
        write_ticket_ref(out, "ticket", promise.ticket, numbers);
        out.member("text", promise.text);
        out.key("made_by");
        write_who(out, promise.made_by, workspace);
        out.member("made_at", promise.made_at);
        out.member("due_at", promise.due_at);
        out.member("state", to_string(state_of(promise, now)));
        out.member("broken_at", promise.broken_at);
        out.member("kept_at", promise.kept_at);
    });
}

void write_survey(JsonWriter& out, const Survey& survey) {
    out.object([&] {
        out.member("id", survey.id);
        out.member("kind", to_string(survey.kind));
        out.member("laid_at", survey.laid_at);
        out.member("send_at", survey.send_at);
        out.member("sent_at", survey.sent_at);
        out.member("answered_at", survey.answered_at);
        out.member("score", survey.score);
        out.member("comment", survey.comment);
    });
}

void write_figure(JsonWriter& out, std::string_view name, const Figure& figure, std::optional<double> value,
                  const std::string& text) {
    out.object([&] {
        out.member("name", name);
        out.member("value", value);
        out.text_or_null("text", value ? text : std::string());
        out.text_or_null("why_not", figure.why_none);
        out.objects("inputs", figure.explanation.inputs, [&](const auto& input) {
            out.member("name", input.first);
            out.member("value", input.second);
        });
        out.strings("steps", figure.explanation.steps);
    });
}

void write_trust(JsonWriter& out, const TrustPoint& point) {
    const auto month = to_string(Date(point.month / 1)).substr(0, 7);
    out.object([&] {
        out.member("month", month);
        out.member("promises_kept", point.promises_kept);
        out.member("promises_broken", point.promises_broken);
        out.member("answers_in_time", point.answers_in_time);
        out.member("answers_late", point.answers - point.answers_in_time);
        out.key("median_answer_seconds");
        if (point.median_answer)
            out.value(std::int64_t{std::chrono::duration_cast<std::chrono::seconds>(*point.median_answer).count()});
        else
            out.null();
        out.member("cases_opened", point.cases_opened);
        out.member("cases_recovered", point.cases_recovered);
        out.key("survey_scores");
        out.array([&] {
            const std::array<std::pair<std::string_view, const Figure*>, 3> scores = {
                {{"csat", &point.csat}, {"nps", &point.nps}, {"ces", &point.ces}}};
            for (const auto& [kind, score] : scores) {
                if (!score->value) continue;
                out.object([&] {
                    out.member("kind", kind);
                    out.member("value", *score->value);
                });
            }
        });
    });
}

void write_proposal(JsonWriter& out, const ShownProposal& shown, const Workspace& workspace) {
    const auto& proposal = shown.proposal;
    out.object([&] {
        out.member("id", proposal.id);
        out.key("customer");
        out.object([&] {
            out.member("id", proposal.customer);
            out.member("name", shown.customer_name);
        });
        out.member("kind", to_string(proposal.kind));
        out.member("subject", proposal.subject);
        out.member("shown", shown.shown);
        out.member("reason", proposal.reason);
        out.member("made_at", proposal.made_at);
        out.member("state", to_string(proposal.state));
        out.key("decided_by");
        write_who(out, proposal.decided_by, workspace);
        out.member("decided_at", proposal.decided_at);
    });
}

}  // namespace rasid
