#include "web/customer_views.hpp"

#include "engagement/plan.hpp"
#include "engagement/plan_progress.hpp"
#include "engagement/purchases.hpp"
#include "engagement/survey.hpp"
#include "web/record_view.hpp"
#include "web/ticket_views.hpp"

#include <cmath>

namespace rasid {
namespace {

void write_guard(JsonWriter& out, const Guard& guard) {
    out.key("guard");
    out.object([&] {
        out.member("held", guard.held());
        out.member("since", guard.held() ? guard.since : std::nullopt);
        out.text_or_null("reason", guard.held() ? guard.reason : std::string());
    });
}

void write_progress(JsonWriter& out, const std::vector<PlannedTouch>& touches, Date today, bool in_full) {
    const auto progress = progress_of(touches, today);
    out.key("progress");
    out.object([&] {
        out.member("done", progress.done);
        out.member("total", progress.total);
        out.member("late", progress.late);
        if (in_full) out.member("held", progress.held);
        out.objects("by_kind", progress.kinds, [&](const KindProgress& kind) {
            out.member("kind", kind.kind);
            out.member("done", kind.done);
            out.member("total", kind.total);
            out.member("late", kind.late);
        });
    });
}

void write_plan(JsonWriter& out, const CustomerFile& file, const CustomerDesk& desk) {
    out.key("plan");
    const auto& touches = file.plan.touches;
    if (touches.empty()) return out.null();
    out.object([&] {
        out.member("name", plan_named(desk.setup().plans, file.plan.customer.plan).name);
        out.member("year", file.year);
        write_progress(out, touches, desk.today, true);
        out.list("touches", touches, [&](const PlannedTouch& touch) {
            const auto waits = file.send_at.find(touch.id);
            write_touch(out, touch, touches, desk.today, *desk.workspace,
                        waits == file.send_at.end() ? std::nullopt : std::optional(waits->second));
        });
    });
}

void write_ledger_entry(JsonWriter& out, const LedgerEntry& entry, const TicketNumbers& numbers) {
    out.object([&] {
        out.member("id", entry.id);
        out.member("at", entry.at);
        out.member("direction", to_string(entry.direction));
        out.member("channel", entry.channel);
        out.member("kind", entry.kind);
        out.member("polarity", to_string(entry.polarity));
        out.member("text", entry.text);
        write_ticket_ref(out, "ticket", entry.ticket, numbers);
    });
}

void write_merge(JsonWriter& out, const Merge& merge, const Workspace& workspace) {
    out.object([&] {
        out.member("id", merge.id);
        out.member("at", merge.at);
        out.key("by");
        write_who(out, merge.actor, workspace);
        out.member("dropped_name", merge.dropped.name);
        out.member("undone_at", merge.undone_at);
    });
}

/// Shares are shown in percent, sums in the currency's main unit.
void write_figures(JsonWriter& out, const CustomerFile& file) {
    const auto& scores = file.scores;
    const auto percent = [](const Figure& figure) { return plain(figure.value.value_or(0) * 100, 1) + " %"; };
    const auto write_sum = [&](std::string_view name, const Figure& figure) {
        const auto minor = figure.value.value_or(0);
        write_figure(out, name, figure, figure.value ? std::optional(minor / 100.0) : std::nullopt,
                     money(std::llround(minor), scores.clv.currency));
    };
    const auto write_plain = [&](std::string_view name, const Figure& figure, std::string text) {
        write_figure(out, name, figure, figure.value, text);
    };
    const auto& rfm = scores.rfm;
    write_plain("familiarity", scores.familiarity, plain(scores.familiarity.value.value_or(0)));
    write_plain("rfm", rfm.figure,
                plain(rfm.figure.value.value_or(0)) + (rfm.segment.empty() ? "" : " (" + rfm.segment + ")"));
    write_sum("clv", scores.clv.figure);
    write_plain("risk", scores.risk, percent(scores.risk));
    write_sum("expected_loss", scores.expected_loss);
    const auto csat = score_of(SurveyKind::csat, file.plan.surveys);
    const auto nps = score_of(SurveyKind::nps, file.plan.surveys);
    const auto ces = score_of(SurveyKind::ces, file.plan.surveys);
    write_plain("csat", csat, plain(csat.value.value_or(0), 1) + " %");
    write_plain("nps", nps, plain(nps.value.value_or(0), 1));
    write_plain("ces", ces, plain(ces.value.value_or(0), 1));
    write_plain("churn", file.churn, percent(file.churn));
}

void write_names(JsonWriter& out, const Customer& customer) {
    out.member("id", customer.id);
    out.member("name", customer.name);
    out.member("name_latin", customer.name_latin);
    out.member("tier", customer.tier);
}

}  // namespace

void write_customer(JsonWriter& out, const CustomerFile& file, const CustomerDesk& desk) {
    const auto& workspace = *desk.workspace;
    out.object([&] {
        write_record(out, file.plan.customer, workspace);
        out.member("referred_by_name", file.referred_by_name);
        write_plan(out, file, desk);
        write_guard(out, file.plan.guard);
        out.list("ledger", file.ledger,
                 [&](const LedgerEntry& entry) { write_ledger_entry(out, entry, file.numbers); });
        out.list("cases", file.plan.cases, [&](const BadExperience& each) { write_case(out, each, file.numbers); });
        out.list("promises", file.promises,
                 [&](const Promise& promise) { write_promise(out, promise, file.numbers, workspace, desk.now); });
        out.list("surveys", file.plan.surveys, [&](const Survey& survey) { write_survey(out, survey); });
        out.list("proposals", file.proposals,
                 [&](const ShownProposal& proposal) { write_proposal(out, proposal, workspace); });
        out.list("merges", file.merges, [&](const Merge& merge) { write_merge(out, merge, workspace); });
        out.key("figures");
        out.array([&] { write_figures(out, file); });
        out.list("trust", file.trust, [&](const TrustPoint& point) { write_trust(out, point); });
    });
}

void write_customer_brief(JsonWriter& out, const Customer& customer, const std::vector<PlannedTouch>& touches,
                          const Guard& guard, Date today) {
    out.object([&] {
        write_names(out, customer);
        write_progress(out, touches, today, false);
        write_guard(out, guard);
    });
}

void write_customer_line(JsonWriter& out, const CustomerLine& line, Date today) {
    out.object([&] {
        write_names(out, line.customer);
        out.member("brand", line.customer.brand);
        write_progress(out, line.touches, today, false);
        write_guard(out, line.guard);
    });
}

}  // namespace rasid
