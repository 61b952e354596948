#pragma once

#include "connectors/sign_in.hpp"
#include "connectors/source.hpp"
#include "core/json.hpp"

#include <optional>
#include <string>

namespace rasid {

/// One answer of the API that said yes.
struct MastodonAnswer {
    JsonDocument json = {};
    /// Set when the request budget is spent: how long until there is a new one.
    std::optional<std::chrono::seconds> wait = {};
};

/// How one signs in to the server at `base`; nullopt: that is no web address.
std::optional<SignInWay> mastodon_sign_in(std::string_view base);

/// Bounded, authorised exchanges with one server of the Mastodon family.
class MastodonApi {
public:
    MastodonApi(std::string base, std::string token, SourceEnv env);

    /// Reads `path_and_query`. Statuses that say no become Failures, with the time to wait where the server names one.
    Task<Result<MastodonAnswer>> get(std::string path_and_query) const;

    /// Sends `body` as JSON. An exchange that broke off, and an error that may have come after the deed, is
    /// unknown_outcome.
    Task<Result<MastodonAnswer>> post(std::string path, std::string body, std::string idempotency_key) const;

    const std::string& host() const { return host_; }
    bool has_token() const { return !token_.empty(); }

private:
    HttpRequest request(std::string path_and_query) const;
    Failure refusal(const HttpResponse& response) const;
    std::optional<std::chrono::seconds> budget_wait(const HttpResponse& response) const;

    std::string base_;
    std::string host_;
    std::string token_;
    HttpClient& http_;
    Clock& clock_;
};

}  // namespace rasid
