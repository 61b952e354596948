#pragma once

#include "core/audit.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rasid {

class Reader;

/// Of a walk through the whole chain.
inline constexpr int kAuditEntriesAtOnce = 1000;

std::string audit_seal(std::string_view salt, const AuditRecord& record);
/// Of an entry whose seal stands, behind the hash of the one before it; the first has none before it.
std::string audit_hash(std::string_view previous, const AuditEntry& entry);

struct AuditCheck {
    std::int64_t entries = 0;                    ///< that were read and hold
    std::string last_hash = {};                  ///< of the last one that holds
    std::optional<std::int64_t> broken_at = {};  ///< sequence of the first that does not
};

/// Reads the whole chain, a page at a time. What was cut off its end shows only to who knows the hash that stood there.
AuditCheck verify_audit(Reader& reader);

}  // namespace rasid
