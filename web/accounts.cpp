#include "web/accounts.hpp"

#include "core/limits.hpp"
#include "core/text/lower_ascii.hpp"
#include "web/passwords.hpp"

#include <algorithm>

namespace rasid {
namespace {

/// `seen_at` is written at most this often, so that reading pages does not become writing.
constexpr Duration kSeenGranularity = std::chrono::minutes(1);

bool is_over(const Session& session, Instant now) {
    return now - session.seen_at > limits::kSessionIdle || now - session.created_at > limits::kSessionAbsolute;
}

struct Credentials {
    std::optional<Person> person;
    std::optional<std::string> hash;
};

std::string account_key(std::string_view email) { return token_hash(lower_ascii(email)); }

std::chrono::seconds rounded_up(Duration wait) { return std::chrono::ceil<std::chrono::seconds>(wait); }

}  // namespace

Session Accounts::make_session(const std::string& person, const std::string& token) {
    const auto now = clock_.now();
    return {token_hash(token), person, new_token(random_), now, now};
}

Task<std::variant<Accounts::Opened, Accounts::WrongCredentials, Accounts::TooSoon>>
Accounts::sign_in(std::string email, std::string password, std::string client, std::string replaced_token) {
    using Outcome = std::variant<Opened, WrongCredentials, TooSoon>;
    const auto account = account_key(email);
    const auto wait = throttle_.attempt(account, client, clock_.now());
    if (wait > Duration(0)) co_return Outcome(TooSoon{rounded_up(wait)});

    const auto known = co_await database_.read([&](Reader& reader) {
        Credentials credentials{reader.person_by_email(email), {}};
        if (credentials.person) credentials.hash = reader.password_hash(credentials.person->id);
        return credentials;
    });
    const bool can_sign_in = known.person && known.hash;
    const auto hash = can_sign_in ? *known.hash : std::string();
    const auto right = co_await workers_.run([&] {
        if (!hash.empty()) return password_matches(hash, password);
        static_cast<void>(hash_password(password));
        return false;
    });
    if (!right) co_return Outcome(TooSoon{std::chrono::seconds(1)});
    if (!*right) {
        throttle_.failed(account, clock_.now());
        co_return Outcome(WrongCredentials{});
    }
    throttle_.succeeded(account);
    if (needs_rehash(hash)) {
        const auto stronger = co_await workers_.run([&] { return hash_password(password); });
        const auto person = known.person->id;
        if (stronger) {
            co_await database_.write([&](Store& store) { store.put_password(person, *stronger); });
        }
    }
    auto opened = co_await open_session(known.person->id, std::move(replaced_token));
    co_return Outcome(std::move(opened));
}

Task<Accounts::Opened> Accounts::open_session(std::string person, std::string replaced_token) {
    const auto token = new_token(random_);
    const auto session = make_session(person, token);
    const auto now = clock_.now();
    co_await database_.write([&](Store& store) {
        if (!replaced_token.empty()) store.end_session(token_hash(replaced_token));
        store.end_sessions_before(now - limits::kSessionIdle, now - limits::kSessionAbsolute);
        store.put_session(session);
    });
    co_return Opened{session, token};
}

Task<std::optional<Principal>> Accounts::authenticate(std::string token, WorkspacePtr workspace) {
    if (token.empty() || token.size() > 64) co_return std::nullopt;
    const auto hashed = token_hash(token);
    auto session = co_await database_.read([&](Reader& reader) { return reader.session(hashed); });
    const auto now = clock_.now();
    if (!session || is_over(*session, now)) co_return std::nullopt;
    const auto* person = workspace->person(session->person);
    if (!person) co_return std::nullopt;
    Principal principal{*person, *session};
    if (now - session->seen_at >= kSeenGranularity) {
        principal.session.seen_at = now;
        const auto seen = principal.session;
        // Read again inside the write: a session that was ended meanwhile must not come back to life.
        co_await database_.write([&](Store& store) {
            if (store.session(seen.token_hash)) store.put_session(seen);
        });
    }
    co_return principal;
}

Task<std::variant<Principal, Accounts::WrongCredentials, Accounts::TooSoon>>
Accounts::authenticate_program(std::string token, std::string client, WorkspacePtr workspace) {
    using Outcome = std::variant<Principal, WrongCredentials, TooSoon>;
    const auto now = clock_.now();
    const auto hashed = token_hash(token);
    auto known = co_await database_.read([&](Reader& reader) { return reader.token_by_hash(hashed); });
    const auto* person = known && known->good_at(now) ? workspace->person(known->person) : nullptr;
    if (!person) {
        const auto wait = token_throttle_.attempt(client, client, now);
        if (wait > Duration(0)) co_return Outcome(TooSoon{rounded_up(wait)});
        token_throttle_.failed(client, now);
        co_return Outcome(WrongCredentials{});
    }
    Principal principal{*person, {.token_hash = hashed, .person = person->id}, std::move(known)};
    if (!principal.token->last_used_at || now - *principal.token->last_used_at >= kSeenGranularity) {
        // Read again inside the write: a revocation of meanwhile must stand.
        co_await database_.write([&](Store& store) {
            auto stored = store.token_by_hash(hashed);
            if (!stored || !stored->good_at(now)) return;
            stored->last_used_at = now;
            store.put_token(*stored);
        });
    }
    co_return Outcome(std::move(principal));
}

Task<bool> Accounts::alive(std::string hashed) {
    const auto now = clock_.now();
    const bool stands = co_await database_.read([&](Reader& reader) {
        if (const auto session = reader.session(hashed)) return !is_over(*session, now);
        const auto token = reader.token_by_hash(hashed);
        return token && token->good_at(now);
    });
    co_return stands;
}

Task<void> Accounts::sign_out(std::string hashed) {
    co_await database_.write([&](Store& store) { store.end_session(hashed); });
}

Task<std::optional<std::string>> Accounts::hash(std::string password) {
    const auto hashed = co_await workers_.run([&] { return hash_password(password); });
    co_return hashed;
}

}  // namespace rasid
