#include "core/action_payload.hpp"

#include "core/json.hpp"

namespace rasid {

std::string print_action_payload(const ActionPayload& payload) {
    JsonWriter out;
    out.object([&] {
        out.member("token", payload.token);
        out.member("text", payload.text);
        out.member("language", payload.language);
        out.member("author", payload.author);
        if (!payload.visibility.empty()) out.member("visibility", payload.visibility);
    });
    return std::move(out).take();
}

Result<ActionPayload> parse_action_payload(std::string_view json) {
    auto document = parse_json(json);
    if (!document) return document.error();
    const auto root = document->root();
    return ActionPayload{root["token"].text_or(""), root["text"].text_or(""), root["language"].text_or(""),
                         root["author"].text_or(""), root["visibility"].text_or("")};
}

}  // namespace rasid
