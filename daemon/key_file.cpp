#include "daemon/key_file.hpp"

#include "daemon/systemd.hpp"

#include <array>
#include <fcntl.h>
#include <fstream>
#include <sodium.h>
#include <stdexcept>
#include <unistd.h>

namespace rasid {
namespace {

constexpr std::size_t kSize = 32;

/// The key made of the credential master.key, whatever its length; empty without one.
std::string key_of_credential() {
    const auto folder = systemd_credentials_directory();
    if (!folder) return {};
    std::ifstream in(*folder + "/master.key", std::ios::binary);
    std::array<char, 4096> content{};
    in.read(content.data(), content.size());
    const auto length = static_cast<std::size_t>(in.gcount());
    if (length < kSize) return {};
    std::string key(kSize, '\0');
    crypto_generichash(reinterpret_cast<unsigned char*>(key.data()), kSize,
                       reinterpret_cast<const unsigned char*>(content.data()), length, nullptr, 0);
    sodium_memzero(content.data(), content.size());
    return key;
}

}  // namespace

std::string key_beside(std::string_view storage_url, Random& random) {
    if (auto key = key_of_credential(); !key.empty()) return key;
    const auto path = std::string(storage_url.substr(storage_url.find(':') + 1)) + ".key";
    std::array<char, kSize> key{};
    if (std::ifstream in(path, std::ios::binary); in.read(key.data(), kSize)) return {key.data(), kSize};

    std::array<std::uint8_t, kSize> bytes{};
    random.fill(bytes);
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    const bool written =
        file >= 0 && ::write(file, bytes.data(), kSize) == static_cast<ssize_t>(kSize) && ::fsync(file) == 0;
    if (file >= 0) ::close(file);
    if (!written) throw std::runtime_error("cannot make the key file " + path + "; is its folder writable?");
    return {reinterpret_cast<const char*>(bytes.data()), kSize};
}

}  // namespace rasid
