#include "web/stream.hpp"

#include "web/as_outcome.hpp"

#include <boost/asio/write.hpp>

#include <array>
#include <chrono>
#include <tuple>
#include <type_traits>

namespace rasid {
namespace {

namespace asio = boost::asio;

constexpr std::chrono::milliseconds kWriteDeadline = std::chrono::seconds(30);
constexpr std::chrono::milliseconds kLinger = std::chrono::seconds(2);
constexpr std::size_t kLingerBytes = 256u << 10;

template <typename Stream>
Task<bool> send_all(Stream& stream, std::string_view text) {
    if (text.empty()) co_return true;
    lowest_layer(stream).expires_after(kWriteDeadline);
    auto outcome = co_await asio::async_write(stream, asio::buffer(text.data(), text.size()), kAsOutcome);
    co_return !std::get<0>(outcome);
}

template <typename Stream>
Task<void> linger_on(Stream& stream) {
    lowest_layer(stream).expires_after(kLinger);
    if constexpr (std::is_same_v<Stream, SecureStream>) {
        auto ended = co_await stream.async_shutdown(kAsOutcome);
        static_cast<void>(ended);
    }
    boost::system::error_code ignored;
    lowest_layer(stream).socket().shutdown(asio::socket_base::shutdown_send, ignored);
    std::array<char, 4096> sink{};
    for (std::size_t drained = 0; drained < kLingerBytes;) {
        auto outcome = co_await lowest_layer(stream).async_read_some(asio::buffer(sink), kAsOutcome);
        if (std::get<0>(outcome)) break;
        drained += std::get<1>(outcome);
    }
}

}  // namespace

Task<bool> send(PlainStream& stream, std::string_view text) { return send_all(stream, text); }
Task<bool> send(SecureStream& stream, std::string_view text) { return send_all(stream, text); }

Task<void> linger(PlainStream& stream) { return linger_on(stream); }
Task<void> linger(SecureStream& stream) { return linger_on(stream); }

}  // namespace rasid
