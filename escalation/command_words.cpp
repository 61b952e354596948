#include "escalation/route.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace rasid {
namespace {

constexpr std::array<std::pair<std::string_view, TicketCommand::Kind>, 29> kCommandWords = {
    {{"take", TicketCommand::Kind::take},
     {"release", TicketCommand::Kind::release},
     {"assign", TicketCommand::Kind::assign},
     {"acknowledge", TicketCommand::Kind::acknowledge},
     {"reply", TicketCommand::Kind::reply},
     {"approve", TicketCommand::Kind::approve},
     {"return", TicketCommand::Kind::return_reply},
     {"reshare", TicketCommand::Kind::reshare},
     {"like", TicketCommand::Kind::like},
     {"hide", TicketCommand::Kind::hide},
     {"answered_elsewhere", TicketCommand::Kind::answered_elsewhere},
     {"note", TicketCommand::Kind::note},
     {"priority", TicketCommand::Kind::priority},
     {"resolve", TicketCommand::Kind::resolve},
     {"reopen", TicketCommand::Kind::reopen},
     {"wait_for_customer", TicketCommand::Kind::wait_for_customer},
     {"hold", TicketCommand::Kind::hold},
     {"resume", TicketCommand::Kind::resume},
     {"plan_call", TicketCommand::Kind::plan_call},
     {"call_held", TicketCommand::Kind::call_held},
     {"dispute", TicketCommand::Kind::dispute},
     {"intervene", TicketCommand::Kind::intervene},
     {"depart", TicketCommand::Kind::depart},
     {"ungroup", TicketCommand::Kind::ungroup},
     {"snooze", TicketCommand::Kind::snooze},
     {"wake", TicketCommand::Kind::wake},
     {"label", TicketCommand::Kind::label},
     {"unlabel", TicketCommand::Kind::unlabel},
     {"undo", TicketCommand::Kind::undo}}};

}  // namespace

std::optional<TicketCommand::Kind> parse_ticket_command(std::string_view word) {
    for (const auto& [known, kind] : kCommandWords) {
        if (known == word) return kind;
    }
    return std::nullopt;
}

std::string_view to_string(TicketCommand::Kind kind) {
    return std::ranges::find(kCommandWords, kind, &std::pair<std::string_view, TicketCommand::Kind>::second)->first;
}

}  // namespace rasid
