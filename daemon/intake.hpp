#pragma once

#include "connectors/source.hpp"
#include "core/random.hpp"
#include "daemon/incident_desk.hpp"
#include "engagement/react.hpp"
#include "escalation/policies.hpp"
#include "rules/duplicates.hpp"
#include "rules/rule_set.hpp"
#include "storage/store.hpp"

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace rasid {

/// What decides about mentions; replaced as a whole when rules or queues are edited or moderators correct the machine.
struct Decisions {
    RuleSet rules = {};  ///< with what the corrections of all brands taught
    /// The same rules with what the brand's own corrections taught; brands that were never corrected are missing.
    std::map<std::string, RuleSet, std::less<>> brand_rules = {};
    Policies policies = {};
    ReactRules react = {};
    IncidentRules incidents = {};
    std::string default_plan = {};  ///< name of the plan of customers that name none
    std::map<std::string, double, std::less<>> churn =
        {};  ///< yearly, by brand; brands where it is unknown are missing

    /// The rules for mentions of a source of this brand. Other brands' corrections teach it nothing: what is praise for
    /// one may be a complaint for another.
    const RuleSet& rules_of(std::string_view brand) const {
        if (brand.empty()) return rules;
        const auto own = brand_rules.find(brand);
        return own == brand_rules.end() ? untaught : own->second;
    }
    RuleSet untaught = {};  ///< by the built-in weights alone
};

/// The source's side of an intake.
struct SourceFacts {
    std::string name = {};
    std::string brand = {};  ///< given to verdicts whose rule names none
    Instant since = {};
    bool can_reply = false;         ///< the source can publish answers
    std::string time_zone = "UTC";  ///< for times told to customers
};

/// What is known of each author of a page, in the page's order.
std::vector<Context> contexts_of(Reader& reader, const std::vector<Mention>& mentions, const std::string& default_plan);

/// Turns one page and its verdicts (same order) into everything that follows from it: new mentions and revisions,
/// tickets opened and joined, plan changes, and the cursor. Reads the current state, changes nothing; the caller takes
/// the Intake in the same transaction. Mentions that are known already and unchanged, and tombstones of unknown ones,
/// leave no trace. Copies are recognised within the page and, where `duplicates` is given, among what it remembers.
/// `incidents` hears what is routed; it must forget when the intake is not stored.
Intake decide(Reader& reader, const Decisions& decisions, const SourceFacts& source, const Page& page,
              const std::vector<Verdict>& verdicts, Random& random, Instant now,
              const DuplicateIndex* duplicates = nullptr, IncidentDesk* incidents = nullptr);

/// Stores an intake; returns its tickets as stored. What a new complaint holds names it by the number that the store
/// gave it.
std::vector<Ticket> take(Store& store, const Intake& intake);

/// Lets later pages recognise copies of what was taken; to be called once the intake is stored.
void remember(DuplicateIndex& duplicates, const Intake& intake);

/// Fills an empty index with what the store has of the last week.
void remember_stored(DuplicateIndex& duplicates, Reader& reader, Instant now);

}  // namespace rasid
