#include "connectors/reply_forms.hpp"
#include "connectors/source_kind.hpp"

#include <algorithm>
#include <array>

namespace rasid {

#define SOURCE(name) extern const SourceKind k_##name##_kind;
#include "connectors/sources.def"
#undef SOURCE

std::span<const SourceKind* const> source_kinds() {
#define SOURCE(name) &k_##name##_kind,
    static constexpr std::array kKinds = {
#include "connectors/sources.def"
    };
#undef SOURCE
    return kKinds;
}

const SourceKind* find_source_kind(std::string_view name) {
    auto kinds = source_kinds();
    auto found =
        std::find_if(kinds.begin(), kinds.end(), [name](const SourceKind* kind) { return kind->name == name; });
    return found == kinds.end() ? nullptr : *found;
}

ReplyForm reply_form_of(const SourceKind& kind, const Options& options, std::string_view platform) {
    return kind.reply_form ? kind.reply_form(options) : reply_form_of_platform(platform);
}

}  // namespace rasid
