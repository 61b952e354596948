#include "daemon/incident_story.hpp"

#include "daemon/commands/loaded_config.hpp"
#include "daemon/system_clock.hpp"

#include <chrono>
#include <iostream>

namespace rasid {
namespace {

/// A moment, or so long ago.
std::optional<Instant> moment_of(const std::string& text, Instant now) {
    if (const auto ago = parse_duration(text)) return now - *ago;
    if (const auto date = parse_date(text)) return Instant(std::chrono::sys_days(*date));
    return parse_rfc3339(text);
}

}  // namespace

int incident_list(const Invocation& invocation) {
    const auto config = load_config(invocation);
    if (!config) return kBadConfiguration;
    const auto reader = read_store(*config);
    if (!reader) return kFailed;
    std::cout << incidents_story(*reader, invocation.limit);
    return kOk;
}

int incident_backtest(const Invocation& invocation) {
    const auto config = load_config(invocation);
    if (!config) return kBadConfiguration;
    const auto now = SystemClock().now();
    const auto since = invocation.since.empty()
                           ? std::optional<Instant>(now - std::chrono::days(config->retention_days))
                           : moment_of(invocation.since, now);
    if (!since || *since > now) {
        std::cerr << "`" << invocation.since
                  << "` is no time in the past; write 30d, 2026-03-01 or 2026-03-01T12:00:00Z\n";
        return kUsage;
    }
    const auto series = invocation.series.empty() ? std::nullopt : parse_series(invocation.series);
    if (!invocation.series.empty() && !series) {
        std::cerr << "`" << invocation.series << "` is no series; write rule:NAME, tag:NAME or source:NAME\n";
        return kUsage;
    }
    const auto reader = read_store(*config);
    if (!reader) return kFailed;
    std::cout << backtest_story(*reader, reader->setup(), series, *since, now);
    return kOk;
}

}  // namespace rasid
