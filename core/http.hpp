#pragma once

#include "core/failure.hpp"
#include "core/task.hpp"

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace rasid {

struct HttpHeader {
    std::string name;
    std::string value;
};

struct HttpRequest {
    std::string method = "GET";
    std::string url;
    std::vector<HttpHeader> headers = {};
    std::string body = {};
    std::chrono::milliseconds deadline = std::chrono::seconds(30);  ///< for the whole exchange, redirects included
    std::size_t max_body = 8u << 20;                                ///< of the decoded answer
};

/// An answer arrived; its status may still be one that says no.
struct HttpResponse {
    int status = 0;
    std::vector<HttpHeader> headers = {};
    std::string body = {};
    std::string effective_url = {};  ///< after redirects
    bool moved_permanently = false;  ///< every redirect on the way was a 301 or 308

    /// The last header of that name, compared without case; empty when absent.
    std::string_view header(std::string_view name) const;
};

/// Port: one bounded HTTP exchange with the outside world.
///
/// Fails with unreachable (no connection, deadline, too slow), blocked (the guard refuses the address, the redirect or
/// the size) or malformed. Follows at most three redirects, never towards a forbidden address, and drops credentials
/// across hosts.
class HttpClient {
public:
    virtual ~HttpClient() = default;
    virtual Task<Result<HttpResponse>> fetch(HttpRequest request) = 0;
};

/// Reads a Retry-After value, seconds or HTTP date, clamped to 0…24 h. nullopt when absent or unreadable.
std::optional<std::chrono::seconds> parse_retry_after(std::string_view value, std::chrono::sys_seconds now);

/// The Failure that a status other than 2xx means: 401 and 403 unauthorized, 404 and 410 not_found, 408 and 5xx
/// unreachable, 429 rate_limited, other refused; carries Retry-After where the answer has one.
Failure failure_of(const HttpResponse& response, std::chrono::sys_seconds now);

/// Percent-encodes everything but RFC 3986 unreserved characters.
std::string url_encode(std::string_view text);

}  // namespace rasid
