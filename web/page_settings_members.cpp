#include "web/page_settings_members.hpp"

#include <algorithm>

namespace rasid {
namespace {

constexpr std::size_t kMostKeys = 64;
constexpr std::size_t kLongestCommand = 32;

bool is_command(std::string_view word) {
    return !word.empty() && word.size() <= kLongestCommand &&
           std::all_of(word.begin(), word.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
}

/// None, or one character that every keyboard can type.
bool is_key(std::string_view key) {
    if (key.empty()) return true;
    return key.size() == 1 && key.front() > 0x20 && key.front() < 0x7f && !(key.front() >= 'A' && key.front() <= 'Z');
}

std::optional<Response> read_keys(JsonView given, PageSettings& settings) {
    if (!given.exists()) return std::nullopt;
    const auto members = given.members();
    if (!given.is_object() || members.size() > kMostKeys)
        return problem(400, "bad_request", "`keys` is an object of at most 64 commands");
    settings.keys.clear();
    for (const auto& [command, key] : members) {
        const auto text = key.string();
        if (!is_command(command) || !text || !is_key(*text))
            return problem(400, "bad_request", "`keys` gives each command one lower-case ASCII character, or none");
        settings.keys.emplace(std::string(command), std::string(*text));
    }
    return std::nullopt;
}

}  // namespace

std::optional<Response> read_page_settings(JsonMembers& in, PageSettings& settings) {
    std::optional<Response> wrong;
    const auto choose = [&](std::string& into, std::string_view name, bool (*known)(std::string_view),
                            std::string_view words) {
        auto word = in.optional_text(name, 32);
        if (!word) return;
        if (!known(*word))
            wrong = problem(400, "bad_request", "`" + std::string(name) + "` is " + std::string(words));
        else
            into = std::move(*word);
    };
    choose(settings.theme, "theme", &is_theme, "system, light or dark");
    choose(settings.digits, "digits", &is_digits, "latin or arabic");
    choose(settings.calendar, "calendar", &is_shown_calendar, "gregorian or umm_al_qura");
    const auto alone = in.value("single_keys");
    if (alone.exists() && !alone.is_bool()) wrong = problem(400, "bad_request", "`single_keys` is true or false");
    settings.single_keys = alone.boolean().value_or(settings.single_keys);
    if (auto refused = read_keys(in.value("keys"), settings)) return refused;
    return wrong;
}

}  // namespace rasid
