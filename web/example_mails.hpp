#pragma once

#include "core/instant.hpp"
#include "core/random.hpp"
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
    std::string calendar = {};         ///< of invitations
};

/// Where links of made-up mails lead: nowhere. `path` begins with a slash, or is empty.
std::string example_url(std::string_view path);

/// "escalation", "update", "summary", "digest", "weekly", and those of example_letter.
const std::vector<std::string>& example_kinds();

/// Written by what writes the real ones, in a language ("ar" or "en"). nullopt: no mail is of that kind.
std::optional<ExampleMail> example_mail(std::string_view kind, const std::string& language, Instant now,
                                        Random& random);

/// "newsletter" and "survey" to a customer, "invitation" to whoever calls one.
std::optional<ExampleMail> example_letter(std::string_view kind, const std::string& language, Instant now,
                                          Random& random);

}  // namespace rasid
