#include "escalation/route.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace rasid {
namespace {

using Kind = TicketCommand::Kind;

constexpr std::array<std::pair<std::string_view, Kind>, 29> kWords = {{{"take", Kind::take},
                                                                       {"release", Kind::release},
                                                                       {"assign", Kind::assign},
                                                                       {"acknowledge", Kind::acknowledge},
                                                                       {"reply", Kind::reply},
                                                                       {"approve", Kind::approve},
                                                                       {"return", Kind::return_reply},
                                                                       {"reshare", Kind::reshare},
                                                                       {"like", Kind::like},
                                                                       {"hide", Kind::hide},
                                                                       {"answered_elsewhere", Kind::answered_elsewhere},
                                                                       {"note", Kind::note},
                                                                       {"priority", Kind::priority},
                                                                       {"resolve", Kind::resolve},
                                                                       {"reopen", Kind::reopen},
                                                                       {"wait_for_customer", Kind::wait_for_customer},
                                                                       {"hold", Kind::hold},
                                                                       {"resume", Kind::resume},
                                                                       {"plan_call", Kind::plan_call},
                                                                       {"call_held", Kind::call_held},
                                                                       {"dispute", Kind::dispute},
                                                                       {"intervene", Kind::intervene},
                                                                       {"depart", Kind::depart},
                                                                       {"ungroup", Kind::ungroup},
                                                                       {"snooze", Kind::snooze},
                                                                       {"wake", Kind::wake},
                                                                       {"label", Kind::label},
                                                                       {"unlabel", Kind::unlabel},
                                                                       {"undo", Kind::undo}}};

}  // namespace

std::optional<TicketCommand::Kind> parse_ticket_command(std::string_view word) {
    for (const auto& [known, kind] : kWords) {
        if (known == word) return kind;
    }
    return std::nullopt;
}

std::string_view to_string(TicketCommand::Kind kind) {
    return std::ranges::find(kWords, kind, &std::pair<std::string_view, Kind>::second)->first;
}

}  // namespace rasid
