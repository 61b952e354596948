#include "engagement/calendar_feed.hpp"

#include "core/texts.hpp"
#include "engagement/local_time.hpp"
#include "web/handlers/handlers.hpp"

#include <map>
#include <set>

namespace rasid::handlers {
namespace {

constexpr std::string_view kSuffix = ".ics";
constexpr int kTouches = 1000;
constexpr std::chrono::days kBack{60};
constexpr std::chrono::days kAhead{366};

/// "https://rasid.example.org:8443" → "rasid.example.org".
std::string host_of(const std::string& url) {
    const auto scheme = url.find("://");
    const auto start = scheme == std::string::npos ? 0 : scheme + 3;
    const auto host = url.substr(start, url.find_first_of(":/", start) - start);
    return host.empty() ? "rasid" : host;
}

std::vector<CalendarEntry> entries_of(Reader& reader, const Person& person, Date today, const std::string& public_url) {
    const Texts texts(person.language);
    const std::chrono::sys_days day(today);
    std::vector<CalendarEntry> entries;
    std::map<std::string, Customer> customers;
    std::map<std::string, int> revisions;
    const auto touches = reader.open_touches(person.id, day - kBack, day + kAhead, kTouches);
    std::set<std::string> ids;
    for (const auto& touch : touches) ids.insert(touch.customer);
    for (auto& customer : reader.customers_by_id({ids.begin(), ids.end()})) {
        if (!sees_brand(person, customer.brand)) continue;
        for (const auto& event : reader.touch_events(customer.id, std::nullopt)) ++revisions[event.touch];
        customers.emplace(customer.id, std::move(customer));
    }
    for (const auto& touch : touches) {
        const auto customer = customers.find(touch.customer);
        if (customer == customers.end()) continue;
        const auto& name = customer->second.name_latin.empty() || texts.right_to_left() ? customer->second.name
                                                                                        : customer->second.name_latin;
        CalendarEntry entry{.touch = touch,
                            .summary = texts("calendar.summary." + touch.kind, {{"name", name}}),
                            .description = touch.reason,
                            .revision = revisions[touch.id]};
        if (!public_url.empty()) entry.url = public_url + "/customers/" + url_encode(touch.customer);
        entries.push_back(std::move(entry));
    }
    return entries;
}

}  // namespace

Task<Response> get_calendar(Site& site, const Request& request) {
    std::string_view token = request.args[0];
    if (!token.ends_with(kSuffix)) co_return not_found();
    token.remove_suffix(kSuffix.size());
    const auto id = site.ack.read_lasting(LinkPurpose::calendar, token);
    const auto workspace = site.workspace;
    const auto* found = id ? workspace->person(*id) : nullptr;
    if (!found) co_return not_found();
    const auto person = *found;
    const auto now = site.clock.now();
    const auto today = local_date(now, site.config.time_zone);
    const auto entries = co_await site.database.read(
        [&](Reader& reader) { return entries_of(reader, person, today, site.config.public_url); });
    Response response;
    response.type = "text/calendar; charset=utf-8";
    response.body = calendar_feed("Rasid: " + person.name, host_of(site.config.public_url), entries, now);
    co_return response;
}

}  // namespace rasid::handlers
