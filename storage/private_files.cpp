#include "storage/private_files.hpp"

#include "storage/store.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace rasid {
namespace {

[[noreturn]] void fail(const std::string& path, const char* action) {
    const int error = errno;
    throw StoreError(path + ": cannot " + action + ": " + std::generic_category().message(error));
}

class OpenFile {
public:
    OpenFile(const std::string& path, int flags, const char* action)
        : file_(::open(path.c_str(), flags | O_CLOEXEC, S_IRUSR | S_IWUSR)) {
        if (file_ < 0) fail(path, action);
    }
    ~OpenFile() { ::close(file_); }
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;
    int get() const { return file_; }

private:
    int file_;
};

std::string folder_of(const std::string& path) {
    const auto folder = std::filesystem::path(path).parent_path().string();
    return folder.empty() ? "." : folder;
}

void sync_folder_of(const std::string& path) {
    const OpenFile folder(folder_of(path), O_RDONLY | O_DIRECTORY, "open its folder");
    if (::fsync(folder.get()) != 0) fail(path, "sync its folder");
}

void write_whole(int file, const std::string& path, const std::string& content) {
    for (std::size_t done = 0; done < content.size();) {
        const auto written = ::write(file, content.data() + done, content.size() - done);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) fail(path, "write");
        done += static_cast<std::size_t>(written);
    }
}

}  // namespace

void make_private_file(const std::string& path) {
    const OpenFile file(path, O_WRONLY | O_CREAT | O_EXCL, "make the file");
}

void make_private_folder_of(const std::string& path) {
    std::error_code error;
    const auto folder = folder_of(path);
    if (std::filesystem::exists(folder, error)) return;
    const auto parent = std::filesystem::path(folder).parent_path();
    if (!parent.empty()) std::filesystem::create_directories(parent, error);
    if (::mkdir(folder.c_str(), S_IRWXU) != 0 && errno != EEXIST) fail(folder, "make the folder");
}

void write_private_file(const std::string& path, const std::string& content) {
    const std::string fresh = path + ".new";
    {
        const OpenFile file(fresh, O_WRONLY | O_CREAT | O_TRUNC, "write");
        write_whole(file.get(), fresh, content);
        if (::fsync(file.get()) != 0) fail(fresh, "sync");
    }
    if (::rename(fresh.c_str(), path.c_str()) != 0) fail(path, "replace");
    sync_folder_of(path);
}

std::optional<std::string> read_small_file(const std::string& path) {
    if (!file_size(path)) return std::nullopt;
    const OpenFile file(path, O_RDONLY, "read");
    std::string content(4096, '\0');
    const auto size = ::read(file.get(), content.data(), content.size());
    if (size < 0) fail(path, "read");
    content.resize(static_cast<std::size_t>(size));
    return content;
}

void sync_file(const std::string& path) {
    {
        const OpenFile file(path, O_RDONLY, "open");
        if (::fsync(file.get()) != 0) fail(path, "sync");
    }
    sync_folder_of(path);
}

void remove_file(const std::string& path) noexcept { ::unlink(path.c_str()); }

std::optional<long long> file_size(const std::string& path) {
    struct stat status = {};
    if (::stat(path.c_str(), &status) == 0) return static_cast<long long>(status.st_size);
    if (errno == ENOENT || errno == ENOTDIR) return std::nullopt;
    fail(path, "look at");
}

FileLock::FileLock(const std::string& path, const std::string& what)
    : file_(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR)) {
    if (file_ < 0) fail(path, "open");
    if (::flock(file_, LOCK_EX | LOCK_NB) != 0) {
        const bool held = errno == EWOULDBLOCK;
        std::string holder(32, '\0');
        const auto size = held ? ::read(file_, holder.data(), holder.size()) : 0;
        holder.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
        ::close(file_);
        if (!held) fail(path, "lock");
        while (!holder.empty() && holder.back() == '\n') holder.pop_back();
        throw StoreError("another rasid holds " + what + (holder.empty() ? "" : " (process " + holder + ")") +
                         ": stop it first, or let the command go through it");
    }
    // Only for the message above; the lock itself is the kernel's.
    const auto pid = std::to_string(::getpid()) + "\n";
    if (::ftruncate(file_, 0) != 0 || ::pwrite(file_, pid.data(), pid.size(), 0) < 0) {
        const int error = errno;
        ::close(file_);
        errno = error;
        fail(path, "write");
    }
}

FileLock::~FileLock() { ::close(file_); }

}  // namespace rasid
