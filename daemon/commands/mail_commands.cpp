#include "daemon/commands/loaded_config.hpp"

#include "daemon/curl/smtp.hpp"
#include "daemon/files_adapter.hpp"
#include "daemon/mime.hpp"
#include "daemon/system_clock.hpp"
#include "web/example_mails.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <iostream>

namespace rasid {

int mail_preview(const Invocation& invocation) {
    if (invocation.language != "ar" && invocation.language != "en") {
        std::cerr << "--lang is ar or en\n";
        return kUsage;
    }
    SystemRandom random;
    const auto now = SystemClock().now();
    const auto example = example_mail(invocation.kind, invocation.language, now, random);
    if (!example) {
        std::cerr << "no mail is of the kind `" << invocation.kind << "`; write --kind";
        for (const auto& kind : example_kinds()) std::cerr << (kind == example_kinds().front() ? " " : " | ") << kind;
        std::cerr << "\n";
        return kUsage;
    }
    MailMessage message;
    message.from = "rasid@example.org";
    message.to = example->recipient.email;
    message.to_name = example->recipient.name;
    message.subject = example->content.subject;
    message.text = example->content.text;
    message.html = example->content.html;
    message.calendar = example->calendar;
    message.language = invocation.language;
    message.intent = new_id(random, now);
    message.list = example->list;
    message.reason = example->content.reason;
    message.priority = example->priority;
    message.ticket = example->ticket;
    message.date = now;
    if (invocation.kind == "update") message.references = {"ticket-EXAMPLE"};
    if (!example->unsubscribe_url.empty()) add_unsubscribe(message, example->unsubscribe_url);
    std::cout << build_mail(message);
    return kOk;
}

int mail_test(const Invocation& invocation) {
    const auto config = load_config(invocation);
    if (!config) return kBadConfiguration;
    if (config->mail_url.empty()) {
        std::cerr << invocation.config_file
                  << ": no [mail] url; add url = \"smtp://host:587\" and from = \"rasid@example.org\"\n";
        return kBadConfiguration;
    }
    SmtpConfig smtp{config->mail_url, config->mail_username, "", config->mail_ca_file,
                    std::chrono::duration_cast<std::chrono::seconds>(config->mail_patience)};
    if (!config->mail_password_file.empty()) {
        auto password = read_secret(config->mail_password_file);
        if (!password) {
            std::cerr << password.error().what << "\n";
            return kBadConfiguration;
        }
        smtp.password = std::move(*password);
    }
    SystemRandom random;
    const auto now = SystemClock().now();
    MailMessage message;
    message.from = config->mail_from;
    message.to = invocation.email;
    message.subject = "[Rasid] Test mail / رسالة تجربة";
    message.text = "Rasid can send mail to this address.\nيستطيع راصد إرسال البريد إلى هذا العنوان.\n";
    message.html = "<p dir=\"ltr\">Rasid can send mail to this address.</p><p dir=\"rtl\" align=\"right\">يستطيع راصد "
                   "إرسال البريد إلى هذا العنوان.</p>";
    message.language = "en";
    message.intent = new_id(random, now);
    message.reason = "somebody ran: rasid mail test";
    message.date = now;
    boost::asio::io_context loop(1);
    CurlSmtpSender sender(smtp);
    MailOutcome outcome;
    boost::asio::co_spawn(loop, sender.send(config->mail_from, invocation.email, build_mail(message)),
                          [&](std::exception_ptr failure, MailOutcome ended) {
                              if (failure) std::rethrow_exception(failure);
                              outcome = std::move(ended);
                          });
    loop.run();
    if (outcome.kind == MailOutcome::Kind::delivered) {
        std::cout << "the mail server took the mail for " << invocation.email << "\n";
        return kOk;
    }
    std::cerr << config->mail_url << ": " << outcome.text << "\n";
    return outcome.kind == MailOutcome::Kind::refused ? kFailed : kTryLater;
}

}  // namespace rasid
