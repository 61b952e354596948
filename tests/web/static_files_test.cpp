#include "web/static_files.hpp"

#include "tests/support/temp_folder.hpp"

#include <fstream>
#include <gtest/gtest.h>

namespace rasid {
namespace {

std::string part(std::string_view bytes) {
    std::string text;
    for (int i = 0; i < 4; ++i) text += static_cast<char>(bytes.size() >> (8 * i) & 0xff);
    return text + std::string(bytes);
}

std::string pack() {
    return part("index.html") + part("<html lang=\"{{lang}}\" dir=\"{{dir}}\">") + part("") +
           part("assets/app-1A2B3C4D.js") + part("console.log(1)") + part("zipped") + part("manifest.json") +
           part("{}") + part("");
}

Request asking(std::string name = {}, std::string value = {}) {
    Request request;
    if (!name.empty()) request.headers.push_back({std::move(name), std::move(value)});
    return request;
}

TEST(StaticFiles, fill_language_and_direction_into_the_first_byte) {
    const auto files = StaticFiles::from_pack(pack()).value();
    EXPECT_EQ(files.index("ar").body, "<html lang=\"ar\" dir=\"rtl\">");
    EXPECT_EQ(files.index("en").body, "<html lang=\"en\" dir=\"ltr\">");
    EXPECT_EQ(files.index("en").cache_control, "no-store");
}

TEST(StaticFiles, with_hashed_names_are_kept_for_ever_and_others_asked_for_again) {
    const auto files = StaticFiles::from_pack(pack()).value();
    EXPECT_EQ(files.file("assets/app-1A2B3C4D.js", asking())->cache_control, "public, max-age=31536000, immutable");
    EXPECT_EQ(files.file("manifest.json", asking())->cache_control, "no-cache");
}

TEST(StaticFiles, go_out_zipped_to_those_who_take_it) {
    const auto files = StaticFiles::from_pack(pack()).value();
    const auto zipped = files.file("assets/app-1A2B3C4D.js", asking("Accept-Encoding", "br, gzip"));
    EXPECT_EQ(zipped->body, "zipped");
    const auto plain = files.file("assets/app-1A2B3C4D.js", asking("Accept-Encoding", "gzip;q=0"));
    EXPECT_EQ(plain->body, "console.log(1)");
    EXPECT_EQ(plain->type, "text/javascript; charset=utf-8");
}

TEST(StaticFiles, answer_304_to_those_who_have_them) {
    const auto files = StaticFiles::from_pack(pack()).value();
    const auto first = files.file("manifest.json", asking());
    std::string etag;
    for (const auto& header : first->headers) {
        if (header.name == "ETag") etag = header.value;
    }
    EXPECT_EQ(files.file("manifest.json", asking("If-None-Match", etag))->status, 304);
    EXPECT_EQ(files.file("manifest.json", asking("If-None-Match", "\"other\""))->status, 200);
}

TEST(StaticFiles, that_were_cut_are_refused) {
    const auto whole = pack();
    for (std::size_t size = 1; size < whole.size(); ++size) {
        const auto files = StaticFiles::from_pack(whole.substr(0, size));
        const bool at_an_edge =
            size == whole.find(part("assets/app-1A2B3C4D.js")) || size == whole.find(part("manifest.json"));
        EXPECT_EQ(files.has_value(), at_an_edge) << size;
    }
}

TEST(StaticFiles, come_from_a_folder_by_name_only) {
    TempFolder folder;
    std::filesystem::create_directory(folder.path() / "assets");
    std::ofstream(folder.file("index.html")) << "<p>";
    std::ofstream(folder.file("assets/a.css")) << "p{}";
    const auto files = StaticFiles::from_folder(folder.path().string()).value();
    EXPECT_EQ(files.file("assets/a.css", asking())->body, "p{}");
    for (const auto* name : {"../index.html", "assets/../index.html", "/etc/passwd", "assets", "", "index.html"}) {
        EXPECT_FALSE(files.file(name, asking())) << name;
    }
    EXPECT_FALSE(StaticFiles::from_folder(folder.file("nowhere")));
}

TEST(PageLanguage, follows_the_person_then_the_address_then_the_browser) {
    EXPECT_EQ(page_language(asking()), "en");
    EXPECT_EQ(page_language(asking("Accept-Language", "fr-FR, ar-SA;q=0.9, en;q=0.8")), "ar");
    auto request = asking("Accept-Language", "ar");
    request.query["lang"] = "en";
    EXPECT_EQ(page_language(request), "en");
    request.principal.emplace();
    request.principal->person.language = "ar";
    EXPECT_EQ(page_language(request), "ar");
}

}  // namespace
}  // namespace rasid
