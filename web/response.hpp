#pragma once

#include "core/http.hpp"
#include "core/json.hpp"
#include "core/setup_toml.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rasid {

class EventStream;

/// What a handler answers. Security headers, Content-Length and Date are added for every response alike.
struct Response {
    int status = 200;
    std::string type = "application/json; charset=utf-8";  ///< empty: no body and no Content-Type
    std::string body = {};
    std::vector<HttpHeader> headers = {};
    std::string csp = {};  ///< replaces the page's policy
    std::string cache_control = "no-store";
    bool secret = false;  ///< the body is told once and kept nowhere
    std::shared_ptr<EventStream> events =
        {};  ///< the body is this stream, until it ends (shared with the hub that feeds it)
};

Response json_response(std::string body, int status = 200);
Response no_content();
Response redirect_to(std::string local_path);

/// application/problem+json. `code` is the stable word of docs/api.md; `detail` never repeats what the client sent as
/// markup.
Response problem(int status, std::string_view code, std::string_view detail);
/// With further members, which `extra` writes.
Response problem(int status, std::string_view code, std::string_view detail,
                 const std::function<void(JsonWriter&)>& extra);
/// Objects with place and words, as members of an answer have them.
void write_setup_errors(JsonWriter& out, std::string_view name, const std::vector<SetupError>& errors);
/// 422 with the places.
Response refused_setup(const std::vector<SetupError>& errors);
Response throttled(std::chrono::seconds retry_after);
Response not_found();
/// What could not be done: 404 when it was about something that is not there, 400 when it was malformed, else 409.
Response failure_response(const Failure& failure);

std::string_view reason_phrase(int status);

/// Status line and headers as they are sent. `endless`: the body has no length, it lasts as long as the connection.
std::string response_head(const Response& response, bool keep_alive, bool endless);

/// The headers that every response carries: policy, nosniff, no-referrer, opener policy, caching; HSTS when `https`.
void add_security_headers(Response& response, bool https);

}  // namespace rasid
