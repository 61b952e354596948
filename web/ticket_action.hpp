#pragma once

#include "core/outbox.hpp"
#include "core/promise.hpp"
#include "core/reply_form.hpp"
#include "escalation/route.hpp"
#include "storage/reader.hpp"
#include "web/workspace.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace rasid {

inline constexpr std::size_t kLongestPromise = 1000;  ///< bytes of what a customer is promised

/// What somebody does to a ticket, with everything that deciding it needs, by value: it is carried to the storage
/// thread.
struct TicketAction {
    std::string ticket = {};
    std::string word = {};
    TicketCommand command = {};
    std::int64_t version = 0;
    std::string key = {};
    Person person = {};
    std::string source = {};            ///< where an answer would go
    std::vector<std::string> can = {};  ///< what that source can do
    ReplyForm form = {};                ///< what a reply there may look like
    WorkspacePtr workspace = {};
    Instant now = {};
    bool members = false;  ///< of an incident: they are resolved with it
    std::string public_url = {};
    std::string time_zone = {};
    std::optional<PromiseEvent> promise = {};  ///< what the customer was told, in place of a command

    /// What of the mention's place it needs: reply, reshare, like or hide; empty: nothing.
    std::string_view needs() const;
};

/// Whether an event put something on its way that may still be taken back.
bool is_held(const TicketEvent& event);

/// What of it waits in the outbox until it may no longer be undone: an answer to that mention, or what is done to it.
/// `event` queued it.
OutboxItem held_item(const TicketAction& action, const Ticket& ticket, const StoredMention& mention,
                     const TicketEvent& event);

}  // namespace rasid
