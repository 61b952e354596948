#pragma once

#include "core/instant.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace rasid {

enum class ProposalKind {
    move_plan,     ///< `subject`: name of the plan template
    link_account,  ///< `subject`: platform:handle
    merge,         ///< `subject`: id of the other customer
    add_interest,  ///< `subject`: the interest
    thank,         ///< `subject`: id of the mention
    reshare,       ///< `subject`: id of the mention; done only with his consent, which is kept
};
std::string_view to_string(ProposalKind kind);
std::optional<ProposalKind> parse_proposal_kind(std::string_view word);

enum class ProposalState { open, confirmed, dismissed };
std::string_view to_string(ProposalState state);
std::optional<ProposalState> parse_proposal_state(std::string_view word);

/// Something that Rasid would do to a customer's record or plan, were it asked to. A person confirms or dismisses it;
/// neither is asked twice, for the id is made of customer, kind and subject.
struct Proposal {
    std::string id = {};
    std::string customer = {};
    ProposalKind kind = ProposalKind::move_plan;
    std::string subject = {};
    std::string reason = {};
    Instant made_at = {};
    ProposalState state = ProposalState::open;
    std::string decided_by = {};
    std::optional<Instant> decided_at = {};

    bool operator==(const Proposal&) const = default;
};

}  // namespace rasid
