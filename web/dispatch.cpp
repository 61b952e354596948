#include "web/dispatch.hpp"

#include "core/text/lower_ascii.hpp"
#include "web/idempotency.hpp"
#include "web/passwords.hpp"
#include "web/router.hpp"
#include "web/site.hpp"
#include "web/token_scopes.hpp"

#include <array>
#include <new>
#include <utility>

namespace rasid {
namespace {

/// First segments of the page's own addresses (web/app); everything else that is not there is 404.
constexpr std::array<std::string_view, 17> kScreens = {
    "tickets", "topics",   "customers", "sources", "setup", "mails",   "proposals", "segments", "pilots",
    "today",   "settings", "team",      "rules",   "audit", "reports", "search",    "templates"};

bool is_screen(const std::vector<std::string>& segments) {
    if (segments.empty()) return true;
    if (segments.size() > 3) return false;
    for (const auto screen : kScreens) {
        if (segments.front() == screen) return true;
    }
    return false;
}

std::optional<Response> refuse_right(const Site& site, const Route& route, const std::optional<Principal>& principal) {
    if (route.access == Access::anyone) return std::nullopt;
    if (!principal) return problem(401, "not_signed_in", "sign in first");
    const auto role = principal->person.role;
    const bool may = route.access == Access::signed_in || route.access == Access::moderator ||
                     (route.access == Access::manager && role != Role::moderator) ||
                     (route.access == Access::admin && role == Role::admin) ||
                     (route.access == Access::mail_reader && site.reads_mails(principal->person));
    if (!may) return problem(403, "forbidden", "this needs another role");
    return std::nullopt;
}

std::optional<Response> refuse_proof(const OriginRules& origin, const Route& route, const Request& request) {
    // A token is no cookie: no foreign page can make a browser send it.
    if (route.proof == Proof::none || (request.principal && request.principal->token)) return std::nullopt;
    if (!origin.from_this_site(request))
        return problem(403, "foreign_origin", "the request does not come from a page of this site");
    if (route.proof == Proof::token && !same_secret(request.header("X-CSRF-Token"), request.principal->session.csrf)) {
        return problem(403, "csrf", "the X-CSRF-Token header is missing or not this session's");
    }
    return std::nullopt;
}

/// Of `Authorization: Bearer TOKEN`; nullopt: the header is something else.
std::optional<std::string> bearer_token(const Request& request) {
    constexpr std::string_view kScheme = "bearer ";
    const auto given = request.header("Authorization");
    if (given.size() <= kScheme.size()) return std::nullopt;
    if (lower_ascii(given.substr(0, kScheme.size())) != kScheme) return std::nullopt;
    return std::string(given.substr(kScheme.size()));
}

/// Sets the principal of a program; the response that says why it may not.
Task<std::optional<Response>> admit_program(Site& site, Request& request, std::string token, const Route& route) {
    auto outcome = co_await site.accounts.authenticate_program(std::move(token), request.client, site.workspace);
    if (const auto* soon = std::get_if<Accounts::TooSoon>(&outcome)) co_return throttled(soon->retry_after);
    auto* principal = std::get_if<Principal>(&outcome);
    if (!principal) {
        site.audit(request, "token", "", "unknown, expired or revoked");
        auto refused = problem(401, "bad_token", "this token is unknown, expired or revoked");
        refused.headers.push_back({"WWW-Authenticate", "Bearer"});
        co_return refused;
    }
    request.principal = std::move(*principal);
    if (scopes_allow(request.principal->token->scopes, route)) co_return std::nullopt;
    if (needs_session(route)) co_return problem(403, "session_needed", "a person does this himself, signed in");
    co_return problem(403, "scope", "the token's scopes do not reach this");
}

/// Keeps what was noted of the request. What strangers fail at is bounded; the log has all of it.
Task<void> keep_audits(Site& site, Request& request) {
    auto records = std::exchange(request.audits, {});
    const auto now = site.clock.now();
    std::erase_if(records, [&](const AuditRecord& record) {
        return record.actor.empty() && record.result != "ok" && !site.strangers.spend(now);
    });
    if (records.empty()) co_return;
    std::vector<std::string> salts;
    for (std::size_t i = 0; i < records.size(); ++i) salts.push_back(new_token(site.random));
    co_await site.database.write([&](Store& store) {
        for (std::size_t i = 0; i < records.size(); ++i) store.append_audit(records[i], salts[i], now);
    });
}

Task<Response> answer_page(Site& site, Request& request) {
    std::string name;
    for (const auto& segment : request.segments) name += (name.empty() ? "" : "/") + segment;
    if (auto file = site.files.file(name, request)) co_return std::move(*file);
    if (!is_screen(request.segments)) co_return not_found();
    // Language and direction are in the first byte, so the page itself must know who asks.
    auto principal = co_await site.accounts.authenticate(std::string(request.cookie(kSessionCookie)), site.workspace);
    request.principal = std::move(principal);
    const auto settings = request.principal ? site.workspace->page_settings_of(request.person().id) : PageSettings();
    co_return site.files.index(page_language(request), settings.theme);
}

Task<Response> answer(Site& site, const OriginRules& origin, Request& request, std::string_view& route) {
    auto found = match(request.method, request.segments);
    if (!found.route) {
        if (!found.allow.empty()) {
            auto refused = problem(405, "method_not_allowed", "this address does not know the method");
            refused.headers.push_back({"Allow", found.allow});
            co_return refused;
        }
        if (request.method != "GET" && request.method != "HEAD") co_return not_found();
        if (!origin.knows_host(request.header("Host")))
            co_return problem(421, "wrong_host", "this server is not called so");
        route = "page";
        auto page = co_await answer_page(site, request);
        co_return page;
    }
    route = found.route->pattern;
    request.args = std::move(found.args);
    const bool health = route == "/healthz" || route == "/readyz";
    if (!health && !origin.knows_host(request.header("Host")))
        co_return problem(421, "wrong_host", "this server is not called so");
    if (const auto bearer = bearer_token(request); bearer && !area_of(route).empty()) {
        auto refused = co_await admit_program(site, request, *bearer, *found.route);
        if (refused) co_return std::move(*refused);
    } else if (const auto token = std::string(request.cookie(kSessionCookie)); !health && !token.empty()) {
        auto principal = co_await site.accounts.authenticate(token, site.workspace);
        request.principal = std::move(principal);
    }
    if (auto refused = refuse_right(site, *found.route, request.principal)) {
        if (refused->status == 403) site.audit(request, "refused", std::string(route), "forbidden");
        co_return std::move(*refused);
    }
    if (auto refused = refuse_proof(origin, *found.route, request)) co_return std::move(*refused);
    auto response = co_await answer_once(site, *found.route, request);
    co_return response;
}

Response failed(Site& site, int status, std::string_view code, std::string_view what) {
    const auto id = new_id(site.random, site.clock.now());
    if (site.hooks.failed) site.hooks.failed(id, std::string(what));
    return problem(status, code, "error " + id);
}

}  // namespace

Task<Response> dispatch(Site& site, const OriginRules& origin, Request& request, bool https, std::string_view& route) {
    Response response;
    try {
        response = co_await answer(site, origin, request, route);
        co_await keep_audits(site, request);
    } catch (const std::bad_alloc&) {
        response = failed(site, 503, "busy", "out of memory");
    } catch (const std::exception& failure) {
        response = failed(site, 500, "internal", failure.what());
    }
    add_security_headers(response, https);
    co_return response;
}

HttpHeader session_cookie(std::string_view token) {
    std::string value =
        std::string(kSessionCookie) + "=" + std::string(token) + "; Path=/; Secure; HttpOnly; SameSite=Lax";
    if (token.empty()) value += "; Max-Age=0";
    return {"Set-Cookie", std::move(value)};
}

}  // namespace rasid
