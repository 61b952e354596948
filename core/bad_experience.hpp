#pragma once

#include "core/instant.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rasid {

enum class CaseEventKind { opened, joined, resolved, reopened };
std::string_view to_string(CaseEventKind kind);
std::optional<CaseEventKind> parse_case_event_kind(std::string_view word);

/// Something that happened to a bad-experience case; appended, never changed.
struct CaseEvent {
    std::string id = {};
    std::string bad_experience = {};  ///< id of the case
    std::string customer = {};
    Instant at = {};
    std::string actor = {};  ///< id of a person; empty: Rasid itself
    CaseEventKind kind = CaseEventKind::opened;
    std::string ticket = {};              ///< opened, joined: the ticket that handles it, where there is one
    std::string mention = {};             ///< opened, joined: what was said
    std::vector<std::string> about = {};  ///< opened, joined: tags of that mention

    bool operator==(const CaseEvent&) const = default;
};

/// One bad experience of a customer, in however many posts he tells of it: the fold over its events.
struct BadExperience {
    std::string id = {};  ///< its first ticket's, where it began with one
    std::string customer = {};
    std::string ticket = {};
    std::vector<std::string> about = {};
    Instant opened_at = {};
    Instant last_at = {};  ///< of the newest post
    int posts = 0;
    std::optional<Instant> resolved_at = {};

    bool open() const { return !resolved_at; }
    bool operator==(const BadExperience&) const = default;
};

}  // namespace rasid
