#include "connectors/sources/mastodon_api.hpp"

#include "connectors/plain_text.hpp"

#include <algorithm>

namespace rasid {
namespace {

std::string trimmed(std::string text) {
    while (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ') text.pop_back();
    while (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ') text.erase(0, 1);
    return text;
}

std::string without_slash(std::string base) {
    while (base.ends_with('/')) base.pop_back();
    return base;
}

}  // namespace

std::optional<SignInWay> mastodon_sign_in(std::string_view base) {
    const auto server = without_slash(web_url(base));
    if (server.empty()) return std::nullopt;
    return SignInWay{.authorize_url = server + "/oauth/authorize",
                     .token_url = server + "/oauth/token",
                     .revoke_url = server + "/oauth/revoke",
                     .register_url = server + "/api/v1/apps",
                     .account_url = server + "/api/v1/accounts/verify_credentials",
                     .account_member = "acct",
                     .issuer = server,
                     .scopes = "read:accounts read:notifications read:statuses read:search write:statuses "
                               "write:favourites"};
}

MastodonApi::MastodonApi(std::string base, std::string token, SourceEnv env)
    : base_(without_slash(std::move(base))), host_(host_of(base_)), token_(trimmed(std::move(token))), http_(env.http),
      clock_(env.clock) {}

HttpRequest MastodonApi::request(std::string path_and_query) const {
    HttpRequest request{.url = base_ + path_and_query};
    request.headers.push_back({"Accept", "application/json"});
    if (!token_.empty()) request.headers.push_back({"Authorization", "Bearer " + token_});
    return request;
}

std::optional<std::chrono::seconds> MastodonApi::budget_wait(const HttpResponse& response) const {
    constexpr std::chrono::seconds kLongest = std::chrono::hours(24);
    if (response.header("X-RateLimit-Remaining") != "0") return std::nullopt;
    auto reset = parse_rfc3339(response.header("X-RateLimit-Reset"));
    if (!reset) return std::nullopt;
    auto wait = std::chrono::ceil<std::chrono::seconds>(*reset - clock_.now());
    return std::clamp(wait, std::chrono::seconds(1), kLongest);
}

Failure MastodonApi::refusal(const HttpResponse& response) const {
    auto failure = failure_of(response, std::chrono::floor<std::chrono::seconds>(clock_.now()));
    if (!failure.retry_after && failure.kind == Failure::Kind::rate_limited)
        failure.retry_after = budget_wait(response);
    if (auto json = parse_json(response.body)) {
        if (auto said = clean_line(json->root()["error"].text_or(""), 200); !said.empty()) failure.what += ": " + said;
    }
    return failure;
}

Task<Result<MastodonAnswer>> MastodonApi::get(std::string path_and_query) const {
    auto response = co_await http_.fetch(request(std::move(path_and_query)));
    if (!response) co_return response.error();
    if (response->status < 200 || response->status > 299) co_return refusal(*response);
    auto json = parse_json(response->body);
    if (!json) co_return Failure{Failure::Kind::malformed, "the server's answer is no JSON: " + json.error().what};
    co_return MastodonAnswer{std::move(*json), budget_wait(*response)};
}

Task<Result<MastodonAnswer>> MastodonApi::post(std::string path, std::string body, std::string idempotency_key) const {
    auto order = request(std::move(path));
    order.method = "POST";
    order.body = std::move(body);
    order.headers.push_back({"Content-Type", "application/json"});
    if (!idempotency_key.empty()) order.headers.push_back({"Idempotency-Key", std::move(idempotency_key)});
    auto response = co_await http_.fetch(std::move(order));
    if (!response) {
        auto failure = response.error();
        // Nobody can tell a connection that never stood from an answer that never came.
        if (failure.kind == Failure::Kind::unreachable || failure.kind == Failure::Kind::malformed)
            failure.kind = Failure::Kind::unknown_outcome;
        co_return failure;
    }
    if (response->status < 200 || response->status > 299) {
        auto failure = refusal(*response);
        // 503 is an overloaded server that did not begin; any other 5xx may have come after the deed.
        if (failure.kind == Failure::Kind::unreachable && response->status != 503)
            failure.kind = Failure::Kind::unknown_outcome;
        co_return failure;
    }
    auto json = parse_json(response->body);
    if (!json)
        co_return Failure{Failure::Kind::unknown_outcome, "the server took the request, but its answer is unreadable"};
    co_return MastodonAnswer{std::move(*json), budget_wait(*response)};
}

}  // namespace rasid
