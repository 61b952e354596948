#include "daemon/commands/loaded_config.hpp"

#include "daemon/control_socket.hpp"
#include "daemon/system_clock.hpp"

#include <cstdio>
#include <fstream>
#include <iostream>
#include <sstream>

namespace rasid {

std::optional<Config> load_config(const Invocation& invocation) {
    auto read = read_config_files(invocation.config_file);
    auto parsed = parse_config(read.files);
    read.errors.insert(read.errors.end(), parsed.errors.begin(), parsed.errors.end());
    for (const auto& error : read.errors) std::cerr << to_string(error) << "\n";
    if (!read.errors.empty()) return std::nullopt;
    return std::move(parsed.config);
}

std::unique_ptr<Reader> read_store(const Config& config) {
    try {
        return open_reader({config.storage_url, true});
    } catch (const StoreError& error) {
        std::cerr << error.what() << "\n";
        return nullptr;
    }
}

int change_store(const Config& config, const StoreCommand& command) {
    CommandResult result;
    if (auto answer = send_to_daemon(config.control_socket, command)) {
        if (!*answer) {
            std::cerr << answer->error().what << "\n";
            return kFailed;
        }
        result = std::move(**answer);
    } else {
        try {
            SystemRandom random;
            const auto store = open_store({config.storage_url, false});
            result = command.name == "backup" ? run_backup(*store, command.argument("path"))
                                              : run_store_command(*store, command, random, SystemClock().now());
        } catch (const StoreError& error) {
            std::cerr << error.what() << "\n";
            return kFailed;
        }
    }
    std::cout << result.out << std::flush;
    std::cerr << result.err;
    return result.exit;
}

std::optional<std::string> read_whole(const std::string& path) {
    std::ostringstream content;
    if (path == "-") {
        content << std::cin.rdbuf();
        return content.str();
    }
    std::ifstream in(path, std::ios::binary);
    if (!in) {
        std::cerr << path << ": cannot be read; check the name and its permissions\n";
        return std::nullopt;
    }
    if (in.peek() != std::ifstream::traits_type::eof()) content << in.rdbuf();
    return content.str();
}

}  // namespace rasid
