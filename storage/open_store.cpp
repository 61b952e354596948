#include "storage/migrate.hpp"
#include "storage/private_files.hpp"
#include "storage/sql_store.hpp"
#include "storage/sqlite_engine.hpp"

namespace rasid {
namespace {

std::string path_of(const StoreOptions& options) {
    constexpr std::string_view kScheme = "sqlite:";
    const std::string_view url = options.url;
    if (url.substr(0, kScheme.size()) != kScheme || url.size() == kScheme.size()) {
        throw StoreError("[storage] url `" + options.url +
                         "` is not understood: write `sqlite:` and the path of a file");
    }
    return std::string(url.substr(kScheme.size()));
}

/// The second place that knows an installation. SQLite opens an emptied file as a valid new database; this tells the
/// difference.
std::string instance_file(const std::string& path) { return path + ".instance"; }

void refuse_emptied(const std::string& path) {
    const auto size = file_size(path);
    if ((size && *size > 0) || !file_size(instance_file(path))) return;
    throw StoreError("database " + path + " is " + (size ? "empty" : "missing") +
                     " although this installation had one: restore a backup with `rasid restore`; to begin anew with "
                     "nothing, remove " +
                     instance_file(path));
}

std::string trimmed(std::string text) {
    while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
    return text;
}

std::string stored_instance(Engine& engine) {
    const auto answer = engine.ask("SELECT value FROM installation WHERE name = 'instance'");
    return answer->next() ? std::string(answer->text(0)) : std::string();
}

void refuse_foreign(const std::string& path, const std::string& stored) {
    const auto noted = read_small_file(instance_file(path));
    if (!noted || trimmed(*noted) == stored) return;
    throw StoreError("database " + path +
                     " is not the one that this installation had: put the right file back; if it was exchanged on " +
                     "purpose, remove " + instance_file(path));
}

std::string make_instance(Engine& engine) {
    auto made = engine.make_instance_id();
    engine.run("INSERT INTO installation (name, value) VALUES ('instance', $1)", made);
    return made;
}

std::unique_ptr<SqlStore> open_reading(const std::string& path) {
    if (!file_size(path)) throw StoreError("there is no database at " + path + ": start the daemon once");
    auto engine = open_sqlite(path, true);
    require_newest(*engine, embedded::migrations());
    refuse_foreign(path, stored_instance(*engine));
    return std::make_unique<SqlStore>(std::move(engine));
}

/// A database that was made on this start and one whose migration never finished have no tables yet.
bool has_tables(Engine& engine) {
    return engine.ask("SELECT 1 FROM sqlite_master WHERE name = 'installation'")->next();
}

}  // namespace

std::unique_ptr<Store> open_store(const StoreOptions& options) {
    const auto path = path_of(options);
    if (options.read_only) {
        refuse_emptied(path);
        return open_reading(path);
    }
    make_private_folder_of(path);
    const auto lock = std::make_shared<FileLock>(path + ".lock", "database " + path);
    refuse_emptied(path);
    if (!file_size(path)) make_private_file(path);
    auto engine = open_sqlite(path, false);
    if (!has_tables(*engine) && file_size(instance_file(path))) refuse_foreign(path, "");
    migrate(*engine, embedded::migrations());
    engine->search_index().create();
    auto instance = stored_instance(*engine);
    if (instance.empty()) {
        refuse_foreign(path, "");
        instance = make_instance(*engine);
    }
    refuse_foreign(path, instance);
    // Last: after a crash before this line the next start still counts as the first one.
    if (!file_size(instance_file(path))) write_private_file(instance_file(path), instance + "\n");
    return std::make_unique<SqlStore>(std::move(engine), lock);
}

std::unique_ptr<Reader> open_reader(const StoreOptions& options) {
    const auto path = path_of(options);
    refuse_emptied(path);
    return open_reading(path);
}

}  // namespace rasid
