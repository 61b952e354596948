#pragma once

#include "core/random.hpp"
#include "core/task.hpp"
#include "engagement/customer_scores.hpp"
#include "storage/store.hpp"
#include "web/churn_rates.hpp"
#include "web/request.hpp"
#include "web/response.hpp"
#include "web/workspace.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace rasid {

struct Site;
class YearLayer;

/// Entries of a customer's ledger, the newest, by which he is judged.
inline constexpr int kLedgerOfScores = 1000;

/// What a request about customers is decided by; carried to the storage threads.
struct CustomerDesk {
    Person person = {};
    WorkspacePtr workspace = {};
    ChurnRatesPtr churn = {};
    ScoreRules scores = {};
    std::string time_zone = {};
    Instant now = {};
    Date today = {};  ///< in that zone

    const Setup& setup() const { return workspace->setup; }
};

/// `request` without a session: for somebody who sees every brand, as the holder of a customer's link.
Task<CustomerDesk> desk_of(Site& site, const Request& request);

std::optional<Customer> visible_customer(Reader& reader, std::string_view id, const Person& person);
/// The same with his plan, cases and surveys.
std::optional<PlanState> visible_plan(Reader& reader, std::string_view id, const CustomerDesk& desk);

/// What happened to a customer, with the move of plans that it leads to as a proposal.
void apply_with_proposals(Store& store, const PlanState& plan, PlanChange change, Instant now);

/// Stores a record that was changed by a person: its fields get their source, whoever referred him his referral, and
/// the rest of the year is laid anew where the change asks for it. `before`: as it stands; empty for a new customer.
void store_record(Store& store, YearLayer& years, const Customer& before, Customer after, std::string_view source,
                  const CustomerDesk& desk, Random& random);

/// The answer to a change: CUSTOMER as it stands, or 404 where this person sees none.
Task<Response> customer_answer(Site& site, const CustomerDesk& desk, std::string id, int status = 200);

}  // namespace rasid
