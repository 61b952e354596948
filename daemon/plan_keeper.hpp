#pragma once

#include "core/random.hpp"
#include "engagement/plan_rules.hpp"
#include "storage/store.hpp"
#include "web/churn_rates.hpp"
#include "web/customer_mails.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace rasid {

/// What the daemon does for customers by itself: lays their years, asks by schedule, and proposes. Customers are kept a
/// page at a time, so that nobody waits long for the storage thread.
class PlanKeeper {
public:
    explicit PlanKeeper(rasid::Setup setup, ChurnRatesPtr churn = std::make_shared<const ChurnRates>())
        : setup_(std::move(setup)), react_(react_rules_of(setup_)), churn_(std::move(churn)) {}

    struct Kept {
        std::string last = {};  ///< id of the last customer of the page; empty: there are no more
        int years_laid = 0;
        int surveys_laid = 0;
        int proposals = 0;
    };
    /// The customers behind `after`: the current year (in December also the next) for those who have none, scheduled
    /// surveys, and what their record and ledger propose. Called in a transaction.
    Kept keep(Store& store, std::string_view after, int limit, Random& random, Instant now) const;

private:
    int lay_surveys(Store& store, const Customer& customer, Random& random, Instant now) const;
    int propose(Store& store, const Customer& customer, Instant now) const;

    rasid::Setup setup_;
    ReactRules react_;
    ChurnRatesPtr churn_;
};

/// Accounts that wrote since then and may be a customer's, and records that may be one person, as proposals.
int propose_links(Store& store, Instant since, Instant now);

/// Puts the questions whose time has come into the outbox; one that no mail may carry is passed over. Returns how many.
int send_surveys(Store& store, const CustomerMails& mails, Instant now);

/// What a mail that reached a customer changes: a touch is done, a survey is sent. nullopt: nothing.
std::optional<PlanChange> after_customer_mail(Reader& reader, const OutboxItem& item, const std::string& text,
                                              const ReactRules& rules, Random& random, Instant now);

}  // namespace rasid
