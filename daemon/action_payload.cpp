#include "daemon/action_payload.hpp"

#include "core/json.hpp"

namespace rasid {

Result<ActionPayload> parse_action_payload(std::string_view json) {
    auto document = parse_json(json);
    if (!document) return document.error();
    const auto root = document->root();
    return ActionPayload{root["token"].text_or(""), root["text"].text_or(""), root["language"].text_or("")};
}

}  // namespace rasid
