#pragma once

#include "web/accounts.hpp"
#include "web/ack_tokens.hpp"
#include "web/audit_budget.hpp"
#include "web/churn_rates.hpp"
#include "web/customer_mails.hpp"
#include "web/events.hpp"
#include "web/static_files.hpp"
#include "web/ticket_presence.hpp"
#include "web/topic_days.hpp"
#include "web/web.hpp"
#include "web/workspace.hpp"

#include <map>
#include <optional>
#include <string>

namespace rasid {

/// Everything that a handler may use.
struct Site {
    Site(boost::asio::any_io_executor executor, WebConfig web_config, Database& the_database, Clock& the_clock,
         Random& the_random, WebHooks the_hooks)
        : config(std::move(web_config)), database(the_database), clock(the_clock), random(the_random),
          hooks(std::move(the_hooks)), ack(config.ack_key), accounts(the_database, the_clock, the_random),
          events(executor, the_clock, the_random), run(new_token(the_random)) {}

    struct FirstAdminCode {
        std::string code;
        Instant valid_until;
    };

    WebConfig config;
    Database& database;
    Clock& clock;
    Random& random;
    WebHooks hooks;
    AckTokens ack;
    Accounts accounts;
    EventHub events;
    std::string run;  ///< of this process, to tell claims of one that ended from those of this one
    AuditBudget strangers = {};
    TicketPresence presence = {};
    StaticFiles files = {};
    WorkspacePtr workspace = std::make_shared<const Workspace>();
    FinishedDays finished_days = {};
    KeptChurnRates churn = {};
    std::map<std::string, std::uint64_t, std::less<>> backtests = {};  ///< of rules, by person: the newest counts
    std::optional<FirstAdminCode> first_admin = {};
    std::map<std::string, std::string, std::less<>> sign_in_tokens = {};  ///< hash → person, of a demo

    bool reads_mails(const Person& person) const { return config.demo || person.role != Role::moderator; }

    CustomerMails customer_mails() const { return {ack, config.public_url}; }

    /// Notes what somebody did; dispatch() keeps it before the request is answered.
    void audit(const Request& request, std::string action, std::string object, std::string result) const;
    /// Reads the stored setup again, and ends what people who are gone or changed still had open.
    Task<void> reload_workspace();
};

}  // namespace rasid
