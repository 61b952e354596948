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
    std::function<std::string(std::string_view ticket, std::string_view person)> acknowledge_url;
    std::function<std::string(std::string_view ticket)> ticket_url;
    std::function<void(const Ticket&, std::string_view cause)> on_ticket;
    std::function<void()> outbox_changed;
    std::string settings_url;
    std::string time_zone;
};

/// Compares the wall clock with what tickets promise, once a second: records breaches, takes ladder steps, writes their
/// mails.
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
