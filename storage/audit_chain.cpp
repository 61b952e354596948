#include "storage/audit_chain.hpp"

#include "storage/reader.hpp"

#include <array>
#include <sodium.h>
#include <vector>

namespace rasid {
namespace {

/// SHA-256 over the parts, each behind its length: no two lists of parts give the same bytes.
template <typename... Parts>
std::string digest(const Parts&... parts) {
    std::string text;
    const auto add = [&](std::string_view part) {
        text += std::to_string(part.size());
        text += ':';
        text += part;
    };
    (add(parts), ...);
    std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
    crypto_hash_sha256(hash.data(), reinterpret_cast<const unsigned char*>(text.data()), text.size());
    std::string hex(2 * hash.size() + 1, '\0');
    sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
    hex.pop_back();
    return hex;
}

bool holds(const AuditEntry& entry, std::int64_t expected, std::string_view previous) {
    const bool sealed = entry.salt.empty() || entry.seal == audit_seal(entry.salt, entry.record);
    return entry.sequence == expected && sealed && entry.hash == audit_hash(previous, entry);
}

}  // namespace

std::string audit_seal(std::string_view salt, const AuditRecord& record) {
    return digest(salt, record.client, record.object);
}

std::string audit_hash(std::string_view previous, const AuditEntry& entry) {
    return digest(previous, std::to_string(entry.sequence), std::to_string(to_micros(entry.at)), entry.record.actor,
                  entry.record.action, entry.record.result, entry.seal);
}

AuditCheck verify_audit(Reader& reader) {
    AuditCheck check;
    std::vector<AuditEntry> page;
    do {
        page = reader.audit_after(check.entries, kAuditEntriesAtOnce);
        for (const auto& entry : page) {
            if (!holds(entry, check.entries + 1, check.last_hash)) {
                check.broken_at = check.entries + 1;
                return check;
            }
            ++check.entries;
            check.last_hash = entry.hash;
        }
    } while (!page.empty());
    return check;
}

}  // namespace rasid
