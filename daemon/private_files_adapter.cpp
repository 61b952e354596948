#include "daemon/private_files_adapter.hpp"

#include "core/http.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace rasid {
namespace {

constexpr std::size_t kLongestPrivateFile = 64u << 10;

struct OwnedFile {
    int fd;
    ~OwnedFile() {
        if (fd >= 0) ::close(fd);
    }
};

Failure failure_at(const std::string& path) {
    const int number = errno;
    const auto kind = number == ENOENT ? Failure::Kind::not_found : Failure::Kind::refused;
    return {kind, path + ": " + std::strerror(number)};
}

bool write_all(int fd, std::string_view rest) {
    while (!rest.empty()) {
        const auto count = ::write(fd, rest.data(), rest.size());
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return false;
        rest.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
}

/// Makes what was renamed or removed in a folder last.
void sync_folder(const std::string& folder) {
    const OwnedFile opened{::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (opened.fd >= 0) ::fsync(opened.fd);
}

}  // namespace

// Whatever a name holds, it is one name in this folder, and none of the folder's own.
std::string FolderPrivateFiles::path_of(const std::string& name) const {
    return folder_ + "/" + url_encode(name) + ".json";
}

Result<std::string> FolderPrivateFiles::read(const std::string& name) {
    const auto path = path_of(name);
    const OwnedFile file{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)};
    if (file.fd < 0) return failure_at(path);
    struct stat info {};
    if (::fstat(file.fd, &info) != 0) return failure_at(path);
    if (!S_ISREG(info.st_mode) || (info.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return Failure{Failure::Kind::refused, path + ": others than the daemon can read or change it"};
    std::string content;
    char part[4096];
    for (;;) {
        const auto count = ::read(file.fd, part, sizeof part);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return failure_at(path);
        if (count == 0) return content;
        content.append(part, static_cast<std::size_t>(count));
        if (content.size() > kLongestPrivateFile) return Failure{Failure::Kind::refused, path + ": is too large"};
    }
}

Result<void> FolderPrivateFiles::write(const std::string& name, const std::string& content) {
    if (::mkdir(folder_.c_str(), 0700) != 0 && errno != EEXIST)
        return Failure{Failure::Kind::refused, folder_ + ": " + std::strerror(errno)};
    const auto path = path_of(name);
    const auto fresh = path + ".new";
    ::unlink(fresh.c_str());
    {
        const OwnedFile file{::open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600)};
        if (file.fd < 0 || !write_all(file.fd, content) || ::fsync(file.fd) != 0)
            return Failure{Failure::Kind::refused, fresh + ": " + std::strerror(errno)};
    }
    if (::rename(fresh.c_str(), path.c_str()) != 0)
        return Failure{Failure::Kind::refused, path + ": " + std::strerror(errno)};
    sync_folder(folder_);
    return {};
}

Result<void> FolderPrivateFiles::remove(const std::string& name) {
    const auto path = path_of(name);
    if (::unlink(path.c_str()) != 0 && errno != ENOENT)
        return Failure{Failure::Kind::refused, path + ": " + std::strerror(errno)};
    sync_folder(folder_);
    return {};
}

std::string grants_folder_beside(std::string_view storage_url) {
    return std::string(storage_url.substr(storage_url.find(':') + 1)) + ".grants";
}

}  // namespace rasid
