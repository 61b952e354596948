#pragma once

#include "connectors/sign_in.hpp"

#include <optional>
#include <string_view>

namespace rasid {

/// How one signs in to a platform that is one place for everybody: "x", "youtube", "reddit". Their app is registered by
/// hand, and its `client_id` and `client_secret_file` are options of the source. nullopt: of another platform nothing
/// is known here.
std::optional<SignInWay> sign_in_way_of(std::string_view platform);

/// How one signs in to a server of the Mastodon family. `base`: its address; nullopt when it is none.
std::optional<SignInWay> mastodon_sign_in(std::string_view base);

}  // namespace rasid
