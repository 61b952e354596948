#pragma once

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/streambuf.hpp>
#include <boost/asio/write.hpp>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace rasid {

/// A TCP server on loopback that says what a test tells it to, byte by byte. Each connection runs the script on a
/// thread of its own with blocking calls; the destructor cuts all of them and waits.
class ScriptedPeer {
    using tcp = boost::asio::ip::tcp;

public:
    /// One accepted connection. Calls that fail because the client went away return false or what arrived until then.
    class Conversation {
    public:
        Conversation(ScriptedPeer& peer, tcp::socket& socket, int number)
            : peer_(peer), socket_(socket), number_(number) {}

        int number() const { return number_; }  ///< 0 for the first connection

        /// Everything up to and including `mark`; what is there when the client ends earlier.
        std::string read_until(std::string_view mark) {
            boost::system::error_code error;
            const std::string end(mark);
            std::size_t size =
                tls_ ? boost::asio::read_until(*tls_, boost::asio::dynamic_buffer(pending_), end, error)
                     : boost::asio::read_until(socket_, boost::asio::dynamic_buffer(pending_), end, error);
            if (error) size = pending_.size();
            std::string text = pending_.substr(0, size);
            pending_.erase(0, size);
            if (!text.empty()) peer_.hear(text);
            return text;
        }
        std::string read_line() { return read_until("\r\n"); }
        std::string read_request() { return read_until("\r\n\r\n"); }

        bool write(std::string_view text) {
            boost::system::error_code error;
            if (tls_)
                boost::asio::write(*tls_, boost::asio::buffer(text), error);
            else
                boost::asio::write(socket_, boost::asio::buffer(text), error);
            return !error;
        }

        bool start_tls(boost::asio::ssl::context& context) {
            boost::system::error_code error;
            pending_.clear();
            tls_ = std::make_unique<boost::asio::ssl::stream<tcp::socket&>>(socket_, context);
            tls_->handshake(boost::asio::ssl::stream_base::server, error);
            return !error;
        }

        /// Waits; false as soon as the peer is being destroyed.
        bool pause(std::chrono::milliseconds duration) { return peer_.pause(duration); }

        /// Waits until the client has closed its side; false when it did not within five seconds.
        bool client_gone() {
            for (int turn = 0; turn < 500; ++turn) {
                boost::system::error_code error;
                char byte = 0;
                socket_.non_blocking(true, error);
                socket_.receive(boost::asio::buffer(&byte, 1), tcp::socket::message_peek, error);
                if (error && error != boost::asio::error::would_block) return true;
                if (!pause(std::chrono::milliseconds(10))) return true;
            }
            return false;
        }

        tcp::socket& socket() { return socket_; }

    private:
        ScriptedPeer& peer_;
        tcp::socket& socket_;
        int number_;
        std::string pending_;
        std::unique_ptr<boost::asio::ssl::stream<tcp::socket&>> tls_;
    };

    using Script = std::function<void(Conversation&)>;

    explicit ScriptedPeer(Script script, const std::string& address = "127.0.0.1")
        : script_(std::move(script)), acceptor_(io_, tcp::endpoint(boost::asio::ip::make_address(address), 0)),
          port_(acceptor_.local_endpoint().port()), accepting_([this] { accept(); }) {}

    ~ScriptedPeer() {
        {
            const std::lock_guard lock(mutex_);
            stopping_ = true;
            for (auto& session : sessions_) ::shutdown(session.socket.native_handle(), SHUT_RDWR);
        }
        stopped_.notify_all();
        ::shutdown(acceptor_.native_handle(), SHUT_RDWR);
        accepting_.join();
        for (auto& session : sessions_) {
            if (session.thread.joinable()) session.thread.join();
        }
    }
    ScriptedPeer(const ScriptedPeer&) = delete;
    ScriptedPeer& operator=(const ScriptedPeer&) = delete;

    std::uint16_t port() const { return port_; }
    std::string url(std::string_view scheme, std::string_view host, std::string_view path = "/") const {
        return std::string(scheme) + "://" + std::string(host) + ":" + std::to_string(port_) + std::string(path);
    }
    std::string http(std::string_view path = "/") const { return url("http", "127.0.0.1", path); }
    int connections() const { return connections_; }

    /// Everything that was read by scripts, in the order of reading.
    std::string heard() const {
        const std::lock_guard lock(mutex_);
        return heard_;
    }

private:
    struct Session {
        explicit Session(tcp::socket s) : socket(std::move(s)) {}
        tcp::socket socket;
        std::thread thread;
    };

    void accept() {
        for (;;) {
            boost::system::error_code error;
            tcp::socket socket(io_);
            acceptor_.accept(socket, error);
            const std::lock_guard lock(mutex_);
            if (error || stopping_) return;
            auto& session = sessions_.emplace_back(std::move(socket));
            session.thread = std::thread([this, &session, number = connections_++] {
                {
                    Conversation conversation(*this, session.socket, number);
                    script_(conversation);
                }
                const std::lock_guard end(mutex_);
                ::shutdown(session.socket.native_handle(), SHUT_RDWR);
            });
        }
    }

    bool pause(std::chrono::milliseconds duration) {
        std::unique_lock lock(mutex_);
        return !stopped_.wait_for(lock, duration, [this] { return stopping_; });
    }

    void hear(std::string_view text) {
        const std::lock_guard lock(mutex_);
        heard_ += text;
    }

    boost::asio::io_context io_;
    Script script_;
    tcp::acceptor acceptor_;
    std::uint16_t port_;
    mutable std::mutex mutex_;
    std::condition_variable stopped_;
    bool stopping_ = false;
    std::string heard_;
    std::list<Session> sessions_;
    std::atomic<int> connections_ = 0;
    std::thread accepting_;
};

}  // namespace rasid
