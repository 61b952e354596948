#include "tests/storage/faulty_vfs.hpp"

#include <sqlite3.h>

#include <fstream>
#include <map>
#include <mutex>
#include <sstream>

namespace rasid {
namespace {

/// SQLite calls back with plain functions, so what they share is one object per process.
struct Faults {
    std::mutex mutex;
    std::int64_t calls = 0;
    std::int64_t fail_at = 0;
    bool for_good = false;
    bool failed = false;
    std::int64_t syncs = 0;
    std::map<std::string, std::string> synced;  ///< path → content at its last successful sync

    bool next_fails() {
        const std::lock_guard lock(mutex);
        ++calls;
        if (fail_at == 0 || calls < fail_at || (calls > fail_at && !for_good)) return false;
        failed = true;
        return true;
    }
};

Faults& faults() {
    static Faults one;
    return one;
}

sqlite3_vfs* real_vfs() {
    static sqlite3_vfs* const found = sqlite3_vfs_find("unix");
    return found;
}

struct FaultyFile {
    sqlite3_file base;
    std::string* path;
    sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

FaultyFile* of(sqlite3_file* file) { return reinterpret_cast<FaultyFile*>(file); }

void remember_synced(FaultyFile* file) {
    sqlite3_int64 size = 0;
    auto* real = file->real();
    if (real->pMethods->xFileSize(real, &size) != SQLITE_OK) return;
    std::string content(static_cast<std::size_t>(size), '\0');
    if (size > 0) real->pMethods->xRead(real, content.data(), static_cast<int>(size), 0);
    const std::lock_guard lock(faults().mutex);
    ++faults().syncs;
    if (file->path) faults().synced[*file->path] = std::move(content);
}

int close_file(sqlite3_file* file) {
    auto* real = of(file)->real();
    const int code = real->pMethods->xClose(real);
    delete of(file)->path;
    of(file)->path = nullptr;
    return code;
}

int write_file(sqlite3_file* file, const void* bytes, int amount, sqlite3_int64 offset) {
    auto* real = of(file)->real();
    if (faults().next_fails()) {
        real->pMethods->xWrite(real, bytes, amount / 2, offset);  // a torn write
        return SQLITE_IOERR_WRITE;
    }
    return real->pMethods->xWrite(real, bytes, amount, offset);
}

int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
    auto* real = of(file)->real();
    if (faults().next_fails()) return SQLITE_IOERR_TRUNCATE;
    return real->pMethods->xTruncate(real, size);
}

int sync_file(sqlite3_file* file, int) {
    if (faults().next_fails()) return SQLITE_IOERR_FSYNC;
    // No real sync: a power cut is played with `synced`, and thousands of them would take minutes.
    remember_synced(of(file));
    return SQLITE_OK;
}

template <auto Method, typename... Arguments>
int pass(sqlite3_file* file, Arguments... arguments) {
    auto* real = of(file)->real();
    return (real->pMethods->*Method)(real, arguments...);
}

void pass_barrier(sqlite3_file* file) {
    auto* real = of(file)->real();
    real->pMethods->xShmBarrier(real);
}

// Without xFetch: version 2 has shared memory and no memory mapping, which would write behind our back.
const sqlite3_io_methods kMethods = {
    2,
    close_file,
    [](sqlite3_file* file, void* bytes, int amount, sqlite3_int64 offset) {
        return pass<&sqlite3_io_methods::xRead>(file, bytes, amount, offset);
    },
    write_file,
    truncate_file,
    sync_file,
    [](sqlite3_file* file, sqlite3_int64* size) { return pass<&sqlite3_io_methods::xFileSize>(file, size); },
    [](sqlite3_file* file, int lock) { return pass<&sqlite3_io_methods::xLock>(file, lock); },
    [](sqlite3_file* file, int lock) { return pass<&sqlite3_io_methods::xUnlock>(file, lock); },
    [](sqlite3_file* file, int* result) { return pass<&sqlite3_io_methods::xCheckReservedLock>(file, result); },
    [](sqlite3_file* file, int operation, void* argument) {
        return pass<&sqlite3_io_methods::xFileControl>(file, operation, argument);
    },
    [](sqlite3_file* file) { return pass<&sqlite3_io_methods::xSectorSize>(file); },
    [](sqlite3_file* file) { return pass<&sqlite3_io_methods::xDeviceCharacteristics>(file); },
    [](sqlite3_file* file, int page, int size, int extend, volatile void** memory) {
        return pass<&sqlite3_io_methods::xShmMap>(file, page, size, extend, memory);
    },
    [](sqlite3_file* file, int offset, int count, int flags) {
        return pass<&sqlite3_io_methods::xShmLock>(file, offset, count, flags);
    },
    pass_barrier,
    [](sqlite3_file* file, int remove) { return pass<&sqlite3_io_methods::xShmUnmap>(file, remove); },
    nullptr,
    nullptr,
};

int open_file(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out_flags) {
    auto* opened = of(file);
    opened->base.pMethods = nullptr;
    opened->path = nullptr;
    const int code = real_vfs()->xOpen(real_vfs(), name, opened->real(), flags, out_flags);
    if (!opened->real()->pMethods) return code;
    opened->base.pMethods = &kMethods;
    opened->path = name ? new std::string(name) : nullptr;
    return code;
}

int delete_file(sqlite3_vfs*, const char* name, int sync_folder) {
    const int code = real_vfs()->xDelete(real_vfs(), name, sync_folder);
    const std::lock_guard lock(faults().mutex);
    if (code == SQLITE_OK) faults().synced.erase(name);
    return code;
}

sqlite3_vfs make_vfs() {
    sqlite3_vfs made = *real_vfs();
    made.zName = "faulty";
    made.pNext = nullptr;
    made.szOsFile = static_cast<int>(sizeof(FaultyFile)) + real_vfs()->szOsFile;
    made.xOpen = open_file;
    made.xDelete = delete_file;
    return made;
}

sqlite3_vfs& faulty_vfs() {
    static sqlite3_vfs one = make_vfs();
    return one;
}

}  // namespace

FaultyVfs::FaultyVfs() {
    sqlite3_initialize();
    {
        const std::lock_guard lock(faults().mutex);
        faults().synced.clear();
        faults().syncs = 0;
    }
    fail_at(0);
    sqlite3_vfs_register(&faulty_vfs(), 1);
}

FaultyVfs::~FaultyVfs() {
    sqlite3_vfs_unregister(&faulty_vfs());
    sqlite3_vfs_register(real_vfs(), 1);
}

void FaultyVfs::fail_at(std::int64_t n, bool for_good) {
    const std::lock_guard lock(faults().mutex);
    faults().calls = 0;
    faults().fail_at = n;
    faults().for_good = for_good;
    faults().failed = false;
}

bool FaultyVfs::failed() const { return faults().failed; }
std::int64_t FaultyVfs::calls() const { return faults().calls; }
std::int64_t FaultyVfs::syncs() const { return faults().syncs; }

void FaultyVfs::assume_synced(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream content;
    content << in.rdbuf();
    const std::lock_guard lock(faults().mutex);
    faults().synced[std::filesystem::canonical(file).string()] = content.str();
}

void FaultyVfs::power_cut(const std::filesystem::path& from, const std::filesystem::path& to) const {
    const auto canonical = std::filesystem::canonical(from);
    const std::lock_guard lock(faults().mutex);
    for (const auto& [path, content] : faults().synced) {
        if (std::filesystem::path(path).parent_path() != canonical) continue;
        std::ofstream out(to / std::filesystem::path(path).filename(), std::ios::binary | std::ios::trunc);
        out << content;
    }
}

}  // namespace rasid
