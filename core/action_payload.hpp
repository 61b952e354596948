#pragma once

#include "core/failure.hpp"

#include <string>
#include <string_view>

namespace rasid {

/// The action inside an outbox item of kind reply, reshare, like or hide.
struct ActionPayload {
    std::string token = {};  ///< Mention::reply_token
    std::string text = {};
    std::string language = {};
    std::string author = {};      ///< handle of whoever wrote what is answered
    std::string visibility = {};  ///< word of a Visibility; empty: as what is answered
};

std::string print_action_payload(const ActionPayload& payload);
Result<ActionPayload> parse_action_payload(std::string_view json);

}  // namespace rasid
