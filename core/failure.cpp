#include "core/failure.hpp"

namespace rasid {

std::string_view to_string(Failure::Kind kind) {
    switch (kind) {
    case Failure::Kind::unreachable:
        return "unreachable";
    case Failure::Kind::rate_limited:
        return "rate_limited";
    case Failure::Kind::unauthorized:
        return "unauthorized";
    case Failure::Kind::refused:
        return "refused";
    case Failure::Kind::malformed:
        return "malformed";
    case Failure::Kind::blocked:
        return "blocked";
    case Failure::Kind::not_found:
        return "not_found";
    case Failure::Kind::conflict:
        return "conflict";
    case Failure::Kind::unknown_outcome:
        return "unknown_outcome";
    }
    return "malformed";
}

Failure refused(std::string why) { return {Failure::Kind::refused, std::move(why)}; }

}  // namespace rasid
