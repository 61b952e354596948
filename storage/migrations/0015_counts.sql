-- The counts of the rail are read from this index alone: a partial index whose condition's column it does not hold is not
-- taken for whole, and each open ticket would be fetched for its row.
DROP INDEX tickets_counts;
CREATE INDEX tickets_counts ON tickets (queue, brand, assignee, due_at, snoozed_until, state) WHERE state = 'open';
