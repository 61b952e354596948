#include "web/handlers/handlers.hpp"
#include "web/json_members.hpp"
#include "web/names.hpp"
#include "web/passwords.hpp"
#include "web/ticket_views.hpp"
#include "web/token_scopes.hpp"

#include <algorithm>

namespace rasid::handlers {
namespace {

constexpr std::size_t kMostScopes = 20;
constexpr int kMostTokens = 50;  // of one person, that are good
constexpr std::chrono::days kUsualLife{90};
constexpr std::chrono::days kLongestLife{366};
/// What people and scanners of leaked secrets recognise it by.
constexpr std::string_view kPrefix = "rasid_";

void write(JsonWriter& out, const ApiToken& token, const Workspace& workspace) {
    out.object([&] {
        out.member("id", token.id);
        out.member("name", token.name);
        out.key("person");
        write_who(out, token.person, workspace);
        out.strings("scopes", token.scopes);
        out.member("created_at", token.created_at);
        out.member("expires_at", token.expires_at);
        out.member("last_used_at", token.last_used_at);
        out.member("revoked_at", token.revoked_at);
    });
}

/// Whose tokens somebody may see and revoke: his own; an admin of all brands everybody's.
bool may_handle(const Person& person, const ApiToken& token) {
    return token.person == person.id || (person.role == Role::admin && person.brands.empty());
}

std::optional<Response> read_scopes(JsonMembers& in, const Person& person, std::vector<std::string>& scopes) {
    const auto list = in.value("scopes");
    const auto items = list.items();
    if (auto refused = in.refuse()) return refused;
    if (!list.is_array() || items.empty() || items.size() > kMostScopes)
        return problem(400, "bad_request", "`scopes` is a list of 1 to 20 words");
    for (const auto& item : items) {
        const auto word = item.string().value_or("");
        if (!is_token_scope(word))
            return problem(400, "bad_request", "a scope is read, write, admin, or AREA:read or AREA:write");
        if (word == "admin" && person.role == Role::moderator)
            return problem(403, "forbidden", "your role does not reach as far as this scope");
        if (std::find(scopes.begin(), scopes.end(), word) == scopes.end()) scopes.emplace_back(word);
    }
    return std::nullopt;
}

std::optional<Response> read_token(const Request& request, Instant now, ApiToken& token) {
    JsonMembers in(request);
    token.name = in.text("name", kLongestName);
    const auto expires = in.optional_text("expires_at", 40);
    if (auto refused = read_scopes(in, request.person(), token.scopes)) return refused;
    const auto until = expires ? parse_rfc3339(*expires) : std::optional<Instant>(now + kUsualLife);
    if (!until || *until <= now || *until > now + kLongestLife)
        return problem(400, "bad_request", "`expires_at` is a time of the coming year");
    token.expires_at = *until;
    token.person = request.person().id;
    token.created_at = now;
    return std::nullopt;
}

}  // namespace

Task<Response> get_tokens(Site& site, const Request& request) {
    const auto person = request.person();
    const bool all = request.parameter("all") == "1";
    if (all && (person.role != Role::admin || !person.brands.empty()))
        co_return problem(403, "forbidden", "only an admin of all brands sees the tokens of others");
    const auto owner = all ? std::string() : person.id;
    const auto tokens = co_await site.database.read([&](Reader& reader) { return reader.tokens(owner); });
    JsonWriter out;
    out.object([&] {
        out.list("tokens", tokens, [&](const ApiToken& token) { write(out, token, *site.workspace); });
        out.strings("areas", token_areas());
    });
    co_return json_response(std::move(out).take());
}

Task<Response> post_token(Site& site, const Request& request) {
    const auto now = site.clock.now();
    ApiToken token;
    if (auto refused = read_token(request, now, token)) co_return std::move(*refused);
    const auto secret = std::string(kPrefix) + new_token(site.random);
    token.id = new_id(site.random, now);
    token.hash = token_hash(secret);
    const bool stored = co_await site.database.write([&](Store& store) {
        const auto known = store.tokens(token.person);
        const auto good = std::count_if(known.begin(), known.end(), [&](const auto& one) { return one.good_at(now); });
        if (good >= kMostTokens) return false;
        store.put_token(token);
        return true;
    });
    if (!stored) co_return problem(409, "not_possible", "you have 50 tokens already; revoke one that is not needed");
    std::string scopes;
    for (const auto& scope : token.scopes) scopes += " " + scope;
    site.audit(request, "token_made", token.id + scopes, "ok");
    JsonWriter out;
    out.object([&] {
        out.key("token");
        write(out, token, *site.workspace);
        out.member("secret", secret);
    });
    auto response = json_response(std::move(out).take(), 201);
    response.secret = true;
    co_return response;
}

Task<Response> delete_token(Site& site, const Request& request) {
    const auto id = request.args[0];
    const auto person = request.person();
    const auto now = site.clock.now();
    const auto revoked = co_await site.database.write([&](Store& store) -> std::optional<ApiToken> {
        const auto known = store.tokens("");
        const auto found = std::find_if(known.begin(), known.end(), [&](const auto& one) { return one.id == id; });
        if (found == known.end() || !may_handle(person, *found)) return std::nullopt;
        auto token = *found;
        if (!token.revoked_at) token.revoked_at = now;
        store.put_token(token);
        return token;
    });
    if (!revoked) co_return not_found();
    site.events.close_session(revoked->hash);
    site.audit(request, "token_revoked", id, "ok");
    JsonWriter out;
    out.object([&] {
        out.key("token");
        write(out, *revoked, *site.workspace);
    });
    co_return json_response(std::move(out).take());
}

}  // namespace rasid::handlers
