#include "daemon/commands/loaded_config.hpp"

#include "core/json.hpp"
#include "storage/audit_chain.hpp"

#include <iostream>

namespace rasid {

int audit_verify(const Invocation& invocation) {
    const auto config = load_config(invocation);
    if (!config) return kBadConfiguration;
    const auto reader = read_store(*config);
    if (!reader) return kFailed;
    const auto check = verify_audit(*reader);
    if (invocation.json) {
        JsonWriter out;
        out.object([&] {
            out.member("entries", check.entries);
            out.text_or_null("last_hash", check.last_hash);
            out.member("broken_at", check.broken_at);
        });
        std::cout << out.text() << "\n";
    } else if (check.broken_at) {
        std::cout << "The audit is broken at entry " << *check.broken_at
                  << ": it was changed or one before it is gone.\n"
                  << check.entries << " entries before it hold.\n";
    } else {
        std::cout << "The audit holds: " << check.entries << " entries.\n";
        if (!check.last_hash.empty())
            std::cout << "Last hash: " << check.last_hash
                      << "\nKeep it elsewhere: who cuts off the end of the audit cannot make it again.\n";
    }
    return check.broken_at ? kFailed : kOk;
}

}  // namespace rasid
