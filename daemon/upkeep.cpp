#include "daemon/upkeep.hpp"

#include "core/limits.hpp"
#include "daemon/handing_out.hpp"
#include "daemon/pause.hpp"
#include "daemon/retargeting.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace rasid {
namespace {

constexpr std::chrono::weeks kSeriesHoursKept{10};

}  // namespace

Task<void> Upkeep::forget_old() {
    constexpr int kMentionsAtOnce = 5000;
    for (;;) {
        const auto now = env_.clock.now();
        const auto forget_before = now - std::chrono::days(env_.config.retention_days);
        const auto forget = [now, forget_before](Store& store) {
            store.end_sessions_before(now - limits::kSessionIdle, now - limits::kSessionAbsolute);
            store.forget_before(forget_before, kMentionsAtOnce);
            store.forget_incidents(now - kSeriesHoursKept, forget_before);
        };
        co_await env_.database.write(forget);
        co_await pause_for(std::chrono::hours(1));
    }
}

Task<void> Upkeep::retarget_tickets() {
    constexpr int kTicketsAtOnce = 200;
    const auto turn = env_.decisions.setup_turn();
    Retargeted done;
    do {
        const auto after = done.last;
        const auto known = env_.decisions.current();
        const auto page = [&](Store& store) {
            return retarget(store, known->policies, after, kTicketsAtOnce, env_.random, env_.clock.now());
        };
        done = co_await env_.database.write(page);
        for (const auto& ticket : done.changed) env_.events.ticket(ticket.id, "retargeted");
    } while (!done.last.empty() && turn == env_.decisions.setup_turn());
}

/// One page of the tickets that nobody here has; returns the last one's id.
Task<std::string> Upkeep::give_page(std::string after) {
    constexpr int kTicketsAtOnce = 100;
    const auto known = env_.decisions.current();
    if (!known->policies.assigns()) co_return std::string();
    const auto now = env_.clock.now();
    const auto page = [&](Store& store) {
        return give_tickets(store, known->policies, after, kTicketsAtOnce, env_.random, now);
    };
    const auto given = co_await env_.database.write(page);
    for (const auto& ticket : given.changed) env_.events.ticket(ticket.id, "assigned");
    co_return given.last;
}

Task<void> Upkeep::give_first_page() {
    std::string first;
    co_await give_page(std::move(first));
}

/// A page a round, so that a long list that nobody can take costs little.
Task<void> Upkeep::keep_giving() {
    std::string after;
    for (;;) {
        auto last = co_await give_page(std::move(after));
        after = std::move(last);
        co_await pause_for(std::chrono::seconds(10));
    }
}

Task<void> Upkeep::watch_incidents() {
    for (;;) {
        const auto known = env_.decisions.current();
        const auto now = env_.clock.now();
        const auto tick = [&](Store& store) {
            return tick_incidents(store, env_.incidents, known->incidents, known->policies, env_.random, now);
        };
        const auto news = co_await env_.database.write(tick);
        for (const auto& ticket : news.tickets) env_.events.ticket(ticket.id, "incident_over");
        announce_incidents(env_.events, news.rises);
        co_await pause_for(std::chrono::minutes(1));
    }
}

Task<void> Upkeep::watch_outbox() {
    for (;;) {
        const auto now = env_.clock.now();
        const auto unsent = co_await env_.database.read([](Reader& reader) { return reader.unsent(); });
        const auto age = unsent.oldest ? std::max(now - *unsent.oldest, Duration(0)) : Duration(0);
        env_.metrics.mail_queue(unsent.count, age);
        co_await pause_for(std::chrono::seconds(15));
    }
}

Task<void> Upkeep::keep_signed_in() {
    for (;;) {
        co_await env_.sign_ins.refresh_due();
        co_await pause_for(std::chrono::seconds(15));
    }
}

void announce_incidents(EventHub& events, const std::vector<IncidentRise>& rises) {
    for (const auto& rise : rises) {
        events.ticket(rise.ticket, "incident");
        events.incident(rise);
    }
}

}  // namespace rasid
