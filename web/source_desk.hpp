#pragma once

#include "core/failure.hpp"
#include "core/task.hpp"

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace rasid {

/// Who is signed in to the platform for a source.
struct SignInFacts {
    bool signed_in = false;
    std::string account = {};           ///< also of one whose grant has ended; empty: unknown
    std::optional<Instant> until = {};  ///< absent: the platform named no end
    bool renews = false;                ///< it is refreshed before its end
};

/// What the platform sent the browser back with, as hostile as it came.
struct SignInAnswer {
    std::string state = {};
    std::string code = {};
    std::string iss = {};
    std::string error = {};
};

/// What the daemon knows of a configured source beyond its record.
struct PollingFacts {
    std::string brand = {};
    Duration every = {};
    bool streams = false;  ///< hears at once; `every` is how often it looks whether the stream stands
    int budget_requests = 0;
    Duration budget_window = {};
    int budget_left = 0;
    bool polling = false;                        ///< a poll runs right now
    std::optional<Instant> promised_until = {};  ///< the platform asked not to be asked before
    std::optional<SignInFacts> sign_in = {};     ///< absent: nobody signs in to it on the page
};

/// What one poll by hand brought; nothing of it is stored.
struct SourceTrial {
    int mentions = 0;
    std::optional<Instant> newest = {};
    std::vector<std::string> warnings = {};
    std::chrono::milliseconds took = {};
};

/// The pollers as the page reaches them. Called on the loop thread; unset: there are none.
struct SourceDesk {
    std::function<std::optional<PollingFacts>(const std::string& name)> facts = {};  ///< nullopt: not configured
    std::function<void(const std::string& name, bool paused)> paused = {};           ///< after it was stored
    std::function<void(const std::string& name)> poll = {};                          ///< as soon as it can
    std::function<Task<Result<SourceTrial>>(std::string name)> try_out = {};
    // Signing in to its platform, bound to the session of who does: where to send that person; the source whose sign-in
    // an answer ends; the end of it.
    std::function<Task<Result<std::string>>(std::string name, std::string session)> begin_sign_in = {};
    std::function<Task<Result<std::string>>(SignInAnswer answer, std::string session)> finish_sign_in = {};
    std::function<Task<Result<void>>(std::string name)> sign_out = {};
};

}  // namespace rasid
