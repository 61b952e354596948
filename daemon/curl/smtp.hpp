#pragma once

#include "daemon/curl/loop.hpp"
#include "daemon/mail_sender.hpp"

#include <boost/asio/thread_pool.hpp>

#include <atomic>
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
///
/// Each mail has a thread while it is on its way: also with its multi interface libcurl waits for the answer to the
/// final dot on the thread that drives it, and a server that is silent there would stop the whole daemon.
class CurlSmtpSender final : public MailSender {
public:
    explicit CurlSmtpSender(SmtpConfig config) : config_(std::move(config)) {}
    /// Gives up what is on its way.
    ~CurlSmtpSender() override;
    CurlSmtpSender(const CurlSmtpSender&) = delete;
    CurlSmtpSender& operator=(const CurlSmtpSender&) = delete;

    /// Cancelling gives it up within a second.
    Task<MailOutcome> send(std::string from, std::string to, std::string message) override;
    void configure(SmtpConfig config) { config_ = std::move(config); }

private:
    static constexpr std::size_t kAtOnce = 5;  ///< as many as one destination gets of the dispatcher

    SmtpConfig config_;
    std::atomic<bool> closing_ = false;
    boost::asio::thread_pool threads_{kAtOnce};
};

}  // namespace rasid
