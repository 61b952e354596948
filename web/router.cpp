#include "web/router.hpp"

#include "core/limits.hpp"
#include "web/handlers/handlers.hpp"

#include <array>

namespace rasid {
namespace {

constexpr std::string_view kImportPattern = "/api/v1/customers/import";

}  // namespace

// The table stands where the handlers do: a using-directive would bring their names into this whole namespace.
namespace handlers {
namespace {

constexpr std::array kRoutes = {
    Route{"GET", "/api/v1/first-admin", Access::anyone, Proof::none, get_first_admin},
    Route{"POST", "/api/v1/first-admin", Access::anyone, Proof::origin, post_first_admin},
    Route{"POST", "/api/v1/session", Access::anyone, Proof::origin, post_session},
    Route{"GET", "/api/v1/session", Access::signed_in, Proof::none, get_session},
    Route{"DELETE", "/api/v1/session", Access::signed_in, Proof::token, delete_session},
    Route{"PATCH", "/api/v1/session/person", Access::signed_in, Proof::token, patch_session_person},
    Route{"GET", "/api/v1/tokens", Access::signed_in, Proof::none, get_tokens},
    Route{"POST", "/api/v1/tokens", Access::signed_in, Proof::token, post_token},
    Route{"DELETE", "/api/v1/tokens/{id}", Access::signed_in, Proof::token, delete_token},
    Route{"GET", "/api/v1/audit", Access::admin, Proof::none, get_audit},
    Route{"GET", "/api/v1/openapi.json", Access::anyone, Proof::none, get_openapi},
    Route{"GET", "/demo/sign-in", Access::anyone, Proof::none, demo_sign_in},
    Route{"GET", "/api/v1/tickets", Access::moderator, Proof::none, get_tickets},
    Route{"GET", "/api/v1/tickets/{id}", Access::moderator, Proof::none, get_ticket},
    Route{"GET", "/api/v1/tickets/{id}/calls/{file}", Access::moderator, Proof::none, get_call_invitation},
    Route{"POST", "/api/v1/tickets/{id}/actions", Access::moderator, Proof::token, post_ticket_action, true},
    Route{"POST", "/api/v1/tickets/bulk", Access::moderator, Proof::token, post_bulk},
    Route{"GET", "/api/v1/views", Access::moderator, Proof::none, get_views},
    Route{"PUT", "/api/v1/views/{name}", Access::moderator, Proof::token, put_view},
    Route{"DELETE", "/api/v1/views/{name}", Access::moderator, Proof::token, delete_view},
    Route{"GET", "/api/v1/notices", Access::moderator, Proof::none, get_notices},
    Route{"GET", "/api/v1/presence", Access::moderator, Proof::none, get_tickets_presence},
    Route{"PUT", "/api/v1/tickets/{id}/presence", Access::moderator, Proof::token, put_ticket_presence},
    Route{"GET", "/api/v1/tickets/{id}/draft", Access::moderator, Proof::none, get_drafts},
    Route{"PUT", "/api/v1/tickets/{id}/draft", Access::moderator, Proof::token, put_draft},
    Route{"DELETE", "/api/v1/tickets/{id}/draft", Access::moderator, Proof::token, delete_draft},
    Route{"GET", "/api/v1/incidents", Access::moderator, Proof::none, get_incidents},
    Route{"GET", "/api/v1/incidents/{id}/tickets", Access::moderator, Proof::none, get_incident_tickets},
    Route{"GET", "/api/v1/mentions/{id}/copies", Access::moderator, Proof::none, get_copies},
    Route{"POST", "/api/v1/mentions/{id}/corrections", Access::moderator, Proof::token, post_correction},
    Route{"GET", "/api/v1/corrections.ndjson", Access::manager, Proof::none, export_corrections},
    Route{"PUT", "/api/v1/mentions/{id}/customer", Access::moderator, Proof::token, put_mention_customer},
    Route{"GET", "/api/v1/corrections", Access::manager, Proof::none, get_corrections},
    Route{"DELETE", "/api/v1/corrections/{id}", Access::moderator, Proof::token, delete_correction},
    Route{"GET", "/api/v1/search", Access::moderator, Proof::none, get_search},
    Route{"GET", "/api/v1/topics", Access::moderator, Proof::none, get_topics},
    Route{"GET", "/api/v1/customers", Access::moderator, Proof::none, get_customers},
    Route{"POST", "/api/v1/customers", Access::moderator, Proof::token, post_customer},
    Route{"POST", kImportPattern, Access::manager, Proof::token, import_customers},
    Route{"GET", "/api/v1/customers.csv", Access::manager, Proof::none, export_customers},
    Route{"GET", "/api/v1/customers/{id}", Access::moderator, Proof::none, get_customer},
    Route{"PATCH", "/api/v1/customers/{id}", Access::moderator, Proof::token, patch_customer},
    Route{"DELETE", "/api/v1/customers/{id}", Access::manager, Proof::token, erase_customer},
    Route{"GET", "/api/v1/customers/{id}/export", Access::manager, Proof::none, export_customer},
    Route{"POST", "/api/v1/customers/{id}/merge", Access::manager, Proof::token, post_merge},
    Route{"POST", "/api/v1/merges/{id}/undo", Access::manager, Proof::token, undo_merge_of_customers},
    Route{"POST", "/api/v1/customers/{id}/contacts", Access::moderator, Proof::token, post_contact},
    Route{"POST", "/api/v1/customers/{id}/cases/{case}/resolve", Access::moderator, Proof::token,
          resolve_customer_case},
    Route{"POST", "/api/v1/customers/{id}/identities", Access::moderator, Proof::token, post_identity},
    Route{"DELETE", "/api/v1/customers/{id}/identities/{platform}/{handle}", Access::moderator, Proof::token,
          delete_identity},
    Route{"POST", "/api/v1/customers/{id}/touches/{touch}", Access::moderator, Proof::token, post_touch},
    Route{"GET", "/api/v1/today", Access::moderator, Proof::none, get_today},
    // The token is the proof: calendar programs sign in nowhere.
    Route{"GET", "/calendar/{token}", Access::anyone, Proof::none, get_calendar},
    Route{"GET", "/calendar/rota/{token}", Access::anyone, Proof::none, get_rota_calendar},
    Route{"GET", "/api/v1/reports/precision", Access::manager, Proof::none, get_precision_report},
    Route{"GET", "/api/v1/reports/{report}", Access::manager, Proof::none, get_report},
    Route{"GET", "/api/v1/team", Access::moderator, Proof::none, get_team},
    Route{"PUT", "/api/v1/me/presence", Access::moderator, Proof::token, put_presence},
    Route{"GET", "/api/v1/proposals", Access::moderator, Proof::none, get_proposals},
    Route{"POST", "/api/v1/proposals/{id}", Access::moderator, Proof::token, post_proposal},
    Route{"POST", "/api/v1/promises/{id}", Access::moderator, Proof::token, post_promise},
    Route{"GET", "/api/v1/segments", Access::moderator, Proof::none, get_segments},
    Route{"GET", "/api/v1/segments/fields", Access::moderator, Proof::none, get_segment_fields},
    Route{"POST", "/api/v1/segments/preview", Access::moderator, Proof::token, preview_segment},
    Route{"PUT", "/api/v1/segments/{name}", Access::manager, Proof::token, put_segment},
    Route{"DELETE", "/api/v1/segments/{name}", Access::manager, Proof::token, delete_segment},
    Route{"GET", "/api/v1/segments/{name}/customers", Access::moderator, Proof::none, get_segment_customers},
    Route{"GET", "/api/v1/pilots", Access::moderator, Proof::none, get_pilots},
    Route{"GET", "/api/v1/pilots/{name}", Access::moderator, Proof::none, get_pilot},
    Route{"PUT", "/api/v1/pilots/{name}", Access::manager, Proof::token, put_pilot},
    Route{"DELETE", "/api/v1/pilots/{name}", Access::manager, Proof::token, delete_pilot},
    Route{"GET", "/api/v1/muted-authors", Access::moderator, Proof::none, get_muted_authors},
    Route{"PUT", "/api/v1/muted-authors/{platform}/{handle}", Access::moderator, Proof::token, put_muted_author},
    Route{"DELETE", "/api/v1/muted-authors/{platform}/{handle}", Access::moderator, Proof::token, delete_muted_author},
    Route{"GET", "/api/v1/sources", Access::moderator, Proof::none, get_sources},
    Route{"POST", "/api/v1/sources/{name}", Access::manager, Proof::token, post_source},
    Route{"POST", "/api/v1/sources/{name}/sign-in", Access::admin, Proof::token, post_source_sign_in},
    Route{"DELETE", "/api/v1/sources/{name}/sign-in", Access::admin, Proof::token, delete_source_sign_in},
    // A platform sends the browser here; the one-time state in the address is the proof.
    Route{"GET", "/api/v1/sign-ins/callback", Access::admin, Proof::none, get_sign_in_callback},
    Route{"GET", "/api/v1/setup", Access::manager, Proof::none, get_setup},
    Route{"PUT", "/api/v1/setup", Access::admin, Proof::token, put_setup},
    Route{"GET", "/api/v1/setup/{kind}", Access::moderator, Proof::none, get_setup_items},
    Route{"GET", "/api/v1/setup/{kind}/{name}/history", Access::manager, Proof::none, get_setup_history},
    Route{"GET", "/api/v1/rules/hits", Access::manager, Proof::none, get_rule_hits},
    Route{"GET", "/api/v1/rules.toml", Access::manager, Proof::none, get_rules_file},
    Route{"PUT", "/api/v1/rules.toml", Access::manager, Proof::token, put_rules_file},
    Route{"POST", "/api/v1/rules/check", Access::manager, Proof::token, post_rule_check},
    Route{"GET", "/api/v1/rules/completions", Access::manager, Proof::none, get_rule_completions},
    Route{"POST", "/api/v1/rules/backtest", Access::manager, Proof::token, post_rule_backtest},
    Route{"PUT", "/api/v1/setup/{kind}/{name}", Access::manager, Proof::token, put_setup_item},
    Route{"DELETE", "/api/v1/setup/{kind}/{name}", Access::manager, Proof::token, delete_setup_item},
    Route{"GET", "/api/v1/mails", Access::mail_reader, Proof::none, get_mails},
    Route{"GET", "/api/v1/mails/{id}", Access::mail_reader, Proof::none, get_mail},
    Route{"GET", "/api/v1/mails/{id}/html", Access::mail_reader, Proof::none, get_mail_html},
    Route{"POST", "/api/v1/mails/{id}/retry", Access::manager, Proof::token, retry_mail},
    Route{"GET", "/api/v1/mail-previews", Access::manager, Proof::none, get_mail_kinds},
    Route{"GET", "/api/v1/mail-previews/{kind}", Access::manager, Proof::none, get_mail_preview},
    Route{"GET", "/api/v1/mail-previews/{kind}/html", Access::manager, Proof::none, get_mail_preview_html},
    Route{"GET", "/api/v1/events", Access::signed_in, Proof::none, get_events},
    Route{"GET", "/m/ack", Access::anyone, Proof::none, get_ack},
    // The token of the mail is the proof: it rides on no cookie, so nothing can be forged on somebody's behalf.
    Route{"POST", "/m/ack", Access::anyone, Proof::none, post_ack},
    Route{"GET", "/m/ack.css", Access::anyone, Proof::none, get_ack_style},
    Route{"GET", "/m/survey", Access::anyone, Proof::none, get_survey_page},
    Route{"POST", "/m/survey", Access::anyone, Proof::none, post_survey_page},
    Route{"GET", "/m/unsubscribe", Access::anyone, Proof::none, get_unsubscribe_page},
    Route{"POST", "/m/unsubscribe", Access::anyone, Proof::none, post_unsubscribe_page},
    Route{"GET", "/m/digest", Access::anyone, Proof::none, get_digest_page},
    Route{"POST", "/m/digest", Access::anyone, Proof::none, post_digest_page},
    Route{"GET", "/healthz", Access::anyone, Proof::none, healthz},
    Route{"GET", "/readyz", Access::anyone, Proof::none, readyz},
};

}  // namespace
}  // namespace handlers

namespace {

/// The {parts} of a path that has this pattern; nullopt: it has not.
std::optional<std::vector<std::string>> matched(std::string_view pattern, const std::vector<std::string>& segments) {
    std::vector<std::string> args;
    std::size_t at = 0;
    while (!pattern.empty()) {
        pattern.remove_prefix(1);
        const auto part = pattern.substr(0, pattern.find('/'));
        pattern.remove_prefix(part.size());
        if (at == segments.size()) return std::nullopt;
        const auto& segment = segments[at++];
        if (part.starts_with('{')) {
            if (segment.empty()) return std::nullopt;
            args.push_back(segment);
        } else if (part != segment) {
            return std::nullopt;
        }
    }
    if (at != segments.size()) return std::nullopt;
    return args;
}

}  // namespace

std::span<const Route> routes() { return handlers::kRoutes; }

std::size_t longest_body(std::string_view target) {
    return target.substr(0, target.find('?')) == kImportPattern ? limits::kImportBody : limits::kRequestBody;
}

Match match(std::string_view method, const std::vector<std::string>& segments) {
    Match found;
    for (const auto& route : handlers::kRoutes) {
        auto args = matched(route.pattern, segments);
        if (!args) continue;
        if (route.method == method || (method == "HEAD" && route.method == "GET"))
            return {&route, std::move(*args), {}};
        found.allow += (found.allow.empty() ? "" : ", ") + std::string(route.method);
    }
    return found;
}

}  // namespace rasid
