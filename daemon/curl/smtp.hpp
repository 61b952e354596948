#pragma once

#include "daemon/curl/loop.hpp"
#include "daemon/mail_sender.hpp"

#include <chrono>

namespace rasid {

struct SmtpConfig {
    std::string url = {};  ///< smtp://host:port (STARTTLS is required) or smtps://host:port
    std::string username = {};
    std::string password = {};
    std::string ca_file = {};  ///< empty: the system's
    /// For each answer. RFC 5321 4.5.3.2: a server may take ten minutes over the final dot, and giving up earlier makes
    /// duplicates.
    std::chrono::seconds patience = std::chrono::minutes(10);
};

/// Mail by libcurl. The server is the operator's own choice, so its address is not subject to the guard.
class CurlSmtpSender final : public MailSender {
public:
    CurlSmtpSender(CurlLoop& loop, SmtpConfig config) : loop_(loop), config_(std::move(config)) {}
    Task<MailOutcome> send(std::string from, std::string to, std::string message) override;
    void configure(SmtpConfig config) { config_ = std::move(config); }

private:
    CurlLoop& loop_;
    SmtpConfig config_;
};

}  // namespace rasid
