#pragma once

#include <kainjow/mustache.hpp>

#include <string>
#include <string_view>

namespace rasid {

namespace mustache = kainjow::mustache;

/// A template of `escalation/templates` with its data put in; in HTML every value is escaped. That the template exists
/// and is well formed is our own promise.
std::string rendered(std::string_view name, const mustache::data& data, bool html);

}  // namespace rasid
