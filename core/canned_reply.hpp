#pragma once

#include "core/setup_origin.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace rasid {

/// What may stand in braces in a canned reply; whoever inserts it sees the words in its place. `author` and `handle`
/// are those of who is answered, `person` is who answers, `ticket` its number, `customer` the name of a known one.
inline constexpr std::array<std::string_view, 6> kReplyVariables = {"author", "handle", "ticket",
                                                                    "brand",  "person", "customer"};

/// Words to answer with, kept for everybody.
struct CannedReply {
    std::string name = {};
    std::string language = {};  ///< BCP 47, of the text
    std::string queue = {};     ///< name; empty: offered in every queue
    std::string text = {};      ///< with {variables}
    bool praise = false;        ///< thanks for praise: offered first where somebody praises
    Origin origin = {};
    bool operator==(const CannedReply&) const = default;
};

class TomlReader;
CannedReply read_canned_reply(TomlReader& in);

/// A word in braces that is no variable, and the byte where its brace opens.
struct UnknownVariable {
    std::string name = {};
    std::size_t at = 0;
};

/// The first one of a text. Braces around anything but lower-case letters are text.
std::optional<UnknownVariable> unknown_variable(std::string_view text);

}  // namespace rasid
