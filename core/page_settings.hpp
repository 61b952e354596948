#pragma once

#include <map>
#include <string>
#include <string_view>

namespace rasid {

class JsonWriter;

/// How the page shows itself to one person. The words are those of the API.
struct PageSettings {
    std::string theme = "system";        ///< system | light | dark
    std::string digits = "latin";        ///< latin | arabic
    std::string calendar = "gregorian";  ///< gregorian | umm_al_qura
    bool single_keys = true;             ///< keys pressed alone do something
    /// Command → key, of those that were changed; an empty key: none.
    std::map<std::string, std::string, std::less<>> keys = {};

    bool operator==(const PageSettings&) const = default;
};

/// As members of the object that is being written.
void write_page_settings(JsonWriter& out, const PageSettings& settings);
std::string page_settings_to_json(const PageSettings& settings);
/// What is missing, damaged or unknown keeps its default.
PageSettings page_settings_from_json(std::string_view json);

bool is_theme(std::string_view word);
bool is_digits(std::string_view word);
bool is_shown_calendar(std::string_view word);

}  // namespace rasid
