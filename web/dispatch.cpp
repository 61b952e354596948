#include "web/dispatch.hpp"

#include "web/passwords.hpp"
#include "web/router.hpp"
#include "web/site.hpp"

#include <array>
#include <new>

namespace rasid {
namespace {

/// First segments of the page's own addresses (web/app); everything else that is not there is 404.
constexpr std::array<std::string_view, 12> kScreens = {"tickets", "topics", "customers", "sources",
                                                       "setup",   "mails",  "proposals", "segments",
                                                       "pilots",  "today",  "settings",  "team"};

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
    if (route.proof == Proof::none) return std::nullopt;
    if (!origin.from_this_site(request))
        return problem(403, "foreign_origin", "the request does not come from a page of this site");
    if (route.proof == Proof::token && !same_secret(request.header("X-CSRF-Token"), request.principal->session.csrf)) {
        return problem(403, "csrf", "the X-CSRF-Token header is missing or not this session's");
    }
    return std::nullopt;
}

Task<Response> answer_page(Site& site, Request& request) {
    std::string name;
    for (const auto& segment : request.segments) name += (name.empty() ? "" : "/") + segment;
    if (auto file = site.files.file(name, request)) co_return std::move(*file);
    if (!is_screen(request.segments)) co_return not_found();
    // Language and direction are in the first byte, so the page itself must know who asks.
    auto principal = co_await site.accounts.authenticate(std::string(request.cookie(kSessionCookie)), site.workspace);
    request.principal = std::move(principal);
    co_return site.files.index(page_language(request));
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
    const auto token = std::string(request.cookie(kSessionCookie));
    if (!health && !token.empty()) {
        auto principal = co_await site.accounts.authenticate(token, site.workspace);
        request.principal = std::move(principal);
    }
    if (auto refused = refuse_right(site, *found.route, request.principal)) {
        if (refused->status == 403) site.audit(request, "refused", std::string(route), "forbidden");
        co_return std::move(*refused);
    }
    if (auto refused = refuse_proof(origin, *found.route, request)) co_return std::move(*refused);
    auto response = co_await found.route->handler(site, request);
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
