#pragma once

#include <string>
#include <string_view>

namespace rasid {

/// A whole answer as a server sends it. `headers` are lines of their own, each with its end.
inline std::string http_answer(std::string_view body, std::string_view headers = "", int status = 200) {
    return "HTTP/1.1 " + std::to_string(status) + " X\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" +
           std::string(headers) + "\r\n" + std::string(body);
}

}  // namespace rasid
