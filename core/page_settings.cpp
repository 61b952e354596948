#include "core/page_settings.hpp"

#include "core/json.hpp"

namespace rasid {

bool is_theme(std::string_view word) { return word == "system" || word == "light" || word == "dark"; }
bool is_digits(std::string_view word) { return word == "latin" || word == "arabic"; }
bool is_shown_calendar(std::string_view word) { return word == "gregorian" || word == "umm_al_qura"; }

void write_page_settings(JsonWriter& out, const PageSettings& settings) {
    out.member("theme", settings.theme);
    out.member("digits", settings.digits);
    out.member("calendar", settings.calendar);
    out.member("single_keys", settings.single_keys);
    out.key("keys");
    out.object([&] {
        for (const auto& [command, key] : settings.keys) out.member(command, key);
    });
}

std::string page_settings_to_json(const PageSettings& settings) {
    JsonWriter out;
    out.object([&] { write_page_settings(out, settings); });
    return std::move(out).take();
}

PageSettings page_settings_from_json(std::string_view json) {
    PageSettings settings;
    const auto document = parse_json(json);
    if (!document) return settings;
    const auto root = document->root();
    const auto choose = [&](std::string& into, std::string_view name, bool (*known)(std::string_view)) {
        const auto word = root[name].text_or("");
        if (known(word)) into = word;
    };
    choose(settings.theme, "theme", &is_theme);
    choose(settings.digits, "digits", &is_digits);
    choose(settings.calendar, "calendar", &is_shown_calendar);
    settings.single_keys = root["single_keys"].boolean().value_or(true);
    for (const auto& [command, key] : root["keys"].members()) {
        settings.keys.emplace(std::string(command), key.text_or(""));
    }
    return settings;
}

}  // namespace rasid
