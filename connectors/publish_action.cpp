#include "connectors/source.hpp"

namespace rasid {

std::string_view to_string(PublishAction action) {
    switch (action) {
    case PublishAction::reply:
        return "reply";
    case PublishAction::reshare:
        return "reshare";
    case PublishAction::like:
        return "like";
    case PublishAction::hide:
        return "hide";
    }
    return "reply";
}

std::optional<PublishAction> parse_publish_action(std::string_view word) {
    for (auto action : {PublishAction::reply, PublishAction::reshare, PublishAction::like, PublishAction::hide})
        if (to_string(action) == word) return action;
    return std::nullopt;
}

}  // namespace rasid
