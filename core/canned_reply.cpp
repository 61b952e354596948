#include "core/canned_reply.hpp"

#include "core/limits.hpp"
#include "core/toml.hpp"

#include <algorithm>
#include <vector>

namespace rasid {
namespace {

bool is_word_letter(char c) { return (c >= 'a' && c <= 'z') || c == '_'; }

bool is_language(std::string_view tag) {
    const auto part = tag.substr(0, tag.find('-'));
    return (part.size() == 2 || part.size() == 3) && std::ranges::all_of(part, is_word_letter);
}

/// The origin is that of the opening quote; a text of several lines begins on the line after.
Origin place_in(std::string_view text, std::size_t at, Origin origin) {
    const auto before = text.substr(0, at);
    const auto line_end = before.rfind('\n');
    const auto in_line = line_end == std::string_view::npos ? before : before.substr(line_end + 1);
    const auto starts = [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; };
    const auto column = 1 + static_cast<int>(std::ranges::count_if(in_line, starts));
    if (text.find('\n') == std::string_view::npos) {
        origin.column += column;
    } else {
        origin.line += 1 + static_cast<int>(std::ranges::count(before, '\n'));
        origin.column = column;
    }
    return origin;
}

}  // namespace

std::optional<UnknownVariable> unknown_variable(std::string_view text) {
    for (auto open = text.find('{'); open != std::string_view::npos; open = text.find('{', open + 1)) {
        const auto close = text.find('}', open);
        if (close == std::string_view::npos) break;
        const auto name = text.substr(open + 1, close - open - 1);
        const bool word = !name.empty() && std::ranges::all_of(name, is_word_letter);
        if (word && std::ranges::find(kReplyVariables, name) == kReplyVariables.end())
            return UnknownVariable{std::string(name), open};
    }
    return std::nullopt;
}

CannedReply read_canned_reply(TomlReader& in) {
    CannedReply reply;
    reply.name = in.required_string("name");
    reply.language = in.required_string("language");
    if (!reply.language.empty() && !is_language(reply.language))
        in.error_at("language", "`" + reply.language + "` is no language; write \"ar\" or \"en\"");
    reply.queue = in.string("queue").value_or("");
    reply.text = in.required_string("text");
    if (reply.text.size() > limits::kReplyText)
        in.error_at("text", "`text` is longer than " + std::to_string(limits::kReplyText) + " bytes");
    if (const auto unknown = unknown_variable(reply.text)) {
        const std::vector<std::string> known(kReplyVariables.begin(), kReplyVariables.end());
        in.error(place_in(reply.text, unknown->at, in.origin("text")),
                 "`{" + unknown->name + "}` is no variable" + suggestion(unknown->name, known));
    }
    reply.praise = in.boolean("praise").value_or(false);
    return reply;
}

}  // namespace rasid
