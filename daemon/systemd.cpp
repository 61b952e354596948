#include "daemon/systemd.hpp"

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <sys/socket.h>
#include <systemd/sd-daemon.h>
#include <unistd.h>

namespace rasid {
namespace {

/// A line break would begin another assignment.
std::string one_line(std::string_view text) {
    std::string line(text);
    std::replace_if(
        line.begin(), line.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; }, ' ');
    return line;
}

void notify(const std::string& state) { sd_notify(0, state.c_str()); }

}  // namespace

void systemd_ready(std::string_view status) { notify("READY=1\nSTATUS=" + one_line(status)); }

void systemd_status(std::string_view status) { notify("STATUS=" + one_line(status)); }

void systemd_reloading() {
    timespec at{};
    clock_gettime(CLOCK_MONOTONIC, &at);
    const auto micros = static_cast<long long>(at.tv_sec) * 1'000'000 + at.tv_nsec / 1000;
    notify("RELOADING=1\nMONOTONIC_USEC=" + std::to_string(micros) + "\nSTATUS=reading the configuration again");
}

void systemd_stopping() { notify("STOPPING=1\nSTATUS=stopping"); }

void systemd_watchdog() { notify("WATCHDOG=1"); }

std::optional<std::chrono::microseconds> systemd_watchdog_interval() {
    std::uint64_t micros = 0;
    if (sd_watchdog_enabled(0, &micros) <= 0 || micros == 0) return std::nullopt;
    return std::chrono::microseconds(micros);
}

void systemd_extend_start(std::chrono::microseconds more) {
    notify("EXTEND_TIMEOUT_USEC=" + std::to_string(more.count()));
}

int systemd_listen_fd() {
    const int count = sd_listen_fds(1);
    int chosen = -1;
    for (int fd = SD_LISTEN_FDS_START; fd < SD_LISTEN_FDS_START + count; ++fd) {
        if (chosen < 0 && sd_is_socket(fd, AF_UNSPEC, SOCK_STREAM, 1) > 0)
            chosen = fd;
        else
            ::close(fd);
    }
    return chosen;
}

std::optional<std::string> systemd_credentials_directory() {
    const char* const directory = std::getenv("CREDENTIALS_DIRECTORY");
    if (!directory || *directory == '\0') return std::nullopt;
    return std::string(directory);
}

}  // namespace rasid
