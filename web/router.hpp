#pragma once

#include "core/task.hpp"
#include "web/request.hpp"
#include "web/response.hpp"

#include <span>
#include <string_view>

namespace rasid {

struct Site;

/// Who may call a route. Each role includes the ones before it.
enum class Access {
    anyone,  ///< also with a session, which is then known
    signed_in,
    moderator,
    manager,
    admin,
    mail_reader,  ///< manager; in a demo everybody who is signed in
};

/// What proves that a changing request is the person's own wish.
enum class Proof {
    none,    ///< changes nothing, or carries a proof of its own
    origin,  ///< sent from a page of this site; there is no session yet to tie a token to
    token,   ///< that, and the session's X-CSRF-Token
};

using Handler = Task<Response> (*)(Site& site, const Request& request);

struct Route {
    std::string_view method;
    std::string_view pattern;  ///< "/api/v1/tickets/{id}/actions"
    Access access;
    Proof proof;
    Handler handler;
    /// The handler keeps what it answered in the transaction of what it did: after a crash nobody has to ask whether.
    bool keeps_answers = false;
};

/// The table. Whatever is not in it does not exist, but for the page's own addresses and files.
std::span<const Route> routes();

/// Bytes of the body that a target takes from somebody who has a session.
std::size_t longest_body(std::string_view target);

struct Match {
    const Route* route = nullptr;  ///< null: no such address, or not with this method
    std::vector<std::string> args = {};
    std::string allow = {};  ///< methods that the address knows, when only the method was wrong
};
Match match(std::string_view method, const std::vector<std::string>& segments);

}  // namespace rasid
