-- Clocks as a fold over events: whose turn it is, pauses by person, promises that a changed setup gave.
ALTER TABLE tickets ADD COLUMN status TEXT NOT NULL DEFAULT 'active';
ALTER TABLE tickets ADD COLUMN tier TEXT NOT NULL DEFAULT '';
ALTER TABLE tickets ADD COLUMN paused_by TEXT NOT NULL DEFAULT '[]';
ALTER TABLE ticket_events ADD COLUMN round BIGINT NOT NULL DEFAULT 1;
ALTER TABLE ticket_events ADD COLUMN status TEXT NOT NULL DEFAULT '';
ALTER TABLE ticket_events ADD COLUMN promises TEXT NOT NULL DEFAULT '';
ALTER TABLE ticket_events ADD COLUMN detail TEXT NOT NULL DEFAULT '';

CREATE INDEX tickets_of_conversation ON tickets (platform, conversation) WHERE conversation <> '' AND state = 'resolved';
