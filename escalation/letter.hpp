#pragma once

#include "escalation/mail.hpp"

#include <string>
#include <vector>

namespace rasid {

/// A mail to a customer: his newsletter, card or note, a question to him. All of it is text as people wrote it; nothing
/// in it is markup.
struct Letter {
    std::string language = {};  ///< "ar" or "en"; also its direction
    std::string subject = {};
    std::vector<std::string> paragraphs = {};  ///< lines inside one are kept
    std::vector<std::string> steps = {};       ///< a numbered list behind them; may be empty
    std::string button = {};                   ///< what the one button says; empty: none
    std::string button_url = {};
    std::string footer = {};  ///< in small print, with `footer_link` behind it; empty: none
    std::string footer_link = {};
    std::string footer_url = {};
    std::string reason = {};  ///< X-Rasid-Reason: why the recipient got it
};

MailContent render_letter(const Letter& letter);

}  // namespace rasid
