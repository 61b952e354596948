#pragma once

#include "connectors/sign_in.hpp"
#include "core/clock.hpp"
#include "core/private_files.hpp"
#include "core/random.hpp"
#include "core/task.hpp"
#include "daemon/config.hpp"
#include "web/source_desk.hpp"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace rasid {

/// What signing in to platforms needs of the rest of the daemon.
struct SignInsEnv {
    HttpClient& http;
    Clock& clock;
    Random& random;
    PrivateFiles& files;
    /// As configured now; null: there is no such source.
    std::function<const SourceConfig*(std::string_view name)> source;
    std::string redirect = {};  ///< where platforms send the browser back to; empty: no public URL is configured
    std::function<Task<void>(std::string source)> restart;  ///< what it was granted has changed
};

/// The accounts that people signed in for sources: begun and finished by the browser of one admin, kept on the machine,
/// refreshed before their end. Tokens leave it only towards the source and its platform.
class SignIns {
public:
    explicit SignIns(SignInsEnv env) : env_(std::move(env)) {}

    /// The access token that a source as it is configured now is to use; empty: none.
    std::string token_for(const SourceConfig& source);

    /// nullopt: nobody signs in to this source on the page.
    std::optional<SignInFacts> facts(const std::string& source);

    /// Where to send the person who has this session. Good for ten minutes and one answer.
    ///
    /// Fails with not_found, with refused when the source or the daemon is not configured for it (the text says what to
    /// do), or as the platform's registration of apps does.
    Task<Result<std::string>> begin(std::string source, std::string session);

    /// The source that is signed in now. Fails with conflict when nobody of this session waits for this answer (any
    /// more), with unauthorized when the platform granted nothing, with refused when it is another that answers.
    Task<Result<std::string>> finish(SignInAnswer answer, std::string session);

    /// Forgets the grant, and tells the platform to. Fails with not_found, or with refused when the file stays.
    Task<Result<void>> sign_out(std::string source);

    /// Refreshes what ends soon.
    Task<void> refresh_due();

private:
    struct Begun {
        std::string source;
        std::string session;
        std::string verifier;
        SignInClient client;
        std::string token_url;
        Instant at;
    };

    const std::optional<Grant>& grant_of(const std::string& source);
    void forget_stale();
    Task<Result<std::string>> take(SignInAnswer answer, std::string session);
    Task<std::string> account_of(SignInWay way, std::string access_token);
    Task<void> refresh(std::string source);

    SignInsEnv env_;
    std::map<std::string, Begun, std::less<>> begun_ = {};                 ///< by state
    std::map<std::string, std::optional<Grant>, std::less<>> known_ = {};  ///< as they are kept, by source
};

/// The same token_for, for a command that runs beside the daemon.
std::string kept_token_for(PrivateFiles& files, const SourceConfig& source);

}  // namespace rasid
