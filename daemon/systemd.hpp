#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace rasid {

// What the service manager hears from us and gives us. Outside systemd all of it does nothing.

void systemd_ready(std::string_view status);
void systemd_status(std::string_view status);
/// A reload begins; `systemd_ready` ends it.
void systemd_reloading();
void systemd_stopping();
/// Still alive; to be called from the loop more often than the interval.
void systemd_watchdog();
/// After how long without a sign of life the manager kills us; nullopt: it does not watch.
std::optional<std::chrono::microseconds> systemd_watchdog_interval();
/// Gives a long start (a migration) that much more time from this moment.
void systemd_extend_start(std::chrono::microseconds more);

/// The listening stream socket that the manager passed, once; -1 when there is none. The caller owns it.
int systemd_listen_fd();

/// Where LoadCredential= puts files; nullopt outside such a unit.
std::optional<std::string> systemd_credentials_directory();

}  // namespace rasid
