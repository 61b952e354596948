#pragma once

#include "escalation/route.hpp"
#include "storage/store.hpp"
#include "web/workspace.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace rasid {

/// One action on many tickets. Each is decided and changed as if it were the only one, with an event of its own that
/// can be undone.
struct BulkOrder {
    TicketCommand command = {};
    Person person = {};
    WorkspacePtr workspace = {};
    Instant now = {};
};

struct BulkItem {
    std::string ticket = {};
    std::int64_t version = 0;  ///< that the person saw
    std::string event = {};    ///< undo: the event that shall no longer count, whatever the version
};

struct BulkResult {
    struct Done {
        std::string ticket = {};
        std::int64_t version = 0;
        std::string event = {};
        std::string cause = {};  ///< kind of the event
    };
    struct Refused {
        std::string ticket = {};
        std::int64_t number = 0;
        std::string code = {};  ///< not_found, stale_version, not_possible
        std::string why = {};
    };
    std::vector<Done> done = {};
    std::vector<Refused> refused = {};
};

/// True for what may be done to many tickets at once: nothing that leaves the house.
bool works_in_bulk(TicketCommand::Kind kind);

/// Does it to these items, in order, and adds what became of each. What is refused changes nothing.
void perform_bulk(Store& store, const BulkOrder& order, std::span<const BulkItem> items, BulkResult& result,
                  Random& random);

}  // namespace rasid
