#pragma once

#include "core/failure.hpp"
#include "web/request.hpp"
#include "web/response.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace rasid {

/// The page: a fixed set of named files in memory. A requested path is only ever looked up in that set, never on a
/// disk.
class StaticFiles {
public:
    /// The embedded page; without one (RASID_WEB=OFF) a text that says so.
    static StaticFiles embedded();
    /// Every file of a folder, read once. Fails with not_found when there is no index.html.
    static Result<StaticFiles> from_folder(const std::string& folder);
    /// What pack_page.mjs writes. Malformed when it is cut or inconsistent.
    static Result<StaticFiles> from_pack(std::string_view pack);

    /// A file by its path without the leading slash; nullopt: no such file.
    std::optional<Response> file(std::string_view name, const Request& request) const;

    /// index.html in that language and theme (system, light, dark), for every address of the page.
    Response index(std::string_view language, std::string_view theme = "system") const;

private:
    struct File {
        std::string content;
        std::string gzip;  ///< empty: not smaller
        std::string etag;
    };

    void add(std::string name, std::string content, std::string gzip);

    std::map<std::string, File, std::less<>> files_;
};

/// "ar" or "en": of the signed-in person, else `?lang=`, else the first of the two that Accept-Language names, else
/// "en".
std::string_view page_language(const Request& request);

}  // namespace rasid
