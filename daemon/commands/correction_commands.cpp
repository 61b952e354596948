#include "daemon/commands/loaded_config.hpp"

#include "rules/correction_lines.hpp"

#include <algorithm>
#include <iostream>
#include <limits>

namespace rasid {

/// Oldest first, so that a later export of the same corrections only grows.
int corrections_export(const Invocation& invocation) {
    const auto config = load_config(invocation);
    if (!config) return kBadConfiguration;
    const auto reader = read_store(*config);
    if (!reader) return kFailed;
    std::vector<Correction> all;
    for (const auto kind : {CorrectionKind::sentiment, CorrectionKind::language, CorrectionKind::rule}) {
        const auto some = reader->corrections(kind, std::numeric_limits<int>::max());
        all.insert(all.end(), some.begin(), some.end());
    }
    std::sort(all.begin(), all.end(),
              [](const Correction& a, const Correction& b) { return a.at != b.at ? a.at < b.at : a.id < b.id; });
    for (const auto& one : all) std::cout << correction_line(one) << "\n";
    std::cout << std::flush;
    return std::cout ? kOk : kFailed;
}

}  // namespace rasid
