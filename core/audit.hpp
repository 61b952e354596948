#pragma once

#include "core/instant.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace rasid {

/// What somebody did, for the audit.
struct AuditRecord {
    std::string actor = {};   ///< person id; empty: nobody was signed in
    std::string client = {};  ///< address
    std::string action = {};  ///< "sign_in", "sign_out", "setup_changed", "mail_retried"…
    std::string object = {};
    std::string result = {};  ///< "ok", or why not

    bool operator==(const AuditRecord&) const = default;
};

/// A record in its chain. `seal` commits to client and object with a salt, `hash` to the seal, the other members and
/// the hash before: so that whom the words tell of can be erased from them and the chain still holds.
struct AuditEntry {
    std::int64_t sequence = 0;  ///< from 1, without a gap
    Instant at = {};
    AuditRecord record = {};
    std::string salt = {};  ///< empty: client and object were erased
    std::string seal = {};
    std::string hash = {};

    bool operator==(const AuditEntry&) const = default;
};

/// Empty members match everything.
struct AuditQuery {
    std::string actor = {};
    std::string action = {};
    std::string object = {};  ///< a part of it
    std::optional<Instant> from = {};
    std::optional<Instant> to = {};
    std::optional<std::int64_t> before = {};  ///< sequence of the last one of the page before
    int limit = 50;
};

}  // namespace rasid
