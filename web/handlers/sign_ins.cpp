#include "web/handlers/handlers.hpp"

namespace rasid::handlers {
namespace {

/// Whether this person may sign in for a source of that name.
bool may_sign_in(const Site& site, const Request& request, const std::string& name) {
    if (!site.hooks.sources.facts) return false;
    const auto facts = site.hooks.sources.facts(name);
    return facts && sees_brand(request.person(), facts->brand);
}

/// The word that the page has a message for.
std::string_view word_of(const Failure& failure) {
    if (failure.kind == Failure::Kind::unauthorized) return "denied";
    return failure.kind == Failure::Kind::conflict ? "stale" : "failed";
}

}  // namespace

Task<Response> post_source_sign_in(Site& site, const Request& request) {
    const auto name = request.args[0];
    if (!may_sign_in(site, request, name) || !site.hooks.sources.begin_sign_in) co_return not_found();
    auto beginning = site.hooks.sources.begin_sign_in(name, request.principal->session.token_hash);
    const auto address = co_await std::move(beginning);
    site.audit(request, "source_sign_in", name, address ? "begun" : std::string(to_string(address.error().kind)));
    if (!address) co_return problem(409, "sign_in_failed", address.error().what);
    JsonWriter out;
    out.object([&] { out.member("url", *address); });
    auto response = json_response(std::move(out).take());
    response.secret = true;
    co_return response;
}

Task<Response> delete_source_sign_in(Site& site, const Request& request) {
    const auto name = request.args[0];
    if (!may_sign_in(site, request, name) || !site.hooks.sources.sign_out) co_return not_found();
    auto leaving = site.hooks.sources.sign_out(name);
    const auto left = co_await std::move(leaving);
    site.audit(request, "source_signed_out", name, left ? "ok" : std::string(to_string(left.error().kind)));
    if (!left && left.error().kind == Failure::Kind::not_found) co_return not_found();
    if (!left) co_return problem(409, "sign_out_failed", left.error().what);
    co_return no_content();
}

// The one-time state in the address is the proof: it is good for the session that asked for it, once.
Task<Response> get_sign_in_callback(Site& site, const Request& request) {
    if (!site.hooks.sources.finish_sign_in) co_return not_found();
    SignInAnswer answer;
    answer.state = request.parameter("state");
    answer.code = request.parameter("code");
    answer.iss = request.parameter("iss");
    answer.error = request.parameter("error");
    auto finishing = site.hooks.sources.finish_sign_in(std::move(answer), request.principal->session.token_hash);
    const auto source = co_await std::move(finishing);
    site.audit(request, "source_signed_in", source ? *source : std::string(),
               source ? "ok" : std::string(to_string(source.error().kind)));
    // Away from an address that holds a code, at once.
    if (source) co_return redirect_to("/sources?signed_in=" + url_encode(*source));
    co_return redirect_to("/sources?sign_in=" + std::string(word_of(source.error())));
}

}  // namespace rasid::handlers
