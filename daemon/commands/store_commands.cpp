#include "daemon/commands/loaded_config.hpp"

#include "core/setup_toml.hpp"
#include "daemon/terminal.hpp"

#include <filesystem>
#include <iostream>

namespace rasid {

int import_command(const Invocation& invocation) {
    const auto config = load_config(invocation);
    if (!config) return kBadConfiguration;
    StoreCommand command{"import", {{"language", std::string(terminal_language())}}, {}};
    if (invocation.replace) command.arguments["replace"] = "true";
    if (invocation.dry_run) command.arguments["dry_run"] = "true";
    for (const auto& mapping : invocation.mapping) {
        const auto equals = mapping.find('=');
        if (equals == std::string::npos) {
            std::cerr << "--map " << mapping << ": write THEIRS=OURS, for example --map \"Full name=name\"\n";
            return kUsage;
        }
        command.arguments["map." + mapping.substr(0, equals)] = mapping.substr(equals + 1);
    }
    for (const auto& file : invocation.files) {
        if (!file.ends_with(".toml") && !file.ends_with(".csv")) {
            std::cerr << file << ": neither .toml (a setup) nor .csv (customers)\n";
            return kUsage;
        }
        auto content = read_whole(file);
        if (!content) return kFailed;
        command.files.push_back({file, std::move(*content)});
    }
    return change_store(*config, command);
}

int calendar_import(const Invocation& invocation) {
    const auto config = load_config(invocation);
    if (!config) return kBadConfiguration;
    auto content = read_whole(invocation.path);
    if (!content) return kFailed;
    StoreCommand command{"calendar-import", {{"name", invocation.name}}, {{invocation.path, std::move(*content)}}};
    if (invocation.dry_run) command.arguments["dry_run"] = "true";
    return change_store(*config, command);
}

int export_setup(const Invocation& invocation) {
    const auto config = load_config(invocation);
    if (!config) return kBadConfiguration;
    const auto reader = read_store(*config);
    if (!reader) return kFailed;
    std::cout << print_setup(reader->setup());
    return kOk;
}

int user_add(const Invocation& invocation) {
    const auto config = load_config(invocation);
    if (!config) return kBadConfiguration;
    const auto password = ask_password("Password for " + invocation.email + ": ");
    return change_store(*config, {"user-add",
                                  {{"name", invocation.name},
                                   {"email", invocation.email},
                                   {"role", invocation.role},
                                   {"language", invocation.language},
                                   {"password", password}},
                                  {}});
}

int user_passwd(const Invocation& invocation) {
    const auto config = load_config(invocation);
    if (!config) return kBadConfiguration;
    const auto password = ask_password("New password for " + invocation.email + ": ");
    return change_store(*config, {"user-passwd", {{"email", invocation.email}, {"password", password}}, {}});
}

int backup(const Invocation& invocation) {
    const auto config = load_config(invocation);
    if (!config) return kBadConfiguration;
    const auto path = std::filesystem::absolute(invocation.path).string();
    return change_store(*config, {"backup", {{"path", path}}, {}});
}

int restore(const Invocation& invocation) {
    const auto config = load_config(invocation);
    if (!config) return kBadConfiguration;
    const auto target = config->storage_url.substr(config->storage_url.find(':') + 1);
    try {
        restore_backup(invocation.path, target, invocation.yes);
    } catch (const StoreError& error) {
        std::cerr << error.what() << "\n";
        return kFailed;
    }
    std::cout << "restored " << target << " from " << invocation.path << "\n";
    return kOk;
}

}  // namespace rasid
