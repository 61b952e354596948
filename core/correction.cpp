#include "core/correction.hpp"

namespace rasid {

std::string_view to_string(CorrectionKind kind) {
    switch (kind) {
    case CorrectionKind::sentiment:
        return "sentiment";
    case CorrectionKind::language:
        return "language";
    case CorrectionKind::rule:
        return "rule";
    }
    return "sentiment";
}

std::optional<CorrectionKind> parse_correction_kind(std::string_view word) {
    for (const auto kind : {CorrectionKind::sentiment, CorrectionKind::language, CorrectionKind::rule})
        if (word == to_string(kind)) return kind;
    return std::nullopt;
}

}  // namespace rasid
