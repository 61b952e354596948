#pragma once

#include "connectors/source_kind.hpp"

#include <memory>

namespace rasid {

/// Makes a source; where all that it lacks is an account that signs in on the page, one that asks for it at every poll.
Result<std::unique_ptr<Source>> make_or_ask(const SourceKind& kind, const Options& options, SourceEnv env);

}  // namespace rasid
