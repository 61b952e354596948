#pragma once

#include "core/instant.hpp"
#include "escalation/mail.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rasid {

/// A made-up mail, to see what it looks like.
struct ExampleMail {
    Person recipient = {};
    MailContent content = {};
    std::string priority = {};
    std::string ticket = {};           ///< its number
    std::string unsubscribe_url = {};  ///< of digests
    std::string list = {};             ///< brand
};

/// "escalation", "update", "summary", "digest", "weekly".
const std::vector<std::string>& example_kinds();

/// nullopt: no mail is of that kind.
std::optional<ExampleMail> example_mail(std::string_view kind, const std::string& language, Instant now);

}  // namespace rasid
