#pragma once

#include "core/clock.hpp"
#include "core/random.hpp"
#include "daemon/decision_desk.hpp"
#include "storage/database.hpp"
#include "web/web.hpp"

#include <functional>

namespace rasid {

/// What the upkeep of customers needs of the rest of the daemon.
struct CustomerUpkeepEnv {
    Database& database;
    Clock& clock;
    Random& random;
    DecisionDesk& decisions;  ///< is told the churn
    WebServer& web;           ///< counts the churn and writes the mails
    std::function<void()> outbox_changed;
};

/// What is done for customers by itself and in time: their years, their questions, what is proposed about them.
class CustomerUpkeep {
public:
    explicit CustomerUpkeep(CustomerUpkeepEnv env) : env_(std::move(env)) {}

    // Each runs until cancelled.
    Task<void> keep_customers();  ///< every six hours
    Task<void> keep_asking();     ///< every minute: questions whose time has come

private:
    Task<void> ask_customers();

    CustomerUpkeepEnv env_;
};

}  // namespace rasid
