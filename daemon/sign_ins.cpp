#include "daemon/sign_ins.hpp"

#include "daemon/log.hpp"
#include "daemon/source_options.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace rasid {
namespace {

constexpr std::chrono::minutes kAnswerWithin{10};
constexpr std::size_t kBegunAtOnce = 50;
constexpr std::size_t kLongestCode = 4096;

std::optional<SignInWay> way_of(const SourceConfig& source) {
    const auto* kind = find_source_kind(source.kind);
    if (!kind || !signs_in_on_page(source, *kind)) return std::nullopt;
    const auto options = read_options(source, *kind).options;
    return kind->sign_in(options);
}

/// A grant is of the platform that gave it: a source that now watches another one does not show it there.
bool is_of(const std::optional<Grant>& grant, const SignInWay& way) {
    return grant && grant->token_url == way.token_url;
}

std::optional<Grant> kept_grant(PrivateFiles& files, const std::string& source) {
    const auto text = files.read(source);
    if (!text) {
        if (text.error().kind != Failure::Kind::not_found)
            log_event(Level::error, "grant_unreadable", text.error().what, {{"source", source}});
        return std::nullopt;
    }
    auto grant = parse_grant(*text);
    if (!grant) {
        log_event(Level::error, "grant_unreadable", grant.error().what, {{"source", source}});
        return std::nullopt;
    }
    return std::move(*grant);
}

std::string token_of(const std::optional<Grant>& grant, const SourceConfig& source) {
    if (!grant) return {};
    const auto known = way_of(source);
    return known && is_of(grant, *known) ? grant->access_token : std::string();
}

Failure nobody_waits() {
    return {
        Failure::Kind::conflict,
        "nobody waits for this answer: it was used, is older than ten minutes, or was asked for by another session"};
}

}  // namespace

std::string kept_token_for(PrivateFiles& files, const SourceConfig& source) {
    return token_of(kept_grant(files, source.name), source);
}

const std::optional<Grant>& SignIns::grant_of(const std::string& source) {
    auto known = known_.find(source);
    if (known == known_.end()) known = known_.emplace(source, kept_grant(env_.files, source)).first;
    return known->second;
}

std::string SignIns::token_for(const SourceConfig& source) { return token_of(grant_of(source.name), source); }

std::optional<SignInFacts> SignIns::facts(const std::string& source) {
    const auto* config = env_.source(source);
    const auto known = config ? way_of(*config) : std::nullopt;
    if (!known) return std::nullopt;
    SignInFacts facts;
    const auto& grant = grant_of(source);
    if (!is_of(grant, *known)) return facts;
    facts.signed_in = !grant->access_token.empty();
    facts.account = grant->account;
    if (facts.signed_in) {
        facts.until = grant->expires_at;
        facts.renews = !grant->refresh_token.empty();
    }
    return facts;
}

void SignIns::forget_stale() {
    const auto now = env_.clock.now();
    std::erase_if(begun_, [now](const auto& one) { return now - one.second.at > kAnswerWithin; });
    while (begun_.size() >= kBegunAtOnce)
        begun_.erase(std::ranges::min_element(begun_, {}, [](const auto& one) { return one.second.at; }));
}

Task<Result<std::string>> SignIns::begin(std::string source, std::string session) {
    const auto* config = env_.source(source);
    if (!config) co_return Failure{Failure::Kind::not_found, "there is no such source"};
    const auto known = way_of(*config);
    if (!known) co_return refused("nobody signs in to this source on the page: its kind or a token file forbids it");
    if (env_.redirect.empty()) co_return refused("set web.public_url, so that the platform knows the way back");
    auto registration = registration_request(*known, env_.redirect);
    const auto response = co_await env_.http.fetch(std::move(registration));
    if (!response) co_return response.error();
    const auto client = read_registration(*response, env_.clock.now());
    if (!client) co_return client.error();
    forget_stale();
    Begun begun{source, session, new_token(env_.random), *client, known->token_url, env_.clock.now()};
    const auto state = new_token(env_.random);
    const auto challenge = pkce_challenge(begun.verifier);
    begun_.insert_or_assign(state, std::move(begun));
    co_return authorize_address(*known, client->id, env_.redirect, state, challenge);
}

Task<Result<std::string>> SignIns::finish(SignInAnswer answer, std::string session) {
    auto ended = co_await take(std::move(answer), std::move(session));
    if (!ended) log_event(Level::warning, "sign_in_failed", ended.error().what, {});
    co_return ended;
}

Task<Result<std::string>> SignIns::take(SignInAnswer answer, std::string session) {
    forget_stale();
    // Taken out before anything else: an answer counts once, whatever becomes of it.
    auto taken = begun_.extract(answer.state);
    if (taken.empty() || taken.mapped().session != session) co_return nobody_waits();
    const auto begun = std::move(taken.mapped());
    const auto* config = env_.source(begun.source);
    const auto known = config ? way_of(*config) : std::nullopt;
    if (!known || known->token_url != begun.token_url) co_return nobody_waits();
    if (!is_issuer(*known, answer.iss)) co_return refused("the answer comes from another than was asked");
    if (!answer.error.empty()) co_return Failure{Failure::Kind::unauthorized, "the platform granted nothing"};
    if (answer.code.empty() || answer.code.size() > kLongestCode)
        co_return Failure{Failure::Kind::malformed, "the answer holds no code"};

    auto exchange = code_request(*known, begun.client, answer.code, begun.verifier, env_.redirect);
    const auto response = co_await env_.http.fetch(std::move(exchange));
    if (!response) co_return response.error();
    auto grant = read_grant(*response, env_.clock.now());
    if (!grant) co_return grant.error();
    grant->token_url = known->token_url;
    grant->client = begun.client;
    auto account = co_await account_of(*known, grant->access_token);
    grant->account = std::move(account);
    if (auto written = env_.files.write(begun.source, print_grant(*grant)); !written) co_return written.error();
    known_.insert_or_assign(begun.source, std::move(*grant));
    log_event(Level::info, "signed_in", "a grant of the platform is kept", {{"source", begun.source}});
    co_await env_.restart(begun.source);
    co_return begun.source;
}

/// Whoever it is: what was granted is good all the same.
Task<std::string> SignIns::account_of(SignInWay way, std::string access_token) {
    auto question = account_request(way, access_token);
    const auto response = co_await env_.http.fetch(std::move(question));
    if (!response) co_return std::string();
    co_return read_account(way, *response);
}

Task<Result<void>> SignIns::sign_out(std::string source) {
    const auto grant = grant_of(source);
    if (!grant) co_return Failure{Failure::Kind::not_found, "nobody is signed in here"};
    // The file first: what cannot be told to the platform is forgotten here nevertheless.
    if (auto removed = env_.files.remove(source); !removed) co_return removed.error();
    known_.insert_or_assign(source, std::nullopt);
    const auto* config = env_.source(source);
    const auto known = config ? way_of(*config) : std::nullopt;
    if (known && is_of(grant, *known) && !known->revoke_url.empty() && !grant->access_token.empty()) {
        auto revocation = revoke_request(*known, *grant);
        const auto response = co_await env_.http.fetch(std::move(revocation));
        if (!response || response->status >= 400)
            log_event(Level::warning, "grant_not_revoked", "the platform did not take the token back",
                      {{"source", source}});
    }
    co_await env_.restart(source);
    co_return Result<void>();
}

Task<void> SignIns::refresh_due() {
    std::vector<std::string> due;
    for (const auto& [source, grant] : known_) {
        if (grant && is_refresh_due(*grant, env_.clock.now())) due.push_back(source);
    }
    for (const auto& source : due) co_await refresh(source);
}

Task<void> SignIns::refresh(std::string source) {
    const auto before = grant_of(source);
    const auto* config = env_.source(source);
    const auto known = config ? way_of(*config) : std::nullopt;
    if (!known || !is_of(before, *known)) co_return;
    auto request = refresh_request(*known, *before);
    const auto response = co_await env_.http.fetch(std::move(request));
    // Somebody signed in or out meanwhile: that stands.
    if (grant_of(source) != before) co_return;
    auto fresh = response ? read_grant(*response, env_.clock.now()) : Result<Grant>(response.error());
    Grant next;
    if (fresh) {
        next = refreshed(*before, std::move(*fresh));
    } else if (fresh.error().kind == Failure::Kind::unauthorized) {
        next.account = before->account;
        next.token_url = before->token_url;
    } else {
        log_event(Level::warning, "grant_not_refreshed", fresh.error().what, {{"source", source}});
        co_return;
    }
    // Kept before it is used: the refresh token that brought it may be spent.
    if (const auto written = env_.files.write(source, print_grant(next)); !written)
        log_event(Level::error, "grant_not_kept", written.error().what, {{"source", source}});
    const bool ended = next.access_token.empty();
    known_.insert_or_assign(source, std::move(next));
    log_event(ended ? Level::warning : Level::info, ended ? "grant_ended" : "grant_refreshed",
              ended ? "the platform took the grant back; sign in again" : "the platform gave a new token",
              {{"source", source}});
    co_await env_.restart(source);
}

}  // namespace rasid
