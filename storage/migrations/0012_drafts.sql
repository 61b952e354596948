-- What people have begun to write and not sent.
CREATE TABLE drafts (
    ticket TEXT NOT NULL REFERENCES tickets (id) ON DELETE CASCADE,
    person TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    mode TEXT NOT NULL,
    text TEXT NOT NULL,
    saved_at BIGINT NOT NULL,
    PRIMARY KEY (ticket, person, mode)
);
CREATE INDEX drafts_of_person ON drafts (person, saved_at);

-- A reply that a manager must let out: id of its event.
ALTER TABLE tickets ADD COLUMN proposed_reply TEXT NOT NULL DEFAULT '';
CREATE INDEX tickets_proposed ON tickets (brand, id) WHERE proposed_reply <> '';
