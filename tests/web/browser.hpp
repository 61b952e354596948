#pragma once

#include "core/http.hpp"
#include "core/json.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace rasid {

/// What came back. `status` 0: the connection ended without an answer.
struct HttpAnswer {
    int status = 0;
    std::vector<HttpHeader> headers = {};
    std::string body = {};

    std::string header(std::string_view name) const;
    bool has(std::string_view name) const;
    /// The body as JSON; throws when it is none.
    JsonDocument json() const;
    std::string code() const { return json().root()["code"].text_or(""); }
};

/// A connection whose bytes the test writes itself. Every read gives up after `patience`.
class Wire {
public:
    explicit Wire(std::uint16_t port, std::chrono::milliseconds patience = std::chrono::seconds(10));
    bool send(std::string_view bytes);
    /// Reads until `end` was seen or the other side stops; everything that came since the last call.
    std::string read_until(std::string_view end);
    /// The next whole response.
    HttpAnswer answer();
    bool ended();

private:
    bool fill();

    boost::asio::io_context loop_;
    boost::asio::ip::tcp::socket socket_;
    std::string received_;
};

/// One person's browser: keeps the cookie, sends Origin and the token as the page does. A new connection for each
/// request.
class Browser {
public:
    explicit Browser(std::uint16_t port) : port_(port) {}

    HttpAnswer request(const std::string& method, const std::string& path, const std::string& body = "",
                       std::vector<HttpHeader> headers = {});
    HttpAnswer get(const std::string& path, std::vector<HttpHeader> headers = {}) {
        return request("GET", path, "", std::move(headers));
    }
    /// With Origin, token and Content-Type as the page sends them.
    HttpAnswer change(const std::string& method, const std::string& path, const std::string& json = "",
                      std::vector<HttpHeader> headers = {});

    /// The bytes of such a request.
    std::string text(const std::string& method, const std::string& path, const std::string& body,
                     const std::vector<HttpHeader>& headers) const;
    std::string host() const { return "127.0.0.1:" + std::to_string(port_); }
    std::uint16_t port() const { return port_; }

    std::string cookie;
    std::string csrf;

private:
    std::uint16_t port_;
};

}  // namespace rasid
