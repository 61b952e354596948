#pragma once

#include "core/context.hpp"
#include "core/mention.hpp"
#include "core/setup.hpp"

#include <optional>
#include <string>

namespace rasid {

/// What a rule does, the tree of its query and a mention that it matches, for people. A query that does not parse is
/// answered with its error.
std::string explain_rule(const Rule& rule);

struct ExampleMention {
    Mention mention = {};
    Context context = {};
};

/// A mention that the rule matches, tried before it is returned; nullopt when none was found.
std::optional<ExampleMention> example_for(const Rule& rule);

}  // namespace rasid
