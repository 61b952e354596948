#pragma once

#include "core/failure.hpp"
#include "core/random.hpp"
#include "storage/store.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace rasid {

/// Exit codes of the command line.
enum Exit { kOk = 0, kFailed = 1, kUsage = 2, kTryLater = 75, kBadConfiguration = 78 };

/// A command that changes the store. It runs in the daemon when one holds the database, else in the calling process.
struct StoreCommand {
    std::string name = {};  ///< import | calendar-import | user-add | user-passwd | backup
    std::map<std::string, std::string, std::less<>> arguments = {};  ///< "language" is that of the answer
    struct File {
        std::string name;
        std::string content;
    };
    std::vector<File> files = {};

    std::string argument(std::string_view key) const;
    bool flag(std::string_view key) const { return argument(key) == "true"; }
};

struct CommandResult {
    int exit = kOk;
    std::string out = {};
    std::string err = {};
    bool setup_changed = false;
};

/// Runs the command in one transaction: all or nothing.
CommandResult run_store_command(Store& store, const StoreCommand& command, Random& random, Instant now);

/// Copies the database into a new file.
CommandResult run_backup(Reader& reader, const std::string& path);

std::string print_store_command(const StoreCommand& command);
Result<StoreCommand> parse_store_command(std::string_view json);
std::string print_command_result(const CommandResult& result);
Result<CommandResult> parse_command_result(std::string_view json);

}  // namespace rasid
