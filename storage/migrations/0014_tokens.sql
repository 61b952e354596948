-- By which programs act for a person. Of a token only its SHA-256 is kept.
CREATE TABLE api_tokens (
    id TEXT PRIMARY KEY NOT NULL,
    person TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    scopes TEXT NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    last_used_at BIGINT,
    revoked_at BIGINT
);
CREATE INDEX api_tokens_of_person ON api_tokens (person, id);

-- Who did what when. Only appended to; each row's hash covers the hash before it. An erasure may empty client, object and salt: the
-- seal, which the hash covers, stays.
CREATE TABLE audit (
    sequence BIGINT PRIMARY KEY NOT NULL,
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    client TEXT NOT NULL,
    action TEXT NOT NULL,
    object TEXT NOT NULL,
    result TEXT NOT NULL,
    salt TEXT NOT NULL,
    seal TEXT NOT NULL,
    hash TEXT NOT NULL
);
CREATE INDEX audit_of_actor ON audit (actor, sequence);
CREATE INDEX audit_of_action ON audit (action, sequence);

-- How the page shows itself to each person, as JSON.
CREATE TABLE page_settings (
    person TEXT PRIMARY KEY NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    body TEXT NOT NULL
);

-- What people see and do about a source.
ALTER TABLE sources ADD COLUMN paused BIGINT NOT NULL DEFAULT 0;
ALTER TABLE sources ADD COLUMN lag BIGINT;
ALTER TABLE sources ADD COLUMN last_warning TEXT NOT NULL DEFAULT '';
ALTER TABLE sources ADD COLUMN last_warning_at BIGINT;

-- Webhooks that are told of every ticket event, and what each is still to be told, written with the event.
CREATE TABLE relays (
    name TEXT PRIMARY KEY NOT NULL
);
CREATE TABLE relay_events (
    relay TEXT NOT NULL REFERENCES relays (name) ON DELETE CASCADE,
    event TEXT NOT NULL,
    ticket TEXT NOT NULL,
    sequence BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (relay, event)
);
CREATE INDEX relay_events_in_order ON relay_events (relay, at, ticket, sequence);
