#pragma once

#include "storage/reader.hpp"
#include "storage/statement.hpp"

#include <string>

namespace rasid {

/// What a filter asks of tickets, in two parts. The first decides by what the indexes hold and is cheap: the view, the
/// queue, the brands a person sees. The second looks at each row; whoever uses it bounds how many are looked at.
class QueueFilter {
public:
    QueueFilter(const TicketQuery& query, Instant now);

    /// Adds the cheap part: " AND …".
    void add_to(Statement& statement) const;

    bool looks_at_rows() const;
    /// The second part as an expression that is 1 or 0.
    std::string fits(Statement& statement) const;

private:
    const TicketQuery& query_;
    Instant now_;
    std::string assignee_;  ///< id, where one is asked for
    std::string label_;     ///< patterns of what columns hold
    std::string tag_;
    std::string language_;
    std::string sentiment_;
};

}  // namespace rasid
