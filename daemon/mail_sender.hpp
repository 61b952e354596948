#pragma once

#include "core/task.hpp"

#include <string>
#include <string_view>

namespace rasid {

/// How one attempt at one mail ended.
struct MailOutcome {
    enum class Kind {
        delivered,  ///< the server owns it
        postponed,  ///< 4xx about this recipient or this mail: not now; the server itself does its work
        try_later,  ///< no connection, no TLS, 421; or nobody knows (no answer after the final dot)
        refused,    ///< 5xx: never
    };
    Kind kind = Kind::try_later;
    std::string text = {};
};

/// Port: hands one mail for one recipient to the mail server.
class MailSender {
public:
    virtual ~MailSender() = default;
    /// Addresses are checked before; `message` is a whole RFC 5322 message with CRLF line ends.
    virtual Task<MailOutcome> send(std::string from, std::string to, std::string message) = 0;
};

/// Addresses that may stand in an SMTP command: printable ASCII or UTF-8 without spaces, brackets, quotes or control
/// characters.
bool is_mail_address(std::string_view address);

}  // namespace rasid
