#pragma once

#include "core/ticket.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rasid {

// What columns of tickets and their events keep as JSON text; read and damaged as `column_json.hpp` says.

std::string clocks_to_json(const std::vector<TargetClock>& clocks);
std::vector<TargetClock> clocks_from_json(std::string_view json);

std::string pauses_to_json(const std::vector<PausedBy>& pauses);
std::vector<PausedBy> pauses_from_json(std::string_view json);

std::string promises_to_json(const std::vector<PromisedTarget>& promises);
std::vector<PromisedTarget> promises_from_json(std::string_view json);  ///< of an empty text: none

std::string detail_to_json(const std::optional<EventDetail>& detail);  ///< empty: none
std::optional<EventDetail> detail_from_json(std::string_view json);

std::string opening_to_json(const std::optional<Opening>& opening);  ///< empty: none
std::optional<Opening> opening_from_json(std::string_view json);

}  // namespace rasid
