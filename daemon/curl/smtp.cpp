#include "daemon/curl/smtp.hpp"

#include "core/on_thread.hpp"

#include <algorithm>
#include <boost/asio/error.hpp>
#include <cstring>
#include <functional>

namespace rasid {
namespace {

constexpr long kToSignIn = 60;  ///< seconds, from the connection to the end of signing in

struct Upload {
    std::string_view left;
};

std::size_t read_upload(char* buffer, std::size_t size, std::size_t count, void* user) {
    auto& upload = *static_cast<Upload*>(user);
    const auto part = std::min(size * count, upload.left.size());
    std::memcpy(buffer, upload.left.data(), part);
    upload.left.remove_prefix(part);
    return part;
}

MailOutcome outcome_of(const CurlTransfer& transfer, CURLcode code, bool all_read) {
    if (code == CURLE_OK) return {MailOutcome::Kind::delivered, {}};
    const auto text = transfer.error_text(code);
    const long reply = transfer.response_code();
    // libcurl gives the same code for a 450 and a 550 recipient, so the server's own reply decides. A 5xx that answers
    // the greeting, EHLO, STARTTLS or a missing sign-in is about the server or our set-up and says nothing about this
    // mail; nor does 421, by which a server ends the conversation with everybody.
    const bool said = code == CURLE_SEND_ERROR || (code == CURLE_WEIRD_SERVER_REPLY && all_read);
    const bool about_mail = said && reply != 421 && reply != 530 && reply != 535 && reply != 538;
    const auto kind = about_mail && reply >= 500 && reply < 600   ? MailOutcome::Kind::refused
                      : about_mail && reply >= 400 && reply < 500 ? MailOutcome::Kind::postponed
                                                                  : MailOutcome::Kind::try_later;
    return {kind, (reply > 0 ? std::to_string(reply) + " " : std::string()) + text};
}

struct Letter {
    SmtpConfig config = {};
    std::string from = {};  ///< in angle brackets, as `to`
    std::string to = {};
    std::string_view message = {};
};

using GivenUp = std::function<bool()>;

int go_on(void* user, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    return (*static_cast<const GivenUp*>(user))() ? 1 : 0;
}

/// Blocks until the server has answered, `given_up` says so, or patience ends.
MailOutcome transfer_letter(const Letter& letter, const GivenUp& given_up) {
    const auto& config = letter.config;
    CurlTransfer transfer;
    transfer.set(CURLOPT_URL, config.url.c_str());
    transfer.set(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    transfer.set(CURLOPT_USE_SSL, static_cast<long>(CURLUSESSL_ALL));
    transfer.set(CURLOPT_CAINFO,
                 config.ca_file.empty() ? "/etc/ssl/certs/ca-certificates.crt" : config.ca_file.c_str());
    if (!config.username.empty()) {
        transfer.set(CURLOPT_USERNAME, config.username.c_str());
        transfer.set(CURLOPT_PASSWORD, config.password.c_str());
    }
    transfer.set(CURLOPT_CONNECTTIMEOUT, kToSignIn);
    transfer.set(CURLOPT_SERVER_RESPONSE_TIMEOUT, static_cast<long>(config.patience.count()));
    transfer.set(CURLOPT_TIMEOUT, static_cast<long>(config.patience.count() * 3 / 2) + kToSignIn);
    transfer.set(CURLOPT_MAIL_FROM, letter.from.c_str());
    transfer.recipients() = curl_slist_append(nullptr, letter.to.c_str());
    transfer.set(CURLOPT_MAIL_RCPT, transfer.recipients());
    Upload upload{letter.message};
    transfer.set(CURLOPT_UPLOAD, 1L);
    transfer.set(CURLOPT_READFUNCTION, &read_upload);
    transfer.set(CURLOPT_READDATA, &upload);
    transfer.set(CURLOPT_NOPROGRESS, 0L);
    transfer.set(CURLOPT_XFERINFOFUNCTION, &go_on);
    transfer.set(CURLOPT_XFERINFODATA, &given_up);
    const CURLcode code = curl_easy_perform(transfer.handle());
    return outcome_of(transfer, code, upload.left.empty());
}

}  // namespace

bool is_mail_address(std::string_view address) {
    const auto at = address.find('@');
    if (at == std::string_view::npos || at != address.rfind('@') || at == 0 || at + 1 == address.size() ||
        address.size() > 254)
        return false;
    return std::none_of(address.begin(), address.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte <= 0x20 || byte == 0x7f || std::strchr("<>()[]\\,;:\"", c) != nullptr;
    });
}

CurlSmtpSender::~CurlSmtpSender() {
    closing_ = true;
    threads_.join();
}

Task<MailOutcome> CurlSmtpSender::send(std::string from, std::string to, std::string message) {
    if (!is_mail_address(from) || !is_mail_address(to))
        co_return MailOutcome{MailOutcome::Kind::refused, "not a mail address: " + to};
    const Letter letter{config_, "<" + from + ">", "<" + to + ">", message};
    std::atomic<bool> cancelled = false;
    const auto given_up = [&] { return cancelled || closing_; };
    const auto post = [&] { return transfer_letter(letter, given_up); };
    auto outcome = co_await on_thread(threads_, post, &cancelled);
    if (cancelled) throw boost::system::system_error(boost::asio::error::operation_aborted);
    co_return outcome;
}

}  // namespace rasid
