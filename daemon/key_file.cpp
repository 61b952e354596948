#include "daemon/key_file.hpp"

#include <array>
#include <fcntl.h>
#include <fstream>
#include <stdexcept>
#include <unistd.h>

namespace rasid {

std::string key_beside(std::string_view storage_url, Random& random) {
    constexpr std::size_t kSize = 32;
    const auto path = std::string(storage_url.substr(storage_url.find(':') + 1)) + ".key";
    std::array<char, kSize> key{};
    if (std::ifstream in(path, std::ios::binary); in.read(key.data(), kSize)) return {key.data(), kSize};

    std::array<std::uint8_t, kSize> bytes{};
    random.fill(bytes);
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    const bool written = file >= 0 && ::write(file, bytes.data(), kSize) == static_cast<ssize_t>(kSize) && ::fsync(file) == 0;
    if (file >= 0) ::close(file);
    if (!written) throw std::runtime_error("cannot make the key file " + path + "; is its folder writable?");
    return {reinterpret_cast<const char*>(bytes.data()), kSize};
}

}  // namespace rasid
