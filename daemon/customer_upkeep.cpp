#include "daemon/customer_upkeep.hpp"

#include "daemon/pause.hpp"
#include "daemon/plan_keeper.hpp"

#include <chrono>
#include <utility>

namespace rasid {

/// Customers one page at a time: others write between two pages.
Task<void> CustomerUpkeep::keep_customers() {
    constexpr int kCustomersAtOnce = 200;
    for (;;) {
        const auto now = env_.clock.now();
        auto churn = co_await env_.web.churn_rates();
        env_.decisions.remember_churn(*churn);
        auto setup = co_await env_.database.read([](Reader& reader) { return reader.setup(); });
        const PlanKeeper keeper(std::move(setup), std::move(churn));
        PlanKeeper::Kept kept;
        do {
            const auto after = kept.last;
            const auto page = [&](Store& store) {
                return keeper.keep(store, after, kCustomersAtOnce, env_.random, now);
            };
            kept = co_await env_.database.write(page);
        } while (!kept.last.empty());
        const auto propose = [now](Store& store) { return propose_links(store, now - std::chrono::days(1), now); };
        co_await env_.database.write(propose);
        co_await ask_customers();
        co_await pause_for(std::chrono::hours(6));
    }
}

Task<void> CustomerUpkeep::ask_customers() {
    const auto now = env_.clock.now();
    const auto send = [&](Store& store) { return send_surveys(store, env_.web.customer_mails(), now); };
    const int asked = co_await env_.database.write(send);
    if (asked > 0) env_.outbox_changed();
}

Task<void> CustomerUpkeep::keep_asking() {
    for (;;) {
        co_await ask_customers();
        co_await pause_for(std::chrono::minutes(1));
    }
}

}  // namespace rasid
