#pragma once

#include "core/clock.hpp"
#include "core/random.hpp"
#include "storage/database.hpp"
#include "web/login_throttle.hpp"
#include "web/request.hpp"
#include "web/work_pool.hpp"
#include "web/workspace.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace rasid {

/// Signing in and sessions. A session's token exists in the cookie only; the store has its SHA-256.
class Accounts {
public:
    Accounts(Database& database, Clock& clock, Random& random) : database_(database), clock_(clock), random_(random) {}

    struct WrongCredentials {};
    struct TooSoon {
        std::chrono::seconds retry_after;
    };
    struct Opened {
        Session session;
        std::string token;  ///< for the cookie
    };

    /// An unknown e-mail costs the same time as a wrong password. `replaced_token`: of the session this browser had,
    /// which ends.
    Task<std::variant<Opened, WrongCredentials, TooSoon>> sign_in(std::string email, std::string password,
                                                                  std::string client, std::string replaced_token);

    /// A session without asking for a password: after the first admin's code, or in a demo.
    Task<Opened> open_session(std::string person, std::string replaced_token);

    /// The live session of a cookie's token; nullopt: none, idle for 30 minutes, older than 12 hours, or its person is
    /// gone.
    Task<std::optional<Principal>> authenticate(std::string token, WorkspacePtr workspace);

    /// Whose program this is. Bad tokens of one address are slowed down as sign-in is, good ones never.
    Task<std::variant<Principal, WrongCredentials, TooSoon>> authenticate_program(std::string token, std::string client,
                                                                                  WorkspacePtr workspace);

    /// Whether the session or token still stands, without counting as use of it.
    Task<bool> alive(std::string token_hash);

    Task<void> sign_out(std::string token_hash);

    Task<std::optional<std::string>> hash(std::string password);  ///< nullopt: too busy

    LoginThrottle& throttle() { return throttle_; }
    WorkPool& workers() { return workers_; }

private:
    Session make_session(const std::string& person, const std::string& token);

    Database& database_;
    Clock& clock_;
    Random& random_;
    LoginThrottle throttle_;
    LoginThrottle token_throttle_;
    WorkPool workers_;
};

}  // namespace rasid
