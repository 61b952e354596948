#include "daemon/commands/loaded_config.hpp"
#include "daemon/daemon.hpp"
#include "daemon/log.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <iostream>

namespace rasid {

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
