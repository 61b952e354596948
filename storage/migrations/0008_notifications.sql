-- What people have chosen about being told.
ALTER TABLE people ADD COLUMN quiet TEXT NOT NULL DEFAULT '';
ALTER TABLE people ADD COLUMN time_zone TEXT NOT NULL DEFAULT '';
ALTER TABLE people ADD COLUMN second TEXT NOT NULL DEFAULT '';
ALTER TABLE people ADD COLUMN updates BIGINT NOT NULL DEFAULT 1;
ALTER TABLE people ADD COLUMN digest BIGINT NOT NULL DEFAULT 1;

-- Events that somebody is still to be told of, written with them and taken when they stand in inboxes.
CREATE TABLE ticket_news (
    event TEXT PRIMARY KEY NOT NULL,
    ticket TEXT NOT NULL,
    sequence BIGINT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX ticket_news_in_order ON ticket_news (at, ticket, sequence);

-- What is on its way to each person, as JSON, and when to look at it again.
CREATE TABLE inboxes (
    person TEXT PRIMARY KEY NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    body TEXT NOT NULL,
    next_at BIGINT NOT NULL
);
CREATE INDEX inboxes_next ON inboxes (next_at);

-- The moments for which digests of a kind were made last.
CREATE TABLE digest_runs (
    kind TEXT PRIMARY KEY NOT NULL,
    at BIGINT NOT NULL
);

-- What a day's digest counts.
CREATE INDEX tickets_opened ON tickets (opened_at);

-- Updates are mails too; calls of webhooks stand beside them.
DROP INDEX outbox_mails;
CREATE INDEX outbox_mails ON outbox (created_at, id) WHERE kind IN ('escalation', 'update', 'digest', 'test', 'touch', 'survey', 'invitation', 'webhook');
