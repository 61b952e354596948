#include "web/handlers/handlers.hpp"
#include "web/speed_report.hpp"

#include <charconv>

namespace rasid::handlers {
namespace {

constexpr int kDays = 30;
constexpr int kMostDays = 366;

std::optional<int> days_of(const Request& request) {
    const auto text = request.parameter("days");
    if (text.empty()) return kDays;
    int days = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), days);
    const bool good = read.ec == std::errc() && read.ptr == text.data() + text.size() && days >= 1 && days <= kMostDays;
    return good ? std::optional(days) : std::nullopt;
}

/// Reads a report about the last days for somebody who sees all brands.
template <typename Read, typename Write>
Task<Response> report(Site& site, const Request& request, Read read, Write write) {
    const auto days = days_of(request);
    if (!days) co_return problem(400, "bad_request", "`days` is 1 to 366");
    if (!request.person().brands.empty())
        co_return problem(403, "forbidden", "this report is about all brands; you are limited to some");
    const auto now = site.clock.now();
    const auto from = now - std::chrono::days(*days);
    const auto workspace = site.workspace;
    const auto facts =
        co_await site.database.read([&](Reader& reader) { return read(reader, workspace->setup, from, now); });
    JsonWriter out;
    write(out, facts, workspace->setup);
    co_return json_response(std::move(out).take());
}

}  // namespace

Task<Response> get_speed_report(Site& site, const Request& request) {
    return report(site, request, &measured_speed, &write_speed);
}

Task<Response> get_pause_report(Site& site, const Request& request) {
    const auto read = [](Reader& reader, const Setup&, Instant from, Instant to) {
        return pauses_between(reader, from, to);
    };
    return report(site, request, read, &write_pauses);
}

}  // namespace rasid::handlers
