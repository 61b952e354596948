#pragma once

#include "daemon/store_command.hpp"
#include "storage/database.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace rasid {

/// The daemon's end of the control socket: one command a connection, one JSON line each way. Only root and the daemon's
/// own user may connect.
class ControlSocket {
public:
    ControlSocket(boost::asio::any_io_executor executor, std::string path,
                  std::function<Task<CommandResult>(StoreCommand)> handle);
    ~ControlSocket();

    /// Listens; an abandoned socket file is replaced. Fails with refused when the folder is missing or another daemon
    /// listens.
    Result<void> open();
    /// Serves until cancelled.
    Task<void> run();

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// The command line's end. nullopt when no daemon listens there.
std::optional<Result<CommandResult>> send_to_daemon(const std::string& path, const StoreCommand& command);

}  // namespace rasid
