#pragma once

#include "core/incident.hpp"
#include "core/setup.hpp"
#include "storage/reader.hpp"

#include <optional>
#include <string>

namespace rasid {

/// When incidents would have been found in what is stored since then, a series after another, by the settings of this
/// setup. `only` (its brand is not looked at): that series alone. A series with no incident is named in one line.
std::string backtest_story(Reader& reader, const Setup& setup, const std::optional<Series>& only, Instant since,
                           Instant now);

/// The incidents that were found last, a line a rise.
std::string incidents_story(Reader& reader, int limit);

}  // namespace rasid
