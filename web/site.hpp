#pragma once

#include "web/accounts.hpp"
#include "web/ack_tokens.hpp"
#include "web/churn_rates.hpp"
#include "web/customer_mails.hpp"
#include "web/events.hpp"
#include "web/static_files.hpp"
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
          events(executor, the_clock, the_random) {}

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
    StaticFiles files = {};
    WorkspacePtr workspace = std::make_shared<const Workspace>();
    FinishedDays finished_days = {};
    KeptChurnRates churn = {};
    std::optional<FirstAdminCode> first_admin = {};
    std::map<std::string, std::string, std::less<>> sign_in_tokens = {};  ///< hash → person, of a demo

    bool reads_mails(const Person& person) const { return config.demo || person.role != Role::moderator; }

    CustomerMails customer_mails() const { return {ack, config.public_url}; }

    void audit(const Request& request, std::string action, std::string object, std::string result) const;
    /// Reads the stored setup again, and ends what people who are gone or changed still had open.
    Task<void> reload_workspace();
};

}  // namespace rasid
