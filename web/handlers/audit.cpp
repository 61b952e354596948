#include "web/handlers/handlers.hpp"
#include "web/ticket_views.hpp"

#include <charconv>

namespace rasid::handlers {
namespace {

constexpr std::size_t kLongestAuditWord = 200;

/// A time in a parameter; false: it is there and none.
bool read_time(const Request& request, std::string_view name, std::optional<Instant>& into) {
    const auto text = request.parameter(name);
    if (text.empty()) return true;
    into = parse_rfc3339(text);
    return into.has_value();
}

std::optional<Response> read_query(const Request& request, AuditQuery& query) {
    const auto limit = limit_of(request);
    if (!limit) return problem(400, "bad_request", "`limit` is 1 to 200");
    query.limit = *limit;
    query.actor = request.parameter("actor");
    query.action = request.parameter("action");
    query.object = request.parameter("object");
    if (query.actor.size() > kLongestAuditWord || query.action.size() > kLongestAuditWord ||
        query.object.size() > kLongestAuditWord)
        return problem(400, "bad_request", "a word is longer than 200 bytes");
    if (!read_time(request, "from", query.from) || !read_time(request, "to", query.to))
        return problem(400, "bad_request", "`from` and `to` are times such as 2026-03-01T00:00:00Z");
    if (const auto after = request.parameter("after"); !after.empty()) {
        std::int64_t sequence = 0;
        const auto parsed = std::from_chars(after.data(), after.data() + after.size(), sequence);
        if (parsed.ec != std::errc() || parsed.ptr != after.data() + after.size())
            return problem(400, "bad_request", "`after` is `next` of the page before");
        query.before = sequence;
    }
    return std::nullopt;
}

void write(JsonWriter& out, const AuditEntry& entry, const Workspace& workspace) {
    out.object([&] {
        out.member("sequence", entry.sequence);
        out.member("at", entry.at);
        out.key("actor");
        write_who(out, entry.record.actor, workspace);
        out.text_or_null("client", entry.record.client);
        out.member("action", entry.record.action);
        out.text_or_null("object", entry.record.object);
        out.member("result", entry.record.result);
        out.member("erased", entry.salt.empty());
        out.member("hash", entry.hash);
    });
}

}  // namespace

Task<Response> get_audit(Site& site, const Request& request) {
    if (!request.person().brands.empty())
        co_return problem(403, "forbidden", "the audit is about all brands; you are limited to some");
    AuditQuery query;
    if (auto refused = read_query(request, query)) co_return std::move(*refused);
    std::vector<std::string> actions;
    const auto entries = co_await site.database.read([&](Reader& reader) {
        actions = reader.audit_actions();
        return reader.audit(query);
    });
    const bool full = entries.size() == static_cast<std::size_t>(query.limit);
    JsonWriter out;
    out.object([&] {
        out.list("entries", entries, [&](const AuditEntry& entry) { write(out, entry, *site.workspace); });
        out.text_or_null("next", full ? std::to_string(entries.back().sequence) : std::string());
        out.strings("actions", actions);
    });
    co_return json_response(std::move(out).take());
}

}  // namespace rasid::handlers
