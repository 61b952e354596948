#pragma once

#include "core/json.hpp"
#include "engagement/customer_scores.hpp"
#include "engagement/trust.hpp"
#include "storage/reader.hpp"
#include "web/customer_desk.hpp"
#include "web/engagement_views.hpp"

#include <map>
#include <string>
#include <vector>

namespace rasid {

/// Everything about one customer that his page shows.
struct CustomerFile {
    PlanState plan = {};
    int year = 0;
    std::vector<LedgerEntry> ledger = {};         ///< newest first
    TicketNumbers numbers = {};                   ///< of the tickets that are named
    std::map<std::string, Instant> send_at = {};  ///< touch → when its mail that waits goes
    std::vector<Promise> promises = {};
    std::vector<ShownProposal> proposals = {};  ///< open ones
    std::vector<Merge> merges = {};             ///< into him, newest first
    std::string referred_by_name = {};
    CustomerScores scores = {};
    Figure churn = {};
    std::vector<TrustPoint> trust = {};  ///< the last twelve months
};
CustomerFile file_of(Reader& reader, Customer customer, const CustomerDesk& desk);

/// What the subject of a proposal is called.
ShownProposal shown(Reader& reader, Proposal proposal, std::string customer_name);

/// The record of `GET /api/v1/customers/{id}`.
void write_customer(JsonWriter& out, const CustomerFile& file, const CustomerDesk& desk);
/// CUSTOMER_BRIEF of docs/api.md. `today`: of the workspace, here and below; touches before it are late.
void write_customer_brief(JsonWriter& out, const Customer& customer, const std::vector<PlannedTouch>& touches,
                          const Guard& guard, Date today);

/// One line of `GET /api/v1/customers`.
struct CustomerLine {
    Customer customer = {};
    std::vector<PlannedTouch> touches = {};  ///< of one year
    Guard guard = {};
};
CustomerLine customer_line(Reader& reader, Customer customer, int year);
void write_customer_line(JsonWriter& out, const CustomerLine& line, Date today);

}  // namespace rasid
