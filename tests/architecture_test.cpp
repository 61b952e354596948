#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

/// What a folder's files may include: whole folders, or single headers of one. A folder always sees itself.
using Table = std::map<std::string, std::set<std::string>>;

const Table kMaySee = {
    {"core", {}},
    {"connectors", {"core"}},
    {"rules", {"core"}},
    {"escalation", {"core"}},
    {"engagement", {"core"}},
    {"storage", {"core"}},
    {"web",
     {"core", "rules", "escalation", "engagement", "storage/database.hpp", "storage/reader.hpp", "storage/store.hpp"}},
    {"daemon", {"core", "connectors", "rules", "escalation", "engagement", "storage", "web"}},
    {"demo", {}},
};

/// Which files may include a library: a folder ends in a slash.
const Table kHomes = {
    {"boost/beast", {"web/", "daemon/websocket_adapter.cpp", "daemon/metrics_listener.cpp"}},
    {"cld2/", {"rules/language_cld2.cpp"}},
    {"curl/curl.h", {"daemon/curl/"}},
    {"gmime/", {"daemon/mime.cpp"}},
    {"kainjow/", {"escalation/mail_template.hpp"}},
    {"libpq-fe.h", {"storage/"}},
    {"libxml/", {"connectors/"}},
    {"rapidjson/", {"core/json.cpp", "core/json.hpp"}},
    {"re2/", {"rules/"}},
    {"spdlog/", {"daemon/log.cpp"}},
    {"sqlite3.h", {"storage/"}},
    {"systemd/", {"daemon/log.cpp", "daemon/systemd.cpp"}},
    {"toml++/", {"core/toml.cpp", "core/toml.hpp"}},
};

struct Include {
    std::string file;    ///< relative to the root
    std::string header;  ///< as written
    bool quoted;         ///< "ours" rather than <theirs>
};

std::string read(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

std::vector<Include> includes_of(const std::string& file, const std::string& content) {
    static const std::regex kInclude(R"(^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"])", std::regex::multiline);
    std::vector<Include> found;
    for (std::sregex_iterator at(content.begin(), content.end(), kInclude), end; at != end; ++at)
        found.push_back({file, (*at)[2], (*at)[1] == "\""});
    return found;
}

std::vector<std::string> sources_of(const fs::path& root, const std::string& folder) {
    std::vector<std::string> found;
    if (!fs::exists(root / folder)) return found;
    for (fs::recursive_directory_iterator at(root / folder), end; at != end; ++at) {
        if (at->path().filename() == "node_modules") at.disable_recursion_pending();
        if (at->path().extension() == ".cpp" || at->path().extension() == ".hpp")
            found.push_back(fs::relative(at->path(), root).string());
    }
    return found;
}

std::vector<Include> includes_under(const fs::path& root) {
    std::vector<Include> all;
    for (const auto& [folder, seen] : kMaySee) {
        for (const auto& file : sources_of(root, folder)) {
            auto found = includes_of(file, read(root / file));
            all.insert(all.end(), found.begin(), found.end());
        }
    }
    return all;
}

std::string folder_of(const std::string& path) { return path.substr(0, path.find('/')); }

std::vector<std::string> wrong_neighbours(const std::vector<Include>& includes) {
    std::vector<std::string> wrong;
    for (const auto& [file, header, quoted] : includes) {
        const auto from = folder_of(file);
        const auto to = folder_of(header);
        // A quoted name without a folder, or of a folder that is no module, would slip past the table.
        if (!quoted && !kMaySee.contains(to)) continue;
        const auto& may_see = kMaySee.at(from);
        if (to != from && !may_see.contains(to) && !may_see.contains(header))
            wrong.push_back(file + " includes " + header);
    }
    return wrong;
}

std::vector<std::string> away_from_home(const std::vector<Include>& includes) {
    std::vector<std::string> wrong;
    for (const auto& include : includes) {
        for (const auto& [library, homes] : kHomes) {
            if (!include.header.starts_with(library)) continue;
            const bool at_home = std::any_of(homes.begin(), homes.end(), [&](const std::string& home) {
                return home.ends_with('/') ? include.file.starts_with(home) : include.file == home;
            });
            if (!at_home) wrong.push_back(include.file + " includes " + include.header);
        }
    }
    return wrong;
}

/// The rows of the first table below `heading`: the words in backticks, the first one of a row being its key.
Table table_below(const std::string& markdown, const std::string& heading) {
    Table table;
    std::istringstream lines(markdown.substr(std::min(markdown.find(heading), markdown.size())));
    bool inside = false;
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with('|')) {
            inside = true;
            static const std::regex kWord("`([^`]+)`");
            std::sregex_iterator at(line.begin(), line.end(), kWord), end;
            if (at == end) continue;
            auto& row = table[(*at)[1]];
            for (++at; at != end; ++at) row.insert((*at)[1]);
        } else if (inside) {
            break;
        }
    }
    return table;
}

std::string joined(const std::vector<std::string>& lines) {
    std::string all;
    for (const auto& line : lines) all += line + "\n";
    return all;
}

const fs::path kRoot = RASID_SOURCE_DIR;

}  // namespace

TEST(Architecture, nobody_includes_what_the_table_does_not_allow) {
    const auto includes = includes_under(kRoot);
    ASSERT_GT(includes.size(), 100u) << "the sources were not found";
    EXPECT_EQ(joined(wrong_neighbours(includes)), "");
}

TEST(Architecture, every_library_stays_in_its_home) { EXPECT_EQ(joined(away_from_home(includes_under(kRoot))), ""); }

TEST(Architecture, every_module_of_the_table_has_sources_and_the_demo_has_none) {
    for (const auto& [folder, seen] : kMaySee) {
        EXPECT_TRUE(fs::exists(kRoot / folder)) << folder;
        EXPECT_EQ(sources_of(kRoot, folder).empty(), folder == "demo") << folder;
    }
}

TEST(Architecture, every_folder_with_sources_is_in_the_table) {
    const std::set<std::string> outside = {"bench", "build", "fuzz", "tests"};
    for (const auto& entry : fs::directory_iterator(kRoot)) {
        const auto name = entry.path().filename().string();
        if (!entry.is_directory() || name.starts_with('.') || outside.contains(name)) continue;
        EXPECT_TRUE(kMaySee.contains(name) || sources_of(kRoot, name).empty()) << name;
    }
}

TEST(Architecture, a_module_is_linked_with_no_more_than_it_may_see) {
    for (const auto& [folder, seen] : kMaySee) {
        const auto cmake = read(kRoot / folder / "CMakeLists.txt");
        static const std::regex kUses(R"(rasid_module\(\w+[^)]*?USES([a-z\s]*))");
        std::smatch uses;
        if (!std::regex_search(cmake, uses, kUses)) continue;
        std::istringstream words(uses[1].str());
        for (std::string module; words >> module;) {
            const bool allowed =
                std::any_of(seen.begin(), seen.end(), [&](const auto& may) { return folder_of(may) == module; });
            EXPECT_TRUE(allowed) << folder << " is linked with " << module;
        }
    }
}

TEST(Architecture, the_documented_tables_are_these_tables) {
    const auto page = read(kRoot / "docs/architecture.md");
    EXPECT_EQ(table_below(page, "## Who may include whom"), kMaySee);
    EXPECT_EQ(table_below(page, "## One home for each library"), kHomes);
}

TEST(Architecture, a_wrong_include_is_caught) {
    const auto lines = [](const std::string& file, const std::string& content) { return includes_of(file, content); };
    EXPECT_EQ(wrong_neighbours(lines("rules/a.cpp", "#include \"storage/store.hpp\"\n")).size(), 1u);
    EXPECT_EQ(wrong_neighbours(lines("rules/a.cpp", "  #  include <storage/store.hpp>\n")).size(), 1u);
    EXPECT_EQ(wrong_neighbours(lines("core/a.cpp", "#include \"rules/rule_set.hpp\"\n")).size(), 1u);
    EXPECT_EQ(wrong_neighbours(lines("web/a.cpp", "#include \"storage/sqlite_engine.hpp\"\n")).size(), 1u);
    EXPECT_EQ(wrong_neighbours(lines("web/a.cpp", "#include \"daemon/config.hpp\"\n")).size(), 1u);
    EXPECT_EQ(wrong_neighbours(lines("core/a.cpp", "#include \"tests/support/fake_clock.hpp\"\n")).size(), 1u);
    EXPECT_EQ(wrong_neighbours(lines("core/a.cpp", "#include \"../rules/rule_set.hpp\"\n")).size(), 1u);
    EXPECT_EQ(wrong_neighbours(lines("web/a.cpp", "#include \"storage/reader.hpp\"\n#include <vector>\n")).size(), 0u);
    EXPECT_EQ(away_from_home(lines("web/a.cpp", "#include <re2/re2.h>\n")).size(), 1u);
    EXPECT_EQ(away_from_home(lines("daemon/a.cpp", "#include <curl/curl.h>\n")).size(), 1u);
    EXPECT_EQ(away_from_home(lines("rules/a.cpp", "#include <re2/re2.h>\n")).size(), 0u);
}
