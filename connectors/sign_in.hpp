#pragma once

#include "core/http.hpp"
#include "core/instant.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace rasid {

/// How a platform lets an app act for an account: OAuth 2.0 by authorization code (RFC 6749) with PKCE S256 (RFC 7636).
struct SignInWay {
    std::string authorize_url = {};   ///< where the person is sent
    std::string token_url = {};       ///< codes and refresh tokens become access tokens here
    std::string revoke_url = {};      ///< RFC 7009; empty: the platform has none
    std::string register_url = {};    ///< where the app registers itself
    std::string account_url = {};     ///< tells who signed in
    std::string account_member = {};  ///< of that answer: "acct"
    std::string issuer = {};          ///< what `iss` says of it (RFC 9207), without a slash at its end
    std::string scopes = {};
};

/// The app as the platform knows it.
struct SignInClient {
    std::string id = {};
    std::string secret = {};  ///< empty: a public client
    bool operator==(const SignInClient&) const = default;
};

/// What a sign-in brought. Without an access token: the platform took it back, and somebody has to sign in again.
struct Grant {
    std::string access_token = {};
    std::string refresh_token = {};
    std::optional<Instant> expires_at = {};  ///< absent: the platform named no end
    std::string account = {};                ///< who signed in; empty: unknown
    std::string token_url = {};              ///< of the way that it came by: it is shown to no other platform
    SignInClient client = {};
    bool operator==(const Grant&) const = default;
};

/// The S256 challenge of a verifier.
std::string pkce_challenge(std::string_view verifier);

/// Where the person is sent to.
std::string authorize_address(const SignInWay& way, const std::string& client_id, const std::string& redirect,
                              const std::string& state, const std::string& challenge);

/// Whether an answer that says this of its issuer comes from the platform that was asked. One that says nothing may.
bool is_issuer(const SignInWay& way, std::string_view iss);

// The exchanges. Tokens and secrets stand in headers and bodies, never in an address.
HttpRequest registration_request(const SignInWay& way, const std::string& redirect);
HttpRequest code_request(const SignInWay& way, const SignInClient& client, const std::string& code,
                         const std::string& verifier, const std::string& redirect);
HttpRequest refresh_request(const SignInWay& way, const Grant& grant);
HttpRequest revoke_request(const SignInWay& way, const Grant& grant);
HttpRequest account_request(const SignInWay& way, const std::string& access_token);

// The answers. What fails never repeats a token or a code.
Result<SignInClient> read_registration(const HttpResponse& response, Instant now);
/// Access token, refresh token and end alone. Fails with unauthorized when the code or refresh token is spent or taken
/// back (`invalid_grant`).
Result<Grant> read_grant(const HttpResponse& response, Instant now);
/// Empty when the answer does not tell.
std::string read_account(const SignInWay& way, const HttpResponse& response);

/// The grant after a refresh: a platform that sends no new refresh token lets the old one stand.
Grant refreshed(const Grant& before, Grant fresh);

/// Whether a grant is to be refreshed now: five minutes before its end. Never without a refresh token.
bool is_refresh_due(const Grant& grant, Instant now);

// As it is kept.
std::string print_grant(const Grant& grant);
Result<Grant> parse_grant(std::string_view text);

}  // namespace rasid
