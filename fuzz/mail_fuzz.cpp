#include "tests/support/parsed_mail.hpp"

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

/// Whatever strangers put into a mail's values, a reader sees exactly the intended headers, recipient and parts.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view rest(reinterpret_cast<const char*>(data), size);
    const auto next = [&rest] {
        const auto end = std::min(rest.find('\xff'), rest.size());
        std::string value(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
        return value;
    };
    rasid::MailMessage mail;
    mail.from = "rasid@example.org";
    mail.to = "sara@example.org";
    mail.subject = next();
    mail.to_name = next();
    mail.from_name = next();
    mail.reason = next();
    mail.list = next();
    mail.ticket = next();
    mail.priority = next();
    mail.language = next();
    mail.intent = next();
    mail.references = {next()};
    mail.text = next();
    mail.html = next();
    const auto unintended = rasid::unintended_in(mail, rasid::build_mail(mail));
    if (!unintended.empty()) {
        std::fprintf(stderr, "the reader sees %s\n", unintended.c_str());
        std::abort();
    }
    return 0;
}
