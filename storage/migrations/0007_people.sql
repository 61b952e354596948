-- What tickets are given by.
ALTER TABLE people ADD COLUMN languages TEXT NOT NULL DEFAULT '[]';
ALTER TABLE people ADD COLUMN skills TEXT NOT NULL DEFAULT '[]';
ALTER TABLE people ADD COLUMN capacity BIGINT NOT NULL DEFAULT 20;

-- Who says that he is here, and who got a ticket when. Who has no row, or none since a time, never said so.
CREATE TABLE presence (
    person TEXT PRIMARY KEY NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    present BIGINT NOT NULL,
    since BIGINT,
    last_assigned_at BIGINT
);

-- Tickets that nobody has, by queue.
CREATE INDEX tickets_of_queue ON tickets (queue, id) WHERE state = 'open';

-- Steps of ladders that count time without an acknowledgement.
ALTER TABLE ticket_events ADD COLUMN unacknowledged BIGINT;
ALTER TABLE tickets ADD COLUMN unacknowledged_since BIGINT NOT NULL DEFAULT 0;
UPDATE tickets SET unacknowledged_since = opened_at;
UPDATE tickets SET notified = replace(replace(notified, 'first_response/', 'first_response/1/'), 'resolution/', 'resolution/1/');
