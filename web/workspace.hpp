#pragma once

#include "core/page_settings.hpp"
#include "core/people.hpp"
#include "core/setup.hpp"
#include "escalation/policies.hpp"

#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace rasid {

/// The stored setup as requests see it. Immutable: a change makes a new one, and whoever still reads keeps the old.
struct Workspace {
    Setup setup = {};
    Policies policies = {};
    std::map<std::string, PageSettings> page_settings = {};  ///< by person, of those who chose

    const Person* person(std::string_view id) const { return find_person(setup.people, id); }

    PageSettings page_settings_of(const std::string& id) const {
        const auto chosen = page_settings.find(id);
        return chosen == page_settings.end() ? PageSettings() : chosen->second;
    }
};

using WorkspacePtr = std::shared_ptr<const Workspace>;  // read on the storage threads while the loop swaps it

}  // namespace rasid
