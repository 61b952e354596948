#pragma once

#include "core/clock.hpp"
#include "core/random.hpp"
#include "daemon/intake.hpp"
#include "daemon/metrics.hpp"
#include "storage/database.hpp"

#include <functional>
#include <memory>
#include <string>

namespace rasid {

struct EscalatorEnv {
    Database& database;
    Clock& clock;
    Random& random;
    Metrics& metrics;
    std::function<std::shared_ptr<const Decisions>()> decisions;
    std::function<std::string(std::string_view ticket)> ticket_url;
    std::function<void(const Ticket&, std::string_view cause)> on_ticket;
    std::function<void()> outbox_changed;
};

/// Compares the wall clock with what tickets promise, once a second: records breaches, takes ladder steps, writes the
/// calls of webhooks. Mails come of the steps themselves: see Notifier.
class Escalator {
public:
    explicit Escalator(EscalatorEnv env) : env_(std::move(env)) {}

    /// Runs until cancelled.
    Task<void> run();

    /// Everything that is due now; returns how many tickets changed.
    Task<int> tick();

private:
    EscalatorEnv env_;
};

}  // namespace rasid
