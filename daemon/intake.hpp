#pragma once

#include "connectors/source.hpp"
#include "core/random.hpp"
#include "escalation/policies.hpp"
#include "rules/duplicates.hpp"
#include "rules/rule_set.hpp"
#include "storage/store.hpp"

#include <string>
#include <vector>

namespace rasid {

/// What decides about mentions; replaced as a whole when rules or queues are edited.
struct Decisions {
    RuleSet rules = {};
    Policies policies = {};
    std::string default_plan = {};  ///< name of the plan of customers that name none
};

/// The source's side of an intake.
struct SourceFacts {
    std::string name = {};
    std::string brand = {};  ///< given to verdicts whose rule names none
    Instant since = {};
};

/// What is known of each author of a page, in the page's order.
std::vector<Context> contexts_of(Reader& reader, const std::vector<Mention>& mentions, const std::string& default_plan);

/// Turns one page and its verdicts (same order) into everything that follows from it: new mentions and revisions,
/// tickets opened and joined, plan changes, and the cursor. Reads the current state, changes nothing; the caller takes
/// the Intake in the same transaction. Mentions that are known already and unchanged, and tombstones of unknown ones,
/// leave no trace. Copies are recognised within the page and, where `duplicates` is given, among what it remembers.
Intake decide(Reader& reader, const Decisions& decisions, const SourceFacts& source, const Page& page,
              const std::vector<Verdict>& verdicts, Random& random, Instant now,
              const DuplicateIndex* duplicates = nullptr);

/// Stores an intake; returns its tickets as stored. What a new complaint holds names it by the number that the store
/// gave it.
std::vector<Ticket> take(Store& store, const Intake& intake);

/// Lets later pages recognise copies of what was taken; to be called once the intake is stored.
void remember(DuplicateIndex& duplicates, const Intake& intake);

/// Fills an empty index with what the store has of the last week.
void remember_stored(DuplicateIndex& duplicates, Reader& reader, Instant now);

}  // namespace rasid
