#pragma once

#include "core/reason.hpp"
#include "core/setup.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace rasid {

/// Somebody who may be given tickets.
struct Colleague {
    std::string id = {};
    std::vector<std::string> brands = {};     ///< empty: all
    std::vector<std::string> languages = {};  ///< BCP 47
    std::vector<std::string> skills = {};
    int capacity = 20;  ///< open tickets at most; 0: is given none
    int open = 0;       ///< that he has
    bool present = true;
    std::optional<Instant> absent_since = {};   ///< when not present; absent: he never said that he is
    std::optional<Instant> last_assigned = {};  ///< absent: never
};

/// What a ticket asks of whoever gets it.
struct AssignmentNeed {
    std::string brand = {};
    std::string language = {};  ///< empty, "und": any
    std::vector<std::string> skills = {};
};

struct AssignmentChoice {
    std::string person = {};  ///< empty: nobody
    std::vector<Reason> reasons = {};
};

/// Who gets a ticket. Brand, presence and capacity bind. Skills and language bind as long as somebody is left: a ticket
/// that nobody here can read is better with somebody than with nobody; language gives way first. Of equals the first.
AssignmentChoice choose_assignee(AssignmentWay way, std::span<const Colleague> colleagues, const AssignmentNeed& need);

}  // namespace rasid
