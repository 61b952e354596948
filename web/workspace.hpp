#pragma once

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

    const Person* person(std::string_view id) const {
        for (const auto& one : setup.people) {
            if (one.id == id) return &one;
        }
        return nullptr;
    }
};

using WorkspacePtr = std::shared_ptr<const Workspace>;  // read on the storage threads while the loop swaps it

}  // namespace rasid
