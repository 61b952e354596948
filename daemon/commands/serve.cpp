#include "connectors/source_kind.hpp"
#include "daemon/commands/loaded_config.hpp"
#include "daemon/daemon.hpp"
#include "daemon/files_adapter.hpp"
#include "daemon/log.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <iostream>

namespace rasid {
namespace {

/// Secrets named by a path. Those named by a credential exist only inside the unit, so they are not looked for here.
std::vector<SetupError> unreadable_secrets(const Config& config) {
    std::vector<SetupError> errors;
    const auto look = [&](const std::string& file, const Origin& origin) {
        if (file.find('/') == std::string::npos) return;
        if (const auto secret = read_secret(file); !secret) errors.push_back({origin, secret.error().what});
    };
    if (const auto found = config.origins.find("mail.password_file"); found != config.origins.end()) {
        look(config.mail_password_file, found->second);
    }
    if (const auto found = config.origins.find("sentiment.token_file"); found != config.origins.end()) {
        look(config.sentiment_token_file, found->second);
    }
    for (const auto& webhook : config.webhooks) {
        look(webhook.url_file, webhook.origin);
        look(webhook.secret_file, webhook.origin);
    }
    for (const auto& source : config.sources) {
        for (const auto& option : find_source_kind(source.kind)->options) {
            const auto written = source.options.find(option.name);
            if (option.type != OptionSpec::Type::secret_file || written == source.options.end()) continue;
            look(written->second.text, written->second.origin);
        }
    }
    return errors;
}

}  // namespace

int serve(const Invocation& invocation) {
    auto config = load_config(invocation);
    if (!config) return kBadConfiguration;
    boost::asio::io_context loop(1);
    DaemonOptions options;
    options.config = std::move(*config);
    options.config_file = invocation.config_file;
    options.web_dir = invocation.web_dir;
    int exit_code = kFailed;
    std::exception_ptr trouble;
    {
        Daemon daemon(loop.get_executor(), std::move(options));
        boost::asio::co_spawn(loop, daemon.run(), [&](std::exception_ptr failure, int code) {
            trouble = failure;
            exit_code = code;
            loop.stop();
        });
        loop.run();
    }
    if (trouble) std::rethrow_exception(trouble);
    return exit_code;
}

int check_config(const Invocation& invocation) {
    const auto config = load_config(invocation);
    if (!config) return kBadConfiguration;
    const auto errors = unreadable_secrets(*config);
    for (const auto& error : errors) std::cerr << to_string(error) << "\n";
    if (!errors.empty()) return kBadConfiguration;
    std::cout << invocation.config_file << ": fine, " << config->sources.size() << " sources\n";
    return kOk;
}

int config_show(const Invocation& invocation) {
    const auto config = load_config(invocation);
    if (!config) return kBadConfiguration;
    std::cout << print_config(*config);
    return kOk;
}

}  // namespace rasid
