#include "storage/migrate.hpp"
#include "storage/private_files.hpp"
#include "storage/sqlite_engine.hpp"
#include "storage/store.hpp"

#include <cstdio>

namespace rasid {

void restore_backup(const std::string& backup, const std::string& target, bool replace) {
    if (!file_size(backup)) throw StoreError("there is no backup at " + backup);
    make_private_folder_of(target);
    const FileLock lock(target + ".lock", "database " + target);
    if (file_size(target).value_or(0) > 0 && !replace) {
        throw StoreError("there is a database at " + target + " already; to put the backup in its place say --yes");
    }
    const auto fresh = target + ".restoring";
    remove_file(fresh);
    std::string instance;
    {
        const auto engine = open_sqlite(backup, true);
        const auto check = engine->ask("PRAGMA integrity_check");
        if (!check->next() || check->text(0) != "ok")
            throw StoreError("the backup " + backup + " is damaged; take another one");
        const auto answer = engine->ask("SELECT value FROM installation WHERE name = 'instance'");
        if (!answer->next()) throw StoreError(backup + " is no backup of Rasid");
        instance = answer->text(0);
        engine->copy_to(fresh);
    }
    // The log of the database that is replaced would be replayed into the new one.
    remove_file(target + "-wal");
    remove_file(target + "-shm");
    write_private_file(target + ".instance", instance + "\n");
    if (std::rename(fresh.c_str(), target.c_str()) != 0)
        throw StoreError("cannot move the restored database to " + target);
    sync_file(target);
}

}  // namespace rasid
