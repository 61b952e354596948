#include "web/search_request.hpp"

#include "core/text/fold.hpp"
#include "core/touch.hpp"
#include "rules/search_text.hpp"

#include <charconv>
#include <date/tz.h>

namespace rasid {
namespace {

constexpr int kResults = 50;
constexpr int kMostResults = 100;
constexpr std::size_t kLongestTyped = 400;
constexpr std::size_t kLongestField = 256;
constexpr std::size_t kMostDigits = 12;

/// A number alone, in digits of any script, with or without #.
std::optional<std::int64_t> ticket_number(std::string_view typed) {
    auto folded = fold_text(typed);
    while (!folded.empty() && folded.back() == ' ') folded.pop_back();
    std::string_view digits = folded;
    while (digits.starts_with(' ')) digits.remove_prefix(1);
    if (digits.starts_with('#')) digits.remove_prefix(1);
    std::int64_t number = 0;
    const auto* end = digits.data() + digits.size();
    const auto parsed = std::from_chars(digits.data(), end, number);
    if (digits.empty() || digits.size() > kMostDigits || parsed.ec != std::errc() || parsed.ptr != end)
        return std::nullopt;
    return number;
}

/// A moment, or a day's beginning; with `whole_day` its end.
std::optional<Instant> parse_moment(std::string_view text, const std::string& time_zone, bool whole_day) {
    if (const auto at = parse_rfc3339(text)) return at;
    const auto day = parse_date(text);
    if (!day) return std::nullopt;
    const auto local = date::local_days(std::chrono::sys_days(*day).time_since_epoch()) + date::days(whole_day ? 1 : 0);
    return date::locate_zone(time_zone)->to_sys(std::chrono::floor<Duration>(local), date::choose::earliest);
}

}  // namespace

std::variant<AskedSearch, std::string> read_search(const Request& request, const std::string& time_zone) {
    AskedSearch asked;
    auto& query = asked.query;
    const auto typed = request.parameter("q");
    if (typed.size() > kLongestTyped) return "`q` has at most 400 bytes";
    for (const auto* name : {"platform", "source", "language", "author", "brand", "tag", "rule", "after"}) {
        if (request.parameter(name).size() > kLongestField) return "a filter has at most 256 bytes";
    }
    const auto limit = limit_of(request, kResults, kMostResults);
    if (!limit) return "`limit` is 1 to 100";
    query.limit = *limit;
    query.terms = search_terms(typed);
    auto& fields = query.fields;
    fields.platform = request.parameter("platform");
    fields.source = request.parameter("source");
    fields.language = request.parameter("language");
    fields.brand = request.parameter("brand");
    fields.tag = request.parameter("tag");
    fields.rule = request.parameter("rule");
    fields.author = search_text(request.parameter("author")).words;
    if (const auto label = request.parameter("sentiment"); !label.empty()) {
        fields.sentiment = parse_polarity(label);
        if (!fields.sentiment) return "`sentiment` is negative, neutral or positive";
    }
    if (const auto state = request.parameter("state"); !state.empty()) {
        if (state != "open" && state != "resolved") return "`state` is open or resolved";
        fields.state = state == "open" ? TicketState::open : TicketState::resolved;
    }
    if (const auto since = request.parameter("since"); !since.empty()) {
        query.since = parse_moment(since, time_zone, false);
        if (!query.since) return "`since` is a day or a time";
    }
    if (const auto until = request.parameter("until"); !until.empty()) {
        query.until = parse_moment(until, time_zone, true);
        if (!query.until) return "`until` is a day or a time";
    }
    query.after = request.parameter("after");
    query.brands = request.person().brands;
    asked.number = ticket_number(typed);
    return asked;
}

}  // namespace rasid
