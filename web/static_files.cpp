#include "web/static_files.hpp"

#include "core/embedded.hpp"

#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sodium.h>

namespace rasid {
namespace embedded {
std::span<const EmbeddedFile> web_page();
}

namespace {

constexpr std::string_view kNoPage =
    "<!doctype html>\n<html lang=\"{{lang}}\" dir=\"{{dir}}\"><head><meta "
    "charset=\"utf-8\"><title>Rasid</title></head><body>"
    "<p>This Rasid was built without its page (RASID_WEB=OFF). The API of docs/api.md answers.</p></body></html>\n";

std::string_view type_of(std::string_view name) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 11> kTypes = {{
        {".html", "text/html; charset=utf-8"},
        {".js", "text/javascript; charset=utf-8"},
        {".css", "text/css; charset=utf-8"},
        {".json", "application/json; charset=utf-8"},
        {".webmanifest", "application/manifest+json; charset=utf-8"},
        {".svg", "image/svg+xml; charset=utf-8"},
        {".png", "image/png"},
        {".ico", "image/x-icon"},
        {".woff2", "font/woff2"},
        {".txt", "text/plain; charset=utf-8"},
        {".map", "application/json; charset=utf-8"},
    }};
    for (const auto& [ending, type] : kTypes) {
        if (name.ends_with(ending)) return type;
    }
    return "application/octet-stream";
}

/// app-1A2B3C4D.js: the name changes with the content.
bool is_hashed(std::string_view name) {
    const auto dot = name.rfind('.');
    const auto dash = name.rfind('-', dot);
    if (dot == std::string_view::npos || dash == std::string_view::npos || dot - dash != 9) return false;
    for (const char c : name.substr(dash + 1, 8)) {
        if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'f'))) return false;
    }
    return true;
}

bool accepts_gzip(const Request& request) {
    const auto accepted = request.header("Accept-Encoding");
    const auto at = accepted.find("gzip");
    return at != std::string_view::npos && !accepted.substr(at + 4).starts_with(";q=0");
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
}

/// Reads length-prefixed parts: four bytes, little endian, then that many.
class PackReader {
public:
    explicit PackReader(std::string_view pack) : rest_(pack) {}
    bool empty() const { return rest_.empty(); }
    std::optional<std::string_view> part() {
        if (rest_.size() < 4) return std::nullopt;
        std::uint32_t size = 0;
        for (int i = 3; i >= 0; --i) size = size << 8 | static_cast<unsigned char>(rest_[static_cast<std::size_t>(i)]);
        if (rest_.size() - 4 < size) return std::nullopt;
        const auto part = rest_.substr(4, size);
        rest_.remove_prefix(4 + size);
        return part;
    }

private:
    std::string_view rest_;
};

}  // namespace

void StaticFiles::add(std::string name, std::string content, std::string gzip) {
    std::array<unsigned char, 16> digest{};
    crypto_generichash(digest.data(), digest.size(), reinterpret_cast<const unsigned char*>(content.data()),
                       content.size(), nullptr, 0);
    std::array<char, 33> hex{};
    sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());
    files_[std::move(name)] = {std::move(content), std::move(gzip), hex.data()};
}

Result<StaticFiles> StaticFiles::from_pack(std::string_view pack) {
    StaticFiles files;
    PackReader in(pack);
    while (!in.empty()) {
        const auto name = in.part();
        const auto content = in.part();
        const auto gzip = in.part();
        if (!name || !content || !gzip) return Failure{Failure::Kind::malformed, "the packed page is cut"};
        files.add(std::string(*name), std::string(*content), std::string(*gzip));
    }
    return files;
}

StaticFiles StaticFiles::embedded() {
    StaticFiles files;
    for (const auto& pack : embedded::web_page()) {
        if (auto read = from_pack(pack.content)) files = std::move(*read);
    }
    if (!files.files_.contains("index.html")) files.add("index.html", std::string(kNoPage), "");
    return files;
}

Result<StaticFiles> StaticFiles::from_folder(const std::string& folder) {
    StaticFiles files;
    std::error_code failure;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder, failure)) {
        if (!entry.is_regular_file()) continue;
        std::ifstream in(entry.path(), std::ios::binary);
        std::string content((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
        files.add(std::filesystem::relative(entry.path(), folder).generic_string(), std::move(content), "");
    }
    if (!files.files_.contains("index.html")) {
        return Failure{Failure::Kind::not_found,
                       "the page folder `" + folder + "` has no index.html; build the page first"};
    }
    return files;
}

std::optional<Response> StaticFiles::file(std::string_view name, const Request& request) const {
    const auto found = files_.find(name);
    if (found == files_.end() || name == "index.html") return std::nullopt;
    const auto& file = found->second;
    const bool gzip = !file.gzip.empty() && accepts_gzip(request);
    // The two encodings are two representations, so each has a tag of its own.
    const auto etag = "\"" + file.etag + (gzip ? "-gz\"" : "\"");
    Response response;
    response.cache_control = is_hashed(name) ? "public, max-age=31536000, immutable" : "no-cache";
    response.headers.push_back({"ETag", etag});
    response.headers.push_back({"Vary", "Accept-Encoding"});
    if (request.header("If-None-Match") == etag) {
        response.status = 304;
        response.type.clear();
        return response;
    }
    response.type = type_of(name);
    response.body = gzip ? file.gzip : file.content;
    if (gzip) response.headers.push_back({"Content-Encoding", "gzip"});
    return response;
}

Response StaticFiles::index(std::string_view language, std::string_view theme) const {
    Response response;
    response.type = "text/html; charset=utf-8";
    response.body = files_.find("index.html")->second.content;
    replace_all(response.body, "{{lang}}", language);
    replace_all(response.body, "{{dir}}", language == "ar" ? "rtl" : "ltr");
    replace_all(response.body, "{{theme}}", theme);
    return response;
}

std::string_view page_language(const Request& request) {
    if (request.principal) return request.person().language == "ar" ? "ar" : "en";
    const auto wished = request.parameter("lang");
    if (wished == "ar") return "ar";
    if (wished == "en") return "en";
    auto accepted = request.header("Accept-Language");
    while (!accepted.empty()) {
        const auto comma = accepted.find(',');
        auto one = accepted.substr(0, comma);
        while (one.starts_with(' ')) one.remove_prefix(1);
        const auto tag = one.substr(0, one.find_first_of("-;"));
        if (tag == "ar") return "ar";
        if (tag == "en") return "en";
        if (comma == std::string_view::npos) break;
        accepted.remove_prefix(comma + 1);
    }
    return "en";
}

}  // namespace rasid
