#pragma once

#include "core/people.hpp"
#include "core/setup.hpp"
#include "escalation/policies.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace rasid {

/// The stored setup as requests see it. Immutable: a change makes a new one, and whoever still reads keeps the old.
struct Workspace {
    Setup setup = {};
    Policies policies = {};

    const Person* person(std::string_view id) const { return find_person(setup.people, id); }
};

using WorkspacePtr = std::shared_ptr<const Workspace>;  // read on the storage threads while the loop swaps it

}  // namespace rasid
