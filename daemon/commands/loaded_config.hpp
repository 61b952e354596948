#pragma once

#include "daemon/commands/invocation.hpp"
#include "daemon/config.hpp"
#include "storage/store.hpp"

#include <memory>
#include <optional>

namespace rasid {

/// Reads and checks the configuration; tells what is wrong on stderr and gives nullopt.
std::optional<Config> load_config(const Invocation& invocation);

/// Opens the configured store for reading; tells what is wrong on stderr and gives null.
std::unique_ptr<Reader> read_store(const Config& config);

/// Runs a command that changes the store: in the daemon when one runs, else here. Prints what it says; the result is
/// the exit code.
int change_store(const Config& config, const StoreCommand& command);

/// The whole file, or nullopt after telling on stderr why not. "-" is stdin.
std::optional<std::string> read_whole(const std::string& path);

}  // namespace rasid
