#pragma once

#include "core/task.hpp"
#include "web/request.hpp"
#include "web/response.hpp"
#include "web/site.hpp"

namespace rasid::handlers {

// Signing in (session.cpp).
Task<Response> get_first_admin(Site& site, const Request& request);
Task<Response> post_first_admin(Site& site, const Request& request);
Task<Response> post_session(Site& site, const Request& request);
Task<Response> get_session(Site& site, const Request& request);
Task<Response> delete_session(Site& site, const Request& request);
Task<Response> patch_session_person(Site& site, const Request& request);
Task<Response> demo_sign_in(Site& site, const Request& request);

// Tokens of programs (tokens.cpp), who did what (audit.cpp), the description of the API (openapi.cpp).
Task<Response> get_tokens(Site& site, const Request& request);
Task<Response> post_token(Site& site, const Request& request);
Task<Response> delete_token(Site& site, const Request& request);
Task<Response> get_audit(Site& site, const Request& request);
Task<Response> get_openapi(Site& site, const Request& request);

// Tickets (tickets.cpp, ticket_actions.cpp).
Task<Response> get_tickets(Site& site, const Request& request);
Task<Response> get_ticket(Site& site, const Request& request);
Task<Response> post_ticket_action(Site& site, const Request& request);

// Who is at a ticket (ticket_presence.cpp), what is begun and not sent (drafts.cpp).
Task<Response> put_ticket_presence(Site& site, const Request& request);
Task<Response> get_tickets_presence(Site& site, const Request& request);
Task<Response> get_drafts(Site& site, const Request& request);
Task<Response> put_draft(Site& site, const Request& request);
Task<Response> delete_draft(Site& site, const Request& request);

// Several tickets at once (bulk.cpp), filters under names (views.cpp), the line above the queue (notices.cpp).
Task<Response> post_bulk(Site& site, const Request& request);
Task<Response> get_views(Site& site, const Request& request);
Task<Response> put_view(Site& site, const Request& request);
Task<Response> delete_view(Site& site, const Request& request);
Task<Response> get_notices(Site& site, const Request& request);

// Incidents (incidents.cpp).
Task<Response> get_incidents(Site& site, const Request& request);
Task<Response> get_incident_tickets(Site& site, const Request& request);

// Mentions (mentions.cpp).
Task<Response> get_copies(Site& site, const Request& request);

// Corrections (corrections.cpp).
Task<Response> post_correction(Site& site, const Request& request);
Task<Response> delete_correction(Site& site, const Request& request);
Task<Response> get_corrections(Site& site, const Request& request);
Task<Response> export_corrections(Site& site, const Request& request);
Task<Response> put_mention_customer(Site& site, const Request& request);  // mention_customer.cpp

// Full text (search.cpp).
Task<Response> get_search(Site& site, const Request& request);

// Topics (topics.cpp).
Task<Response> get_topics(Site& site, const Request& request);

// Customers (customers.cpp).
Task<Response> get_customers(Site& site, const Request& request);
Task<Response> get_customer(Site& site, const Request& request);
Task<Response> post_identity(Site& site, const Request& request);
Task<Response> delete_identity(Site& site, const Request& request);

// A customer's record (customer_record.cpp), files of them (customer_import.cpp), two made one (customer_merge.cpp).
Task<Response> post_customer(Site& site, const Request& request);
Task<Response> patch_customer(Site& site, const Request& request);
Task<Response> export_customer(Site& site, const Request& request);
Task<Response> erase_customer(Site& site, const Request& request);
Task<Response> import_customers(Site& site, const Request& request);
Task<Response> export_customers(Site& site, const Request& request);
Task<Response> post_merge(Site& site, const Request& request);
Task<Response> undo_merge_of_customers(Site& site, const Request& request);

// What is done for a customer (touches.cpp), what a person has to do (today.cpp, calendar.cpp).
Task<Response> post_touch(Site& site, const Request& request);
Task<Response> post_contact(Site& site, const Request& request);
Task<Response> resolve_customer_case(Site& site, const Request& request);
Task<Response> get_today(Site& site, const Request& request);
Task<Response> get_calendar(Site& site, const Request& request);

// Who is here and who is on call (team.cpp, calendar.cpp).
Task<Response> get_team(Site& site, const Request& request);
Task<Response> put_presence(Site& site, const Request& request);
Response calendar_response(std::string body);
/// What stands before the ".ics" of an address; nullopt: it does not end so.
std::optional<std::string_view> name_of_calendar(std::string_view file);
Task<Response> get_call_invitation(Site& site, const Request& request);
Task<Response> get_rota_calendar(Site& site, const Request& request);
/// Of the address of a rota's calendar, for one person: it is good as long as both are there.
std::string rota_token(const Site& site, const Person& person, const Rota& rota);

// Proposals (proposals.cpp), promises (promises.cpp), segments (segments.cpp), pilots (pilots.cpp).
Task<Response> get_proposals(Site& site, const Request& request);
Task<Response> post_proposal(Site& site, const Request& request);
Task<Response> post_promise(Site& site, const Request& request);
Task<Response> get_segments(Site& site, const Request& request);
Task<Response> put_segment(Site& site, const Request& request);
Task<Response> delete_segment(Site& site, const Request& request);
Task<Response> get_segment_fields(Site& site, const Request& request);
Task<Response> preview_segment(Site& site, const Request& request);
Task<Response> get_segment_customers(Site& site, const Request& request);
Task<Response> get_pilots(Site& site, const Request& request);
Task<Response> put_pilot(Site& site, const Request& request);
Task<Response> delete_pilot(Site& site, const Request& request);
Task<Response> get_pilot(Site& site, const Request& request);

// Authors (authors.cpp).
Task<Response> get_muted_authors(Site& site, const Request& request);
Task<Response> put_muted_author(Site& site, const Request& request);
Task<Response> delete_muted_author(Site& site, const Request& request);

// Sources (sources.cpp).
Task<Response> get_sources(Site& site, const Request& request);
Task<Response> post_source(Site& site, const Request& request);

// Signing in to their platforms (sign_ins.cpp).
Task<Response> post_source_sign_in(Site& site, const Request& request);
Task<Response> delete_source_sign_in(Site& site, const Request& request);
Task<Response> get_sign_in_callback(Site& site, const Request& request);

// Setup (setup.cpp).
Task<Response> get_setup(Site& site, const Request& request);
Task<Response> put_setup(Site& site, const Request& request);
Task<Response> get_setup_items(Site& site, const Request& request);
Task<Response> put_setup_item(Site& site, const Request& request);
Task<Response> delete_setup_item(Site& site, const Request& request);
Task<Response> get_setup_history(Site& site, const Request& request);  // setup_history.cpp

// Writing rules (rules.cpp).
Task<Response> post_rule_check(Site& site, const Request& request);
Task<Response> get_rule_completions(Site& site, const Request& request);
Task<Response> post_rule_backtest(Site& site, const Request& request);  // backtest.cpp
Task<Response> get_rule_hits(Site& site, const Request& request);       // rules_file.cpp
Task<Response> get_rules_file(Site& site, const Request& request);
Task<Response> put_rules_file(Site& site, const Request& request);

// What was measured (reports.cpp).
Task<Response> get_report(Site& site, const Request& request);
Task<Response> get_precision_report(Site& site, const Request& request);  // precision.cpp
/// How many days a report is about; nullopt: not 1 to 366.
std::optional<int> days_of(const Request& request);

// Mails (mails.cpp), and what each kind looks like (mail_previews.cpp).
Task<Response> get_mails(Site& site, const Request& request);
Task<Response> get_mail(Site& site, const Request& request);
Task<Response> get_mail_html(Site& site, const Request& request);
Task<Response> retry_mail(Site& site, const Request& request);
Task<Response> get_mail_kinds(Site& site, const Request& request);
Task<Response> get_mail_preview(Site& site, const Request& request);
Task<Response> get_mail_preview_html(Site& site, const Request& request);
/// The HTML of a mail as a page of its own, in a sandbox.
Response mail_page(std::string html);

// The stream (event_stream.cpp).
Task<Response> get_events(Site& site, const Request& request);

// Buttons in mails to us (ack.cpp), and to customers (survey_page.cpp, unsubscribe_page.cpp).
Task<Response> get_ack(Site& site, const Request& request);
Task<Response> post_ack(Site& site, const Request& request);
Task<Response> get_ack_style(Site& site, const Request& request);
Task<Response> get_survey_page(Site& site, const Request& request);
Task<Response> post_survey_page(Site& site, const Request& request);
Task<Response> get_unsubscribe_page(Site& site, const Request& request);
Task<Response> post_unsubscribe_page(Site& site, const Request& request);
Task<Response> get_digest_page(Site& site, const Request& request);  // digest_page.cpp
Task<Response> post_digest_page(Site& site, const Request& request);

// Health (health.cpp).
Task<Response> healthz(Site& site, const Request& request);
Task<Response> readyz(Site& site, const Request& request);

}  // namespace rasid::handlers
