#include "engagement/calendar_feed.hpp"

#include "core/texts.hpp"
#include "engagement/local_time.hpp"
#include "escalation/rota.hpp"
#include "web/call_mail.hpp"
#include "web/handlers/handlers.hpp"

#include <map>
#include <set>

namespace rasid::handlers {
namespace {

constexpr int kTouchesOfCalendar = 1000;
constexpr std::chrono::days kCalendarBack{60};
constexpr std::chrono::days kCalendarAhead{366};
constexpr char kRotaSeparator = '\t';

std::vector<CalendarEntry> entries_of(Reader& reader, const Person& person, Date today, const std::string& public_url) {
    const Texts texts(person.language);
    const std::chrono::sys_days day(today);
    std::vector<CalendarEntry> entries;
    std::map<std::string, Customer> customers;
    std::map<std::string, int> revisions;
    const auto touches = reader.open_touches(person.id, day - kCalendarBack, day + kCalendarAhead, kTouchesOfCalendar);
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

/// What a token in the address names; nullopt: nothing of that purpose.
std::optional<std::string> subject_of(const Site& site, const Request& request, LinkPurpose purpose) {
    const auto token = name_of_calendar(request.args[0]);
    return token ? site.ack.read_lasting(purpose, *token) : std::nullopt;
}

}  // namespace

Response calendar_response(std::string body) {
    Response response;
    response.type = "text/calendar; charset=utf-8";
    response.body = std::move(body);
    return response;
}

std::optional<std::string_view> name_of_calendar(std::string_view file) {
    constexpr std::string_view kEnd = ".ics";
    if (!file.ends_with(kEnd)) return std::nullopt;
    file.remove_suffix(kEnd.size());
    return file;
}

std::string rota_token(const Site& site, const Person& person, const Rota& rota) {
    return site.ack.make_lasting(LinkPurpose::rota, person.id + kRotaSeparator + rota.name);
}

Task<Response> get_rota_calendar(Site& site, const Request& request) {
    const auto subject = subject_of(site, request, LinkPurpose::rota);
    if (!subject) co_return not_found();
    const auto separator = subject->find(kRotaSeparator);
    const auto workspace = site.workspace;
    const auto* rota = find_named(workspace->setup.rotas, subject->substr(separator + 1));
    if (!rota || !workspace->person(subject->substr(0, separator))) co_return not_found();
    const auto now = site.clock.now();
    co_return calendar_response(
        rota_feed(*rota, calendar_domain(site.config.public_url), now - kCalendarBack, now + kCalendarAhead, now));
}

Task<Response> get_calendar(Site& site, const Request& request) {
    const auto id = subject_of(site, request, LinkPurpose::calendar);
    const auto workspace = site.workspace;
    const auto* found = id ? workspace->person(*id) : nullptr;
    if (!found) co_return not_found();
    const auto person = *found;
    const auto now = site.clock.now();
    const auto today = local_date(now, site.config.time_zone);
    const auto entries = co_await site.database.read(
        [&](Reader& reader) { return entries_of(reader, person, today, site.config.public_url); });
    co_return calendar_response(
        calendar_feed("Rasid: " + person.name, calendar_domain(site.config.public_url), entries, now));
}

}  // namespace rasid::handlers
