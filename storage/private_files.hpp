#pragma once

#include <optional>
#include <string>

namespace rasid {

/// Files and folders beside the database that only their owner may read. All throw StoreError.

/// Makes an empty file of mode 0600; refuses when there is one already.
void make_private_file(const std::string& path);

/// Makes the folder of this file, mode 0700, unless it exists.
void make_private_folder_of(const std::string& path);

/// Writes a small file whole: after a crash there is the old content or the new.
void write_private_file(const std::string& path, const std::string& content);

/// The content of a small file; nullopt when there is none.
std::optional<std::string> read_small_file(const std::string& path);

/// Waits until file and folder entry are on the disk.
void sync_file(const std::string& path);

void remove_file(const std::string& path) noexcept;

/// Bytes of a file; nullopt when there is none.
std::optional<long long> file_size(const std::string& path);

/// Holds `path` locked for this process; a crash releases it.
class FileLock {
public:
    /// Throws StoreError at once when another process (or another FileLock) holds it; the text names the holder.
    FileLock(const std::string& path, const std::string& what);
    ~FileLock();
    FileLock(const FileLock&) = delete;
    FileLock& operator=(const FileLock&) = delete;

private:
    int file_ = -1;
};

}  // namespace rasid
