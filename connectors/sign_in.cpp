#include "connectors/sign_in.hpp"

#include "connectors/plain_text.hpp"
#include "core/json.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <sodium.h>

namespace rasid {
namespace {

using Form = std::vector<std::pair<std::string, std::string>>;

constexpr std::chrono::minutes kBeforeItsEnd{5};
constexpr std::chrono::seconds kLongestLife = std::chrono::days(3650);
constexpr std::size_t kLongestToken = 8192;

std::string base64(std::string_view bytes, int variant) {
    std::string text(sodium_base64_encoded_len(bytes.size(), variant), '\0');
    sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                      variant);
    text.pop_back();  // the terminating NUL
    return text;
}

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

HttpRequest client_request(const SignInWay& way, const std::string& url, const SignInClient& client, Form form) {
    if (!way.basic) {
        form.emplace_back("client_id", client.id);
        if (!client.secret.empty()) form.emplace_back("client_secret", client.secret);
        return form_request(url, form);
    }
    auto request = form_request(url, form);
    const auto named = url_encode(client.id) + ":" + url_encode(client.secret);
    request.headers.push_back({"Authorization", "Basic " + base64(named, sodium_base64_VARIANT_ORIGINAL)});
    return request;
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

std::string without_slash(std::string_view text) {
    while (text.ends_with('/')) text.remove_suffix(1);
    return std::string(text);
}

/// "https://social.example:8443" of "https://social.example:8443/oauth/authorize".
std::string origin_of_url(std::string_view url) {
    const auto scheme = url.find("://");
    if (scheme == std::string_view::npos) return {};
    return std::string(url.substr(0, url.find('/', scheme + 3)));
}

}  // namespace

std::string pkce_challenge(std::string_view verifier) {
    std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
    crypto_hash_sha256(hash.data(), reinterpret_cast<const unsigned char*>(verifier.data()), verifier.size());
    return base64({reinterpret_cast<const char*>(hash.data()), hash.size()}, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

std::string authorize_address(const SignInWay& way, const std::string& client_id, const std::string& redirect,
                              const std::string& state, const std::string& challenge) {
    Form form = {{"response_type", "code"},
                 {"client_id", client_id},
                 {"redirect_uri", redirect},
                 {"scope", way.scopes},
                 {"state", state},
                 {"code_challenge", challenge},
                 {"code_challenge_method", "S256"}};
    form.insert(form.end(), way.extra.begin(), way.extra.end());
    return way.authorize_url + "?" + form_text(form);
}

bool is_issuer(const SignInWay& way, std::string_view iss) {
    if (iss.empty()) return true;
    const auto expected = way.issuer.empty() ? origin_of_url(way.authorize_url) : way.issuer;
    return without_slash(iss) == without_slash(expected);
}

HttpRequest registration_request(const SignInWay& way, const std::string& redirect) {
    return form_request(way.register_url,
                        {{"client_name", "Rasid"}, {"redirect_uris", redirect}, {"scopes", way.scopes}});
}

HttpRequest code_request(const SignInWay& way, const SignInClient& client, const std::string& code,
                         const std::string& verifier, const std::string& redirect) {
    return client_request(way, way.token_url, client,
                          {{"grant_type", "authorization_code"},
                           {"code", code},
                           {"code_verifier", verifier},
                           {"redirect_uri", redirect}});
}

HttpRequest refresh_request(const SignInWay& way, const Grant& grant) {
    return client_request(way, way.token_url, grant.client,
                          {{"grant_type", "refresh_token"}, {"refresh_token", grant.refresh_token}});
}

HttpRequest revoke_request(const SignInWay& way, const Grant& grant) {
    // A refresh token takes the access tokens that came by it along.
    const auto& token = grant.refresh_token.empty() ? grant.access_token : grant.refresh_token;
    return client_request(way, way.revoke_url, grant.client, {{"token", token}});
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
    std::string type = root["token_type"].text_or("bearer");
    std::transform(type.begin(), type.end(), type.begin(), [](unsigned char c) { return std::tolower(c); });
    if (type != "bearer") return Failure{Failure::Kind::malformed, "the platform sent a token that is no bearer token"};
    if (const auto life = root["expires_in"].integer(); life && *life > 0)
        grant.expires_at = now + std::min(std::chrono::seconds(*life), kLongestLife);
    return grant;
}

std::string read_account(const SignInWay& way, const HttpResponse& response) {
    if (response.status != 200) return {};
    const auto json = parse_json(response.body);
    if (!json) return {};
    auto here = json->root();
    std::string_view path = way.account_member;
    while (!path.empty()) {
        const auto part = path.substr(0, path.find('.'));
        path.remove_prefix(std::min(part.size() + 1, path.size()));
        std::size_t index = 0;
        const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), index);
        const bool counted = error == std::errc() && end == part.data() + part.size();
        here = counted ? here.at(index) : here[part];
    }
    return clean_line(here.text_or(""), 200);
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
