#pragma once

#include "core/texts.hpp"

#include <kainjow/mustache.hpp>

#include <string>
#include <string_view>

namespace rasid {

namespace mustache = kainjow::mustache;

/// What the template of every mail takes: its language and direction, its subject, and the words around the link to the
/// recipient's settings, if there is one.
mustache::data mail_data(const Texts& texts, const std::string& subject, const std::string& settings_url = {});

/// A template of `escalation/templates` with its data put in; in HTML every value is escaped. That the template exists
/// and is well formed is our own promise.
std::string rendered(std::string_view name, const mustache::data& data, bool html);

}  // namespace rasid
