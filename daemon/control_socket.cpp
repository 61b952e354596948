#include "daemon/control_socket.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <filesystem>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

namespace rasid {

namespace asio = boost::asio;
using local = asio::local::stream_protocol;

namespace {

constexpr std::size_t kLongestCommand = 64u << 20;

bool is_trusted_peer(local::socket& socket) {
    ucred credentials{};
    socklen_t size = sizeof credentials;
    if (::getsockopt(socket.native_handle(), SOL_SOCKET, SO_PEERCRED, &credentials, &size) != 0) return false;
    return credentials.uid == 0 || credentials.uid == ::getuid();
}

bool somebody_listens(const std::string& path) {
    asio::io_context io;
    local::socket socket(io);
    boost::system::error_code error;
    socket.connect(local::endpoint(path), error);
    return !error;
}

}  // namespace

struct ControlSocket::State {
    State(asio::any_io_executor executor, std::string p, std::function<Task<CommandResult>(StoreCommand)> h)
        : acceptor(std::move(executor)), path(std::move(p)), handle(std::move(h)) {}

    local::acceptor acceptor;
    std::string path;
    std::function<Task<CommandResult>(StoreCommand)> handle;
};

ControlSocket::ControlSocket(asio::any_io_executor executor, std::string path,
                             std::function<Task<CommandResult>(StoreCommand)> handle)
    : state_(std::make_unique<State>(std::move(executor), std::move(path), std::move(handle))) {}

ControlSocket::~ControlSocket() {
    if (!state_->acceptor.is_open()) return;
    std::error_code ignored;
    std::filesystem::remove(state_->path, ignored);
}

Result<void> ControlSocket::open() {
    const auto refused = [&](const std::string& what) {
        return Failure{Failure::Kind::refused, state_->path + ": " + what};
    };
    std::error_code ignored;
    if (std::filesystem::exists(state_->path, ignored)) {
        if (somebody_listens(state_->path)) return refused("another daemon listens on this control socket");
        std::filesystem::remove(state_->path, ignored);
    }
    boost::system::error_code error;
    state_->acceptor.open(local(), error);
    const auto mask = ::umask(0077);
    if (!error) state_->acceptor.bind(local::endpoint(state_->path), error);
    ::umask(mask);
    if (!error) state_->acceptor.listen(16, error);
    if (error) {
        boost::system::error_code closing;
        state_->acceptor.close(closing);
        return refused("cannot listen (" + error.message() +
                       "); set [daemon] control_socket to a path in a folder that exists");
    }
    return {};
}

Task<void> ControlSocket::run() {
    for (;;) {
        auto socket = co_await state_->acceptor.async_accept(asio::use_awaitable);
        if (!is_trusted_peer(socket)) continue;
        std::string line;
        boost::system::error_code error;
        co_await asio::async_read_until(socket, asio::dynamic_buffer(line, kLongestCommand), '\n',
                                        asio::redirect_error(asio::use_awaitable, error));
        if (error) continue;
        auto command = parse_store_command(line);
        CommandResult result{kUsage, "", "not a command\n", false};
        if (command) result = co_await state_->handle(std::move(*command));
        const auto answer = print_command_result(result) + "\n";
        co_await asio::async_write(socket, asio::buffer(answer), asio::redirect_error(asio::use_awaitable, error));
    }
}

std::optional<Result<CommandResult>> send_to_daemon(const std::string& path, const StoreCommand& command) {
    asio::io_context io;
    local::socket socket(io);
    boost::system::error_code error;
    socket.connect(local::endpoint(path), error);
    if (error == asio::error::access_denied)
        return Failure{Failure::Kind::unauthorized, path + ": not allowed; run this as root or as the daemon's user"};
    if (error) return std::nullopt;
    const auto line = print_store_command(command) + "\n";
    asio::write(socket, asio::buffer(line), error);
    std::string answer;
    if (!error) asio::read_until(socket, asio::dynamic_buffer(answer, kLongestCommand), '\n', error);
    if (error)
        return Failure{Failure::Kind::unreachable, "the daemon did not answer on " + path + ": " + error.message()};
    return parse_command_result(answer);
}

}  // namespace rasid
