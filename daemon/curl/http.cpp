#include "daemon/curl/http.hpp"

#include "core/limits.hpp"

#include <arpa/inet.h>
#include <boost/algorithm/string/predicate.hpp>
#include <boost/algorithm/string/trim.hpp>
#include <cstring>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace rasid {
namespace {

namespace ip = boost::asio::ip;

/// What libcurl's call-backs fill in during one exchange.
struct Exchange {
    const AddressGuard* guard = nullptr;  // null: through a proxy, whose address is the operator's own
    std::size_t max_body = 0;
    HttpResponse response = {};
    std::string blocked = {};  // why the guard stopped it
    int redirects = 0;
    bool only_permanent = true;
    std::size_t header_bytes = 0;  // of the whole exchange, interim answers and redirects included
};

constexpr std::size_t kAnswerHeaderBytes = 256u << 10;

std::pair<ip::address, std::uint16_t> endpoint_of(const curl_sockaddr& address) {
    if (address.family == AF_INET) {
        sockaddr_in v4{};
        std::memcpy(&v4, &address.addr, sizeof v4);
        return {ip::address_v4(ntohl(v4.sin_addr.s_addr)), ntohs(v4.sin_port)};
    }
    if (address.family == AF_INET6) {
        sockaddr_in6 v6{};
        std::memcpy(&v6, &address.addr, std::min<std::size_t>(sizeof v6, address.addrlen));
        ip::address_v6::bytes_type bytes{};
        std::memcpy(bytes.data(), &v6.sin6_addr, bytes.size());
        return {ip::address_v6(bytes), ntohs(v6.sin6_port)};
    }
    return {ip::address_v4::any(), 0};
}

bool may_connect(Exchange& exchange, const ip::address& target, std::uint16_t port) {
    if (!exchange.guard || exchange.guard->allows(target, port)) return true;
    exchange.blocked = "connecting to " + target.to_string() + " port " + std::to_string(port) +
                       " is not allowed; if it is yours, add it to [fetch] allow_private";
    return false;
}

curl_socket_t open_socket(void* data, curlsocktype, curl_sockaddr* address) {
    const auto [target, port] = endpoint_of(*address);
    if (!may_connect(*static_cast<Exchange*>(data), target, port)) return CURL_SOCKET_BAD;
    return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

// A pooled connection may have been opened under another guard, by another client of the loop or before a reload.
int before_request(void* data, char* address, char*, int port, int) {
    boost::system::error_code error;
    const auto target = ip::make_address(address, error);
    const bool may = !error && may_connect(*static_cast<Exchange*>(data), target, static_cast<std::uint16_t>(port));
    return may ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT;
}

std::size_t on_header(char* data, std::size_t size, std::size_t count, void* user) {
    auto& exchange = *static_cast<Exchange*>(user);
    const std::string_view line(data, size * count);
    exchange.header_bytes += line.size();
    if (exchange.header_bytes > kAnswerHeaderBytes) {
        exchange.blocked =
            "the headers of the answer are larger than " + std::to_string(kAnswerHeaderBytes >> 10) + " KiB";
        return 0;
    }
    if (line.starts_with("HTTP/")) {
        if (exchange.response.status >= 300 && exchange.response.status < 400) {
            ++exchange.redirects;
            if (exchange.response.status != 301 && exchange.response.status != 308) exchange.only_permanent = false;
        }
        exchange.response.headers.clear();
        exchange.response.body.clear();
        const auto space = line.find(' ');
        exchange.response.status =
            space == std::string_view::npos ? 0 : std::atoi(std::string(line.substr(space + 1, 3)).c_str());
        return size * count;
    }
    const auto colon = line.find(':');
    if (colon != std::string_view::npos && exchange.response.headers.size() < 200) {
        auto value = std::string(line.substr(colon + 1));
        boost::algorithm::trim(value);
        exchange.response.headers.push_back({std::string(line.substr(0, colon)), std::move(value)});
    }
    return size * count;
}

std::size_t on_body(char* data, std::size_t size, std::size_t count, void* user) {
    auto& exchange = *static_cast<Exchange*>(user);
    // CURLOPT_MAXFILESIZE sees neither chunked nor compressed bodies in this libcurl, so decoded bytes are counted
    // here.
    if (exchange.response.body.size() + size * count > exchange.max_body) {
        exchange.blocked = "the answer is larger than " + std::to_string(exchange.max_body >> 20) + " MiB";
        return 0;
    }
    exchange.response.body.append(data, size * count);
    return size * count;
}

Failure failure_of_transfer(const Exchange& exchange, const CurlTransfer& transfer, CURLcode code,
                            bool may_have_acted) {
    if (!exchange.blocked.empty()) return {Failure::Kind::blocked, exchange.blocked};
    const auto text = transfer.error_text(code);
    switch (code) {
    case CURLE_UNSUPPORTED_PROTOCOL:
        // An answer without a status line counts as HTTP/0.9, which libcurl reports like a foreign scheme.
        if (text.find("HTTP/0.9") != std::string::npos) return {Failure::Kind::malformed, "the answer is not HTTP"};
        if (exchange.response.status == 0) return {Failure::Kind::refused, "not a usable URL: " + text};
        return {Failure::Kind::blocked, "a redirect to another protocol is not followed: " + text};
    case CURLE_TOO_MANY_REDIRECTS:
        return {Failure::Kind::blocked, "too many redirects"};
    case CURLE_URL_MALFORMAT:
        return {Failure::Kind::refused, "not a usable URL: " + text};
    case CURLE_BAD_CONTENT_ENCODING:
    case CURLE_WEIRD_SERVER_REPLY:
        return {Failure::Kind::malformed, text};
    case CURLE_PEER_FAILED_VERIFICATION:
        return {Failure::Kind::unreachable, "the server's certificate is not valid: " + text};
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
        return {Failure::Kind::unreachable, text};
    default:
        return {may_have_acted ? Failure::Kind::unknown_outcome : Failure::Kind::unreachable, text};
    }
}

}  // namespace

Task<Result<HttpResponse>> CurlHttpClient::fetch(HttpRequest request) {
    CurlTransfer transfer;
    Exchange exchange;
    const AddressGuard guard = config_.guard;
    exchange.guard = config_.proxy.empty() ? &guard : nullptr;
    exchange.max_body = std::min(request.max_body, limits::kFetchBody);

    const bool plain = boost::algorithm::istarts_with(request.url, "http://");
    transfer.set(CURLOPT_URL, request.url.c_str());
    transfer.set(CURLOPT_PROTOCOLS_STR, plain ? "http,https" : "https");
    transfer.set(CURLOPT_REDIR_PROTOCOLS_STR, plain ? "http,https" : "https");
    transfer.set(CURLOPT_FOLLOWLOCATION, request.method == "GET" || request.method == "HEAD" ? 1L : 0L);
    transfer.set(CURLOPT_MAXREDIRS, static_cast<long>(limits::kRedirects));
    transfer.set(CURLOPT_PROXY, config_.proxy.c_str());
    transfer.set(CURLOPT_CAINFO, config_.ca_file.c_str());
    transfer.set(CURLOPT_USERAGENT, config_.user_agent.c_str());
    transfer.set(CURLOPT_ACCEPT_ENCODING, "gzip");
    transfer.set(CURLOPT_TIMEOUT_MS,
                 std::max(1L, static_cast<long>(request.deadline.count())));  // 0 would mean no limit
    transfer.set(CURLOPT_LOW_SPEED_LIMIT, 100L);
    transfer.set(CURLOPT_LOW_SPEED_TIME, 20L);
    transfer.set(CURLOPT_OPENSOCKETFUNCTION, &open_socket);
    transfer.set(CURLOPT_OPENSOCKETDATA, &exchange);
    transfer.set(CURLOPT_PREREQFUNCTION, &before_request);
    transfer.set(CURLOPT_PREREQDATA, &exchange);
    transfer.set(CURLOPT_HEADERFUNCTION, &on_header);
    transfer.set(CURLOPT_HEADERDATA, &exchange);
    transfer.set(CURLOPT_WRITEFUNCTION, &on_body);
    transfer.set(CURLOPT_WRITEDATA, &exchange);
    for (const auto& header : request.headers) {
        if (header.name.find_first_of("\r\n:") != std::string::npos ||
            header.value.find_first_of("\r\n") != std::string::npos) {
            co_return Failure{Failure::Kind::refused, "a line break in the request header " + header.name};
        }
        transfer.headers() = curl_slist_append(transfer.headers(), (header.name + ": " + header.value).c_str());
    }
    const bool acts = request.method != "GET" && request.method != "HEAD";
    if (request.method == "HEAD") transfer.set(CURLOPT_NOBODY, 1L);
    if (acts) {
        transfer.headers() = curl_slist_append(transfer.headers(), "Expect:");
        transfer.set(CURLOPT_CUSTOMREQUEST, request.method.c_str());
        transfer.set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
        transfer.set(CURLOPT_POSTFIELDS, request.body.c_str());
    }
    transfer.set(CURLOPT_HTTPHEADER, transfer.headers());

    const CURLcode code = co_await loop_.perform(transfer);
    if (code != CURLE_OK) co_return failure_of_transfer(exchange, transfer, code, acts);
    char* effective = nullptr;
    curl_easy_getinfo(transfer.handle(), CURLINFO_EFFECTIVE_URL, &effective);
    exchange.response.effective_url = effective ? effective : request.url;
    exchange.response.moved_permanently = exchange.redirects > 0 && exchange.only_permanent;
    co_return std::move(exchange.response);
}

}  // namespace rasid
