#include "daemon/files_adapter.hpp"

#include "daemon/systemd.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

namespace rasid {
namespace {

constexpr std::size_t kSecretBytes = 64u << 10;

struct Content {
    std::string bytes = {};
    mode_t mode = 0;
};

Failure failure_of_errno(const std::string& path, int number) {
    if (number == ENOENT || number == ENOTDIR) return {Failure::Kind::not_found, path + ": there is no such file"};
    return {Failure::Kind::refused, path + ": " + std::strerror(number)};
}

Result<Content> read_file(const std::string& path, std::size_t max) {
    struct Descriptor {
        int fd;
        ~Descriptor() {
            if (fd >= 0) ::close(fd);
        }
    };
    // Opening a pipe that nobody writes to would wait for ever.
    const Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)};
    if (file.fd < 0) return failure_of_errno(path, errno);
    struct stat info {};
    if (::fstat(file.fd, &info) != 0) return failure_of_errno(path, errno);
    if (!S_ISREG(info.st_mode)) return Failure{Failure::Kind::refused, path + ": not a regular file"};

    Content content;
    content.mode = info.st_mode;
    const auto too_large = [&] {
        return Failure{Failure::Kind::blocked, path + ": larger than " + std::to_string(max) + " bytes"};
    };
    if (static_cast<std::uint64_t>(info.st_size) > max) return too_large();
    char part[64 << 10];
    for (;;) {
        const auto count = ::read(file.fd, part, sizeof part);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return failure_of_errno(path, errno);
        if (count == 0) return content;
        if (content.bytes.size() + static_cast<std::size_t>(count) > max) return too_large();
        content.bytes.append(part, static_cast<std::size_t>(count));
    }
}

bool is_bare_name(const std::string& path) {
    return !path.empty() && path.find('/') == std::string::npos && path != "." && path != "..";
}

}  // namespace

Result<std::string> MachineFiles::read(std::string path, std::size_t max) {
    if (path.starts_with("demo:")) {
        for (const auto& file : carried_) {
            if (file.name != std::string_view(path).substr(5)) continue;
            if (file.content.size() > max)
                return Failure{Failure::Kind::blocked, path + ": larger than " + std::to_string(max) + " bytes"};
            return std::string(file.content);
        }
        return Failure{Failure::Kind::not_found, path + ": this program carries no such file"};
    }
    auto content = read_file(path, max);
    if (!content) return content.error();
    return std::move(content->bytes);
}

Result<std::string> read_secret(const std::string& path) {
    const auto credentials = systemd_credentials_directory();
    std::string chosen = path;
    if (credentials && is_bare_name(path)) {
        std::error_code ignored;
        const auto own = std::filesystem::path(*credentials) / path;
        if (std::filesystem::exists(own, ignored)) chosen = own.string();
    }
    auto content = read_file(chosen, kSecretBytes);
    if (!content) {
        const auto& failure = content.error();
        const std::string advice =
            failure.kind == Failure::Kind::not_found
                ? "; write the secret into it, or pass it with LoadCredential= and give its bare name"
            : failure.kind == Failure::Kind::refused ? "; let the user of the daemon read it"
                                                     : "; is it the right file?";
        const auto kind = failure.kind == Failure::Kind::not_found ? Failure::Kind::not_found : Failure::Kind::refused;
        return Failure{kind, failure.what + advice};
    }
    const auto folder = std::filesystem::path(chosen).lexically_normal().parent_path();
    const bool is_credential =
        credentials && folder == std::filesystem::path(*credentials + "/").lexically_normal().parent_path();
    if (!is_credential && (content->mode & S_IRWXO) != 0) {
        return Failure{Failure::Kind::refused,
                       chosen + ": every user of this machine can read or change it; run: chmod 600 " + chosen};
    }
    auto& secret = content->bytes;
    while (secret.ends_with('\n') || secret.ends_with('\r')) secret.pop_back();
    if (secret.empty()) return Failure{Failure::Kind::refused, chosen + ": is empty; write the secret into it"};
    return std::move(secret);
}

}  // namespace rasid
