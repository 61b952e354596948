#include "daemon/commands/loaded_config.hpp"

#include "daemon/curl/smtp.hpp"
#include "daemon/files_adapter.hpp"
#include "daemon/mime.hpp"
#include "daemon/system_clock.hpp"
#include "escalation/mail.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <iostream>

namespace rasid {
namespace {

/// A made-up late ticket, to see what its mail looks like.
EscalationMail example_escalation(const std::string& language, Instant now) {
    const bool arabic = language == "ar";
    EscalationMail mail;
    mail.recipient = {"", arabic ? "خالد" : "Khalid", "khalid@example.org", Role::manager, language, {}, {}};
    mail.mention.key = {"youtube", "example"};
    mail.mention.author = {"hind_z", arabic ? "هند الزهراني" : "Hind Zahrani", "", 8412, false};
    mail.mention.text =
        arabic ? "حصل لابني تحسس بعد ما شرب من مشروب اللوز وما كان مكتوب على القائمة. أرجو التواصل فوراً"
               : "My son had an allergic reaction to the almond drink and nothing was written on the menu. Call me.";
    mail.mention.created_at = now - std::chrono::minutes(27);
    mail.verdict.language = language;
    const std::string word = arabic ? "تحسس" : "allergic";
    const auto at = mail.mention.text.find(word);
    mail.verdict.rules = {arabic ? "كلمات السلامة" : "safety words"};
    mail.verdict.hits = {{mail.verdict.rules.front(), word, at, at + word.size()}};
    mail.verdict.sentiment = {Polarity::negative, -0.71, {{word, -0.71}}};
    mail.verdict.influence = {46, {"8,412 followers"}};
    mail.ticket.number = 4821;
    mail.ticket.id = "EXAMPLE";
    mail.ticket.priority = Priority::critical;
    mail.ticket.queue = arabic ? "السلامة" : "safety";
    mail.ticket.platform = "youtube";
    mail.ticket.source = "youtube";
    mail.ticket.author = mail.mention.author;
    mail.ticket.rule = mail.verdict.rules.front();
    mail.ticket.tags = {arabic ? "سلامة" : "safety"};
    TargetClock clock;
    clock.started_at = mail.mention.created_at;
    clock.length = std::chrono::minutes(15);
    clock.due_at = clock.started_at + clock.length;
    mail.ticket.clocks = {clock};
    mail.ticket.due_at = clock.due_at;
    mail.ticket.opened_at = clock.started_at;
    mail.percent = 100;
    mail.ticket_url = "https://rasid.example.org/#/tickets/EXAMPLE";
    mail.acknowledge_url = "https://rasid.example.org/m/ack?t=EXAMPLE";
    mail.settings_url = "https://rasid.example.org/#/settings";
    mail.time_zone = "Asia/Riyadh";
    mail.now = now;
    return mail;
}

}  // namespace

int mail_preview(const Invocation& invocation) {
    if (invocation.kind != "escalation") {
        std::cerr << "no mail is of the kind `" << invocation.kind << "`; write --kind escalation\n";
        return kUsage;
    }
    if (invocation.language != "ar" && invocation.language != "en") {
        std::cerr << "--lang is ar or en\n";
        return kUsage;
    }
    SystemRandom random;
    const auto now = SystemClock().now();
    const auto example = example_escalation(invocation.language, now);
    const auto content = render_escalation(example);
    MailMessage message;
    message.from = "rasid@example.org";
    message.to = example.recipient.email;
    message.to_name = example.recipient.name;
    message.subject = content.subject;
    message.text = content.text;
    message.html = content.html;
    message.language = invocation.language;
    message.intent = new_id(random, now);
    message.reason = content.reason;
    message.priority = "critical";
    message.ticket = "4821";
    message.date = now;
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
    SmtpConfig smtp{config->mail_url, config->mail_username, "", config->mail_ca_file};
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
    CurlLoop curl(loop.get_executor());
    CurlSmtpSender sender(curl, smtp);
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
