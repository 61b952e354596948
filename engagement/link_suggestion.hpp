#pragma once

#include "core/customer.hpp"
#include "core/mention.hpp"
#include "core/proposal.hpp"

#include <span>
#include <string>
#include <vector>

namespace rasid {

/// An account that wrote about us and is linked to nobody.
struct UnlinkedAccount {
    std::string platform = {};
    Author author = {};
    std::string profile = {};  ///< what it says of itself, where the platform tells
};

/// Accounts that may belong to customers, for a person to confirm: an e-mail address of a customer in the profile, or
/// the same handle as his on another platform, where the handle is of six characters or more (host left out) and no two
/// customers have it. A fact that points to two customers is no suggestion. Linked accounts are left out.
std::vector<Proposal> suggest_links(std::span<const Customer> customers, std::span<const UnlinkedAccount> accounts,
                                    Instant now);

/// Records that may be one person: the same e-mail, phone or handle in both, for a person to confirm. The newer id is
/// proposed to go into the older.
std::vector<Proposal> suggest_merges(std::span<const Customer> customers, Instant now);

}  // namespace rasid
