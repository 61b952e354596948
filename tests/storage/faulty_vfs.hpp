#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace rasid {

/// While it lives, SQLite reads and writes through it: the operating system's files, but
///  - the n-th write, truncation or sync from `fail_at(n)` on fails, once or for good;
///  - `power_cut` shows what a disk would hold that loses everything not synced.
class FaultyVfs {
public:
    FaultyVfs();
    ~FaultyVfs();
    FaultyVfs(const FaultyVfs&) = delete;
    FaultyVfs& operator=(const FaultyVfs&) = delete;

    /// The n-th call from here on fails (1 is the next); 0: none. With `for_good` all after it fail too.
    void fail_at(std::int64_t n, bool for_good = false);
    bool failed() const;         ///< a call was made to fail since fail_at
    std::int64_t calls() const;  ///< calls since fail_at
    std::int64_t syncs() const;  ///< successful ones, in all

    /// Counts the file as synced as it is: one that was put there by other means.
    void assume_synced(const std::filesystem::path& file);

    /// Copies the files of one folder, each as it was at its last successful sync, into another. Those never synced are
    /// left out.
    void power_cut(const std::filesystem::path& from, const std::filesystem::path& to) const;
};

}  // namespace rasid
