#pragma once

#include "core/task.hpp"
#include "web/origin.hpp"
#include "web/request.hpp"
#include "web/response.hpp"

#include <string_view>

namespace rasid {

struct Site;

/// Answers one request: finds its route, checks host, session, right and proof in that order, calls the handler. Never
/// throws: an exception becomes a 500 with an id that the log explains. Every answer carries the security headers.
///
/// Sets `request.principal`, and `route` to the pattern that answered.
Task<Response> dispatch(Site& site, const OriginRules& origin, Request& request, bool https, std::string_view& route);

/// Set-Cookie that starts or, with an empty token, ends a session.
HttpHeader session_cookie(std::string_view token);
/// Chromium and Firefox keep a Secure cookie of http://localhost and http://127.0.0.1 too, prefix included.
inline constexpr std::string_view kSessionCookie = "__Host-rasid";

}  // namespace rasid
