#include "escalation/mail_template.hpp"

#include "core/embedded.hpp"

#include <cassert>
#include <span>

namespace rasid {

namespace embedded {
std::span<const EmbeddedFile> mail_templates();
}

namespace {

std::string template_text(std::string_view name) {
    for (const auto& file : embedded::mail_templates()) {
        if (file.name == name) return std::string(file.content);
    }
    assert(!"the template is embedded");
    return {};
}

}  // namespace

mustache::data mail_data(const Texts& texts, const std::string& subject, const std::string& settings_url) {
    const bool rtl = texts.right_to_left();
    mustache::data data;
    data.set("lang", texts.language());
    data.set("dir", rtl ? "rtl" : "ltr");
    data.set("align", rtl ? "right" : "left");
    data.set("subject", subject);
    data.set("has_settings", !settings_url.empty());
    data.set("settings", texts("mail.footer.settings"));
    data.set("settings_link", texts("mail.footer.settings.link"));
    data.set("settings_url", settings_url);
    return data;
}

std::string rendered(std::string_view name, const mustache::data& data, bool html) {
    mustache::mustache page(template_text(name));
    assert(page.is_valid());
    if (!html) page.set_custom_escape([](const std::string& text) { return text; });
    return page.render(data);
}

}  // namespace rasid
