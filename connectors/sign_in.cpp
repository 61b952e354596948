#include "connectors/sign_in.hpp"

#include "connectors/plain_text.hpp"
#include "core/base64.hpp"
#include "core/json.hpp"
#include "core/text/lower_ascii.hpp"

#include <algorithm>
#include <array>
#include <sodium.h>
#include <utility>
#include <vector>

namespace rasid {
namespace {

using Form = std::vector<std::pair<std::string, std::string>>;

constexpr std::chrono::minutes kBeforeItsEnd{5};
constexpr std::chrono::seconds kLongestLife = std::chrono::days(3650);
constexpr std::size_t kLongestToken = 8192;

std::string form_text(const Form& form) {
    std::string text;
    for (const auto& [name, value] : form)
        text += (text.empty() ? "" : "&") + url_encode(name) + "=" + url_encode(value);
    return text;
}

HttpRequest form_request(const std::string& url, const Form& form) {
    HttpRequest request{.method = "POST", .url = url};
    request.headers = {{"Accept", "application/json"}, {"Content-Type", "application/x-www-form-urlencoded"}};
    request.body = form_text(form);
    request.deadline = std::chrono::seconds(15);
    request.max_body = 64u << 10;
    return request;
}

/// The app names itself in the form.
HttpRequest client_request(const std::string& url, const SignInClient& client, Form form) {
    form.emplace_back("client_id", client.id);
    if (!client.secret.empty()) form.emplace_back("client_secret", client.secret);
    return form_request(url, form);
}

/// What a token that goes into a header may be.
bool is_token(std::string_view text) {
    return !text.empty() && text.size() <= kLongestToken &&
           std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c <= '~'; });
}

Result<JsonDocument> answer_of(const HttpResponse& response, Instant now) {
    auto json = parse_json(response.body);
    if (response.status >= 200 && response.status <= 299) {
        if (!json || !json->root().is_object())
            return Failure{Failure::Kind::malformed, "the platform's answer is no JSON object"};
        return json;
    }
    auto failure = failure_of(response, std::chrono::floor<std::chrono::seconds>(now));
    // What the platform says beyond the word of the standard may repeat what was sent.
    const auto word = json ? clean_line(json->root()["error"].text_or(""), 60) : std::string();
    if (word == "invalid_grant")
        failure.kind = Failure::Kind::unauthorized;
    else if (failure.kind == Failure::Kind::unauthorized)
        failure.kind = Failure::Kind::refused;
    if (!word.empty() && word.find_first_of(" <>") == std::string::npos) failure.what += ": " + word;
    return failure;
}

}  // namespace

std::string pkce_challenge(std::string_view verifier) {
    std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
    crypto_hash_sha256(hash.data(), reinterpret_cast<const unsigned char*>(verifier.data()), verifier.size());
    return url_base64({reinterpret_cast<const char*>(hash.data()), hash.size()});
}

std::string authorize_address(const SignInWay& way, const std::string& client_id, const std::string& redirect,
                              const std::string& state, const std::string& challenge) {
    const Form form = {{"response_type", "code"},
                       {"client_id", client_id},
                       {"redirect_uri", redirect},
                       {"scope", way.scopes},
                       {"state", state},
                       {"code_challenge", challenge},
                       {"code_challenge_method", "S256"}};
    return way.authorize_url + "?" + form_text(form);
}

bool is_issuer(const SignInWay& way, std::string_view iss) {
    if (iss.ends_with('/')) iss.remove_suffix(1);
    return iss.empty() || iss == way.issuer;
}

HttpRequest registration_request(const SignInWay& way, const std::string& redirect) {
    return form_request(way.register_url,
                        {{"client_name", "Rasid"}, {"redirect_uris", redirect}, {"scopes", way.scopes}});
}

HttpRequest code_request(const SignInWay& way, const SignInClient& client, const std::string& code,
                         const std::string& verifier, const std::string& redirect) {
    return client_request(way.token_url, client,
                          {{"grant_type", "authorization_code"},
                           {"code", code},
                           {"code_verifier", verifier},
                           {"redirect_uri", redirect}});
}

HttpRequest refresh_request(const SignInWay& way, const Grant& grant) {
    return client_request(way.token_url, grant.client,
                          {{"grant_type", "refresh_token"}, {"refresh_token", grant.refresh_token}});
}

HttpRequest revoke_request(const SignInWay& way, const Grant& grant) {
    // A refresh token takes the access tokens that came by it along.
    const auto& token = grant.refresh_token.empty() ? grant.access_token : grant.refresh_token;
    return client_request(way.revoke_url, grant.client, {{"token", token}});
}

HttpRequest account_request(const SignInWay& way, const std::string& access_token) {
    HttpRequest request{.url = way.account_url};
    request.headers = {{"Accept", "application/json"}, {"Authorization", "Bearer " + access_token}};
    request.deadline = std::chrono::seconds(15);
    request.max_body = 256u << 10;
    return request;
}

Result<SignInClient> read_registration(const HttpResponse& response, Instant now) {
    auto json = answer_of(response, now);
    if (!json) return json.error();
    SignInClient client{json->root()["client_id"].text_or(""), json->root()["client_secret"].text_or("")};
    if (!is_token(client.id)) return Failure{Failure::Kind::malformed, "the platform registered no client_id"};
    return client;
}

Result<Grant> read_grant(const HttpResponse& response, Instant now) {
    auto json = answer_of(response, now);
    if (!json) return json.error();
    const auto root = json->root();
    Grant grant;
    grant.access_token = root["access_token"].text_or("");
    grant.refresh_token = root["refresh_token"].text_or("");
    if (!is_token(grant.access_token) || (!grant.refresh_token.empty() && !is_token(grant.refresh_token)))
        return Failure{Failure::Kind::malformed, "the platform sent no usable access token"};
    const auto type = lower_ascii(root["token_type"].text_or("bearer"));
    if (type != "bearer") return Failure{Failure::Kind::malformed, "the platform sent a token that is no bearer token"};
    if (const auto life = root["expires_in"].integer(); life && *life > 0)
        grant.expires_at = now + std::min(std::chrono::seconds(*life), kLongestLife);
    return grant;
}

std::string read_account(const SignInWay& way, const HttpResponse& response) {
    if (response.status != 200) return {};
    const auto json = parse_json(response.body);
    if (!json) return {};
    return clean_line(json->root()[way.account_member].text_or(""), 200);
}

Grant refreshed(const Grant& before, Grant fresh) {
    if (fresh.refresh_token.empty()) fresh.refresh_token = before.refresh_token;
    fresh.account = before.account;
    fresh.token_url = before.token_url;
    fresh.client = before.client;
    return fresh;
}

bool is_refresh_due(const Grant& grant, Instant now) {
    return !grant.access_token.empty() && !grant.refresh_token.empty() && grant.expires_at &&
           *grant.expires_at - now <= kBeforeItsEnd;
}

std::string print_grant(const Grant& grant) {
    JsonWriter out;
    out.object([&] {
        out.member("access_token", grant.access_token);
        out.member("refresh_token", grant.refresh_token);
        out.member("expires_at", grant.expires_at);
        out.member("account", grant.account);
        out.member("token_url", grant.token_url);
        out.member("client_id", grant.client.id);
        out.member("client_secret", grant.client.secret);
    });
    return std::move(out).take();
}

Result<Grant> parse_grant(std::string_view text) {
    auto json = parse_json(text);
    if (!json || !json->root().is_object()) return Failure{Failure::Kind::malformed, "a kept grant is unreadable"};
    const auto root = json->root();
    Grant grant;
    grant.access_token = root["access_token"].text_or("");
    grant.refresh_token = root["refresh_token"].text_or("");
    if (const auto end = root["expires_at"].string()) grant.expires_at = parse_rfc3339(*end);
    grant.account = root["account"].text_or("");
    grant.token_url = root["token_url"].text_or("");
    grant.client = {root["client_id"].text_or(""), root["client_secret"].text_or("")};
    return grant;
}

}  // namespace rasid
