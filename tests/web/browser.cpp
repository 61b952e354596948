#include "tests/web/browser.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/write.hpp>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <sys/socket.h>

namespace rasid {
namespace {

bool same_name(std::string_view left, std::string_view right) {
    return std::equal(left.begin(), left.end(), right.begin(), right.end(), [](char a, char b) {
        return std::tolower(static_cast<unsigned char>(a)) == std::tolower(static_cast<unsigned char>(b));
    });
}

}  // namespace

std::string HttpAnswer::header(std::string_view name) const {
    for (const auto& field : headers) {
        if (same_name(field.name, name)) return field.value;
    }
    return {};
}

bool HttpAnswer::has(std::string_view name) const {
    return std::any_of(headers.begin(), headers.end(),
                       [&](const HttpHeader& field) { return same_name(field.name, name); });
}

JsonDocument HttpAnswer::json() const {
    auto parsed = parse_json(body);
    if (!parsed) throw std::runtime_error("no JSON: " + body);
    return std::move(*parsed);
}

Wire::Wire(std::uint16_t port, std::chrono::milliseconds patience) : socket_(loop_) {
    socket_.connect({boost::asio::ip::address_v4::loopback(), port});
    timeval limit{};
    limit.tv_sec = patience.count() / 1000;
    limit.tv_usec = patience.count() % 1000 * 1000;
    ::setsockopt(socket_.native_handle(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
}

bool Wire::send(std::string_view bytes) {
    boost::system::error_code failure;
    boost::asio::write(socket_, boost::asio::buffer(bytes.data(), bytes.size()), failure);
    return !failure;
}

bool Wire::fill() {
    std::array<char, 16384> bytes{};
    const auto size = ::recv(socket_.native_handle(), bytes.data(), bytes.size(), 0);
    if (size <= 0) return false;
    received_.append(bytes.data(), static_cast<std::size_t>(size));
    return true;
}

std::string Wire::read_until(std::string_view end) {
    while (received_.find(end) == std::string::npos && fill()) {
    }
    const auto at = received_.find(end);
    const auto size = at == std::string::npos ? received_.size() : at + end.size();
    auto text = received_.substr(0, size);
    received_.erase(0, size);
    return text;
}

HttpAnswer Wire::answer() {
    HttpAnswer answer;
    auto head = read_until("\r\n\r\n");
    if (!head.starts_with("HTTP/1.1 ") || !head.ends_with("\r\n\r\n")) return answer;
    answer.status = std::stoi(head.substr(9, 3));
    head.resize(head.size() - 2);
    head.erase(0, head.find("\r\n") + 2);
    while (!head.empty()) {
        const auto line = head.substr(0, head.find("\r\n"));
        head.erase(0, line.size() + 2);
        const auto colon = line.find(": ");
        answer.headers.push_back({line.substr(0, colon), line.substr(colon + 2)});
    }
    if (const auto length = answer.header("Content-Length"); !length.empty()) {
        const auto size = std::stoul(length);
        while (received_.size() < size && fill()) {
        }
        answer.body = received_.substr(0, size);
        received_.erase(0, size);
    }
    return answer;
}

bool Wire::ended() {
    while (fill()) {
    }
    char byte = 0;
    return ::recv(socket_.native_handle(), &byte, 1, MSG_DONTWAIT) == 0;
}

std::string Browser::text(const std::string& method, const std::string& path, const std::string& body,
                          const std::vector<HttpHeader>& headers) const {
    std::string text = method + " " + path + " HTTP/1.1\r\n";
    const bool has_host =
        std::any_of(headers.begin(), headers.end(), [](const HttpHeader& header) { return header.name == "Host"; });
    if (!has_host) text += "Host: " + host() + "\r\n";
    if (!cookie.empty()) text += "Cookie: " + cookie + "\r\n";
    for (const auto& header : headers) text += header.name + ": " + header.value + "\r\n";
    if (!body.empty() || method == "POST" || method == "PUT")
        text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    return text + "Connection: close\r\n\r\n" + body;
}

HttpAnswer Browser::request(const std::string& method, const std::string& path, const std::string& body,
                            std::vector<HttpHeader> headers) {
    Wire wire(port_);
    wire.send(text(method, path, body, headers));
    auto answer = wire.answer();
    for (const auto& field : answer.headers) {
        if (field.name == "Set-Cookie") cookie = field.value.substr(0, field.value.find(';'));
    }
    return answer;
}

HttpAnswer Browser::change(const std::string& method, const std::string& path, const std::string& json,
                           std::vector<HttpHeader> headers) {
    headers.push_back({"Origin", "http://" + host()});
    if (!csrf.empty()) headers.push_back({"X-CSRF-Token", csrf});
    if (!json.empty()) headers.push_back({"Content-Type", "application/json"});
    return request(method, path, json, std::move(headers));
}

}  // namespace rasid
