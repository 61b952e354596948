#pragma once

#include "escalation/digest.hpp"
#include "escalation/mail.hpp"

#include <string>

namespace rasid {

/// A daily digest or a weekly report of one brand.
struct DigestMail {
    Person recipient = {};
    DigestKind kind = DigestKind::daily;
    std::string brand = {};  ///< empty: what belongs to none
    DigestPeriod period = {};
    BrandDigest digest = {};
    std::string page_url = {};
    std::string settings_url = {};
    std::string unsubscribe_url = {};
    std::string time_zone = "UTC";
};

/// In the recipient's language. Charts are table cells with their numbers beside them.
MailContent render_digest(const DigestMail& mail);

}  // namespace rasid
