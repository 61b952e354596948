-- Tickets that are set aside till a time (0: they are not), and the words that moderators give them.
ALTER TABLE tickets ADD COLUMN snoozed_until BIGINT NOT NULL DEFAULT 0;
ALTER TABLE tickets ADD COLUMN labels TEXT NOT NULL DEFAULT '[]';
DROP INDEX tickets_counts;
CREATE INDEX tickets_counts ON tickets (queue, brand, assignee, due_at, snoozed_until) WHERE state = 'open';
CREATE INDEX tickets_snoozed ON tickets (snoozed_until) WHERE state = 'open' AND snoozed_until > 0;

-- Filters under a name. `owner` is a person, or empty: everybody sees it.
CREATE TABLE views (
    owner TEXT NOT NULL,
    name TEXT NOT NULL,
    made_by TEXT NOT NULL,
    filter TEXT NOT NULL,
    PRIMARY KEY (owner, name)
);
