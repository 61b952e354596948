#include "storage/migrate.hpp"

#include "storage/store.hpp"

#include <sodium.h>

#include <array>
#include <cassert>
#include <string>
#include <vector>

namespace rasid {
namespace {

std::string checksum_of(std::string_view content) {
    std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
    crypto_hash_sha256(hash.data(), reinterpret_cast<const unsigned char*>(content.data()), content.size());
    std::string hex(2 * hash.size() + 1, '\0');
    sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
    hex.pop_back();
    return hex;
}

/// Compares what was applied with what we know. Returns how many of `files` are applied.
std::size_t check_applied(Engine& engine, std::span<const EmbeddedFile> files) {
    const auto applied = engine.ask("SELECT version, name, checksum FROM schema_migrations ORDER BY version");
    std::size_t count = 0;
    while (applied->next()) {
        Columns columns(*applied);
        const auto version = static_cast<std::size_t>(columns.integer());
        const auto name = columns.text();
        const auto checksum = columns.text();
        if (version > files.size()) {
            throw StoreError("the database was made by a newer version of rasid (schema " + std::to_string(version) +
                             ", this one knows " + std::to_string(files.size()) +
                             "): install that version, or restore a backup of before");
        }
        if (version != count + 1 || checksum != checksum_of(files[version - 1].content)) {
            throw StoreError("the database's migration " + name +
                             " differs from the one in this program: the program was changed after " +
                             "that migration was applied; install the released version");
        }
        ++count;
    }
    return count;
}

}  // namespace

void migrate(Engine& engine, std::span<const EmbeddedFile> files) {
    engine.script("CREATE TABLE IF NOT EXISTS schema_migrations ("
                  "version BIGINT PRIMARY KEY NOT NULL, name TEXT NOT NULL, checksum TEXT NOT NULL)");
    for (auto next = check_applied(engine, files); next < files.size(); ++next) {
        const auto& file = files[next];
        assert(file.name.substr(0, 4) ==
               std::string(4 - std::to_string(next + 1).size(), '0') + std::to_string(next + 1));
        engine.begin(Engine::Access::write);
        try {
            engine.script(file.content);
            engine.run("INSERT INTO schema_migrations (version, name, checksum) VALUES ($1, $2, $3)",
                       static_cast<std::int64_t>(next + 1), file.name, checksum_of(file.content));
            engine.commit();
        } catch (const StoreError& error) {
            engine.rollback();
            throw StoreError("migration " + std::string(file.name) + " failed and was undone: " + error.what());
        }
    }
}

void require_newest(Engine& engine, std::span<const EmbeddedFile> files) {
    if (check_applied(engine, files) < files.size()) {
        throw StoreError(
            "the database has an older schema: start the daemon of this version once, it brings the schema up to date");
    }
}

}  // namespace rasid
