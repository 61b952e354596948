#include "escalation/letter.hpp"

#include "core/texts.hpp"
#include "escalation/mail_template.hpp"
#include "escalation/outside_text.hpp"

namespace rasid {
namespace {

constexpr std::size_t kSubjectBytes = 200;

mustache::data lines_of(const std::string& paragraph) {
    mustache::data lines{mustache::data::type::list};
    for (std::size_t start = 0; start <= paragraph.size();) {
        const auto end = std::min(paragraph.find('\n', start), paragraph.size());
        mustache::data line;
        line.set("line", paragraph.substr(start, end - start));
        line.set("more", end < paragraph.size());
        lines.push_back(line);
        start = end + 1;
    }
    return lines;
}

/// What is left out leaves its empty lines behind.
std::string without_gaps(std::string text) {
    for (auto at = text.find("\n\n\n"); at != std::string::npos; at = text.find("\n\n\n", at)) text.erase(at, 1);
    while (text.ends_with("\n\n")) text.pop_back();
    return text;
}

}  // namespace

MailContent render_letter(const Letter& letter) {
    MailContent mail{.subject = plain_line(letter.subject, kSubjectBytes), .reason = letter.reason};
    auto data = mail_data(Texts(letter.language), mail.subject);
    mustache::data paragraphs{mustache::data::type::list};
    for (const auto& text : letter.paragraphs) {
        mustache::data paragraph;
        paragraph.set("lines", lines_of(text));
        paragraphs.push_back(paragraph);
    }
    data.set("paragraphs", paragraphs);
    mustache::data steps{mustache::data::type::list};
    for (std::size_t i = 0; i < letter.steps.size(); ++i) {
        mustache::data step;
        step.set("number", std::to_string(i + 1));
        step.set("step", letter.steps[i]);
        steps.push_back(step);
    }
    data.set("has_steps", !letter.steps.empty());
    data.set("steps", steps);
    data.set("has_button", !letter.button_url.empty());
    data.set("button", letter.button);
    data.set("button_url", letter.button_url);
    data.set("has_footer", !letter.footer.empty());
    data.set("footer", letter.footer);
    data.set("footer_link", letter.footer_link);
    data.set("footer_url", letter.footer_url);
    mail.text = without_gaps(rendered("letter.txt.mustache", data, false));
    mail.html = rendered("letter.html.mustache", data, true);
    return mail;
}

}  // namespace rasid
