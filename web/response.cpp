#include "web/response.hpp"

#include <algorithm>
#include <iterator>

namespace rasid {
namespace {

constexpr std::string_view kPagePolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; font-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'; manifest-src 'self'; "
    "require-trusted-types-for 'script'; trusted-types svelte-trusted-html";

}  // namespace

std::string_view reason_phrase(int status) {
    switch (status) {
    case 200:
        return "OK";
    case 204:
        return "No Content";
    case 303:
        return "See Other";
    case 304:
        return "Not Modified";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 408:
        return "Request Timeout";
    case 409:
        return "Conflict";
    case 410:
        return "Gone";
    case 413:
        return "Content Too Large";
    case 415:
        return "Unsupported Media Type";
    case 417:
        return "Expectation Failed";
    case 421:
        return "Misdirected Request";
    case 422:
        return "Unprocessable Content";
    case 428:
        return "Precondition Required";
    case 429:
        return "Too Many Requests";
    case 431:
        return "Request Header Fields Too Large";
    case 500:
        return "Internal Server Error";
    case 501:
        return "Not Implemented";
    case 503:
        return "Service Unavailable";
    case 505:
        return "HTTP Version Not Supported";
    default:
        return "Status";
    }
}

Response json_response(std::string body, int status) {
    Response response;
    response.status = status;
    response.body = std::move(body);
    return response;
}

Response no_content() {
    Response response;
    response.status = 204;
    response.type.clear();
    return response;
}

Response redirect_to(std::string local_path) {
    Response response;
    response.status = 303;
    response.type.clear();
    response.headers.push_back({"Location", std::move(local_path)});
    return response;
}

Response problem(int status, std::string_view code, std::string_view detail) {
    return problem(status, code, detail, [](JsonWriter&) {});
}

Response problem(int status, std::string_view code, std::string_view detail,
                 const std::function<void(JsonWriter&)>& extra) {
    JsonWriter out;
    out.object([&] {
        out.member("type", "about:blank");
        out.member("title", reason_phrase(status));
        out.member("status", status);
        out.member("detail", detail);
        out.member("code", code);
        extra(out);
    });
    Response response;
    response.status = status;
    response.type = "application/problem+json; charset=utf-8";
    response.body = std::move(out).take();
    return response;
}

void write_setup_errors(JsonWriter& out, std::string_view name, const std::vector<SetupError>& errors) {
    out.objects(name, errors, [&](const SetupError& error) {
        out.member("line", error.origin.line);
        out.member("column", error.origin.column);
        out.member("what", error.what);
        if (!error.what_ar.empty()) out.member("what_ar", error.what_ar);
    });
}

Response refused_setup(const std::vector<SetupError>& errors) {
    return problem(422, "refused_setup", "nothing was changed",
                   [&](JsonWriter& out) { write_setup_errors(out, "errors", errors); });
}

Response throttled(std::chrono::seconds retry_after) {
    auto response = problem(429, "throttled", "too many attempts; try again later");
    response.headers.push_back({"Retry-After", std::to_string(std::max<std::int64_t>(1, retry_after.count()))});
    return response;
}

Response not_found() { return problem(404, "not_found", "there is nothing here"); }

Response failure_response(const Failure& failure) {
    if (failure.kind == Failure::Kind::not_found) return not_found();
    if (failure.kind == Failure::Kind::malformed) return problem(400, "bad_request", failure.what);
    return problem(409, "not_possible", failure.what);
}

void add_security_headers(Response& response, bool https) {
    response.headers.push_back(
        {"Content-Security-Policy", response.csp.empty() ? std::string(kPagePolicy) : response.csp});
    response.headers.push_back({"X-Content-Type-Options", "nosniff"});
    response.headers.push_back({"Referrer-Policy", "no-referrer"});
    response.headers.push_back({"Cross-Origin-Opener-Policy", "same-origin"});
    response.headers.push_back({"Cross-Origin-Resource-Policy", "same-origin"});
    response.headers.push_back({"Cache-Control", response.cache_control});
    if (https) response.headers.push_back({"Strict-Transport-Security", "max-age=31536000"});
}

std::string response_head(const Response& response, bool keep_alive, bool endless) {
    std::string head =
        "HTTP/1.1 " + std::to_string(response.status) + " " + std::string(reason_phrase(response.status)) + "\r\n";
    const auto field = [&](std::string_view name, std::string_view value) {
        head.append(name).append(": ");
        // A value with a line break would end the head early; nothing that handlers write has one.
        std::copy_if(value.begin(), value.end(), std::back_inserter(head),
                     [](char c) { return c != '\r' && c != '\n'; });
        head += "\r\n";
    };
    if (!response.type.empty()) field("Content-Type", response.type);
    const bool bodiless = response.status == 204 || response.status == 304;
    if (!endless && !bodiless) field("Content-Length", std::to_string(response.body.size()));
    for (const auto& header : response.headers) field(header.name, header.value);
    field("Connection", keep_alive ? "keep-alive" : "close");
    head += "\r\n";
    return head;
}

}  // namespace rasid
