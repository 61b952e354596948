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

// Tickets (tickets.cpp, ticket_actions.cpp).
Task<Response> get_tickets(Site& site, const Request& request);
Task<Response> get_ticket(Site& site, const Request& request);
Task<Response> post_ticket_action(Site& site, const Request& request);

// Mentions (mentions.cpp).
Task<Response> get_copies(Site& site, const Request& request);

// Topics (topics.cpp).
Task<Response> get_topics(Site& site, const Request& request);

// Customers (customers.cpp).
Task<Response> get_customers(Site& site, const Request& request);
Task<Response> get_customer(Site& site, const Request& request);
Task<Response> post_identity(Site& site, const Request& request);
Task<Response> delete_identity(Site& site, const Request& request);
Task<Response> post_touch(Site& site, const Request& request);

// Authors (authors.cpp).
Task<Response> get_muted_authors(Site& site, const Request& request);
Task<Response> put_muted_author(Site& site, const Request& request);
Task<Response> delete_muted_author(Site& site, const Request& request);

// Sources (sources.cpp).
Task<Response> get_sources(Site& site, const Request& request);

// Setup (setup.cpp).
Task<Response> get_setup(Site& site, const Request& request);
Task<Response> put_setup(Site& site, const Request& request);
Task<Response> get_setup_items(Site& site, const Request& request);
Task<Response> put_setup_item(Site& site, const Request& request);
Task<Response> delete_setup_item(Site& site, const Request& request);

// Mails (mails.cpp).
Task<Response> get_mails(Site& site, const Request& request);
Task<Response> get_mail(Site& site, const Request& request);
Task<Response> get_mail_html(Site& site, const Request& request);
Task<Response> retry_mail(Site& site, const Request& request);

// The stream (event_stream.cpp).
Task<Response> get_events(Site& site, const Request& request);

// Buttons in mails (ack.cpp).
Task<Response> get_ack(Site& site, const Request& request);
Task<Response> post_ack(Site& site, const Request& request);
Task<Response> get_ack_style(Site& site, const Request& request);

// Health (health.cpp).
Task<Response> healthz(Site& site, const Request& request);
Task<Response> readyz(Site& site, const Request& request);

}  // namespace rasid::handlers
