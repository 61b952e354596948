#pragma once

#include "core/setup_toml.hpp"
#include "core/task.hpp"
#include "web/request.hpp"
#include "web/response.hpp"
#include "web/site.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace rasid {

/// References, then what the daemon knows to check, on a worker thread since rules are compiled. nullopt: too busy.
Task<std::optional<std::vector<SetupError>>> errors_of(Site& site, Setup setup);

/// Stores `after` if `before` is still what is stored, with who changed it, and tells everybody. The response that says
/// it went otherwise. `restores`: number of the version that this brings back; 0: none.
Task<std::optional<Response>> store_setup(Site& site, const Request& request, Setup before, Setup after,
                                          std::string what, std::int64_t restores = 0);

/// What was changed, and what is allowed but probably not meant.
Response changes_response(const std::vector<SetupChange>& changes, const Setup& after);

/// Whether a setup leaves nobody to change it, who was there before.
bool loses_last_admin(const Setup& before, const Setup& after);

}  // namespace rasid
