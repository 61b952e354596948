#pragma once

#include "core/api_token.hpp"
#include "core/audit.hpp"
#include "core/http.hpp"
#include "core/people.hpp"
#include "core/setup.hpp"
#include "storage/reader.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rasid {

/// Who asks: a person with a live session, or a program with his token.
struct Principal {
    Person person = {};
    Session session = {};                ///< of a token: its hash alone, by which its event streams are found
    std::optional<ApiToken> token = {};  ///< narrows what the person may to its scopes
};

/// One HTTP request as a handler sees it: framed, bounded and decoded, but otherwise as hostile as it came.
struct Request {
    std::string method = {};
    std::vector<std::string> segments = {};  ///< of the path, percent-decoded; "/" has none
    std::map<std::string, std::string, std::less<>> query = {};
    std::vector<HttpHeader> headers = {};
    std::string body = {};
    std::string client = {};  ///< address of the peer, or of the last untrusted hop behind a trusted proxy

    std::vector<std::string> args = {};       ///< what the route's {parts} matched, in order
    std::optional<Principal> principal = {};  ///< set before the handler of a route that needs one is called
    /// What Site::audit noted; kept before the answer goes out.
    mutable std::vector<AuditRecord> audits = {};

    std::string_view header(std::string_view name) const;  ///< empty when absent
    std::string_view cookie(std::string_view name) const;  ///< empty when absent
    std::string_view parameter(std::string_view name) const;

    const Person& person() const { return principal->person; }
};

/// Fills in segments and query from an origin-form target. The status to refuse with: 400 when it is malformed or names
/// a parameter twice, 404 when a segment is "." or "..", or holds a NUL; nullopt: fine.
std::optional<int> decode_target(std::string_view target, Request& request);

/// name=value&… of a form body or query; nullopt when malformed.
std::optional<std::map<std::string, std::string, std::less<>>> decode_form(std::string_view text);

/// Lines of a list: on a page of it when nobody asks for another number, and at most.
inline constexpr int kPageLines = 50;
inline constexpr int kMostPageLines = 200;

/// 1 … most; nullopt when the parameter is there and something else.
std::optional<int> limit_of(const Request& request, int fallback = kPageLines, int most = kMostPageLines);

}  // namespace rasid
