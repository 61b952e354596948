#pragma once

#include "connectors/source_kind.hpp"
#include "core/files.hpp"
#include "daemon/config.hpp"

#include <optional>
#include <string>

namespace rasid {

/// What is wrong with the written value of one option, if anything: a URL without a scheme, for example.
std::optional<std::string> problem_of_option(const OptionSpec& option, const std::string& value);

/// The options of one configured source with defaults filled in and secrets read. An unreadable secret is an error at
/// its place.
struct ReadOptions {
    Options options = {};
    std::vector<SetupError> errors = {};
};
/// `granted`: the access token of a sign-in, taken where no token file is configured; empty: none.
ReadOptions read_options(const SourceConfig& source, const SourceKind& kind, const std::string& granted = {});

/// Whether somebody signs in to this source on the page: its kind can, and no file holds its token.
bool signs_in_on_page(const SourceConfig& source, const SourceKind& kind);

/// The platform that the mentions of this source carry.
std::string platform_of(const SourceConfig& source, const SourceKind& kind);

}  // namespace rasid
