#pragma once

#include "daemon/intake.hpp"
#include "storage/database.hpp"

#include <memory>

namespace rasid {

/// What committing a page led to.
struct CommittedPage {
    std::int64_t new_mentions = 0;
    std::vector<StoredMention> mentions = {};
    std::vector<Ticket> tickets = {};      ///< as stored, with their numbers
    std::vector<IncidentRise> rises = {};  ///< of incidents that run
    bool answers = false;                  ///< something was put into the outbox
};

/// Decides about a page and commits it: mentions, verdicts, ticket events, plan changes and the cursor in one
/// transaction. `duplicates` and `incidents` are used on the storage thread.
Task<CommittedPage> commit_page(Database& database, std::shared_ptr<const Decisions> decisions, SourceFacts source,
                                std::shared_ptr<const Page> page, std::vector<Verdict> verdicts,
                                DuplicateIndex& duplicates, IncidentDesk& incidents, Random& random, Instant now);

}  // namespace rasid
