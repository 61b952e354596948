-- Times are microseconds since 1970 in UTC. A deadline that does not exist is the largest BIGINT, so that one index orders all.
-- Lists and verdicts are JSON text; what is asked for by a statement is a column.

CREATE TABLE installation (
    name TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL
);

CREATE TABLE counters (
    name TEXT PRIMARY KEY NOT NULL,
    value BIGINT NOT NULL
);
INSERT INTO counters (name, value) VALUES ('ticket', 1000), ('person', 0), ('mentions', 0);

CREATE TABLE sources (
    name TEXT PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL,
    cursor TEXT NOT NULL,
    since BIGINT NOT NULL,
    last_success_at BIGINT,
    last_mention_at BIGINT,
    next_poll_at BIGINT,
    failures BIGINT NOT NULL,
    state TEXT NOT NULL,
    last_error TEXT NOT NULL,
    mentions BIGINT NOT NULL,
    silent BIGINT NOT NULL
);

CREATE TABLE mentions (
    id TEXT PRIMARY KEY NOT NULL,
    platform TEXT NOT NULL,
    native_id TEXT NOT NULL,
    revision TEXT NOT NULL,
    source TEXT NOT NULL,
    author_handle TEXT NOT NULL,
    author_name TEXT NOT NULL,
    author_native_id TEXT NOT NULL,
    author_followers BIGINT,
    author_verified BIGINT NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    language TEXT NOT NULL,
    url TEXT NOT NULL,
    domain TEXT NOT NULL,
    conversation TEXT NOT NULL,
    in_reply_to TEXT NOT NULL,
    reply_token TEXT NOT NULL,
    visibility BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    edited_at BIGINT,
    deleted BIGINT NOT NULL,
    own BIGINT NOT NULL,
    stars DOUBLE PRECISION,
    replies BIGINT NOT NULL,
    reshares BIGINT NOT NULL,
    likes BIGINT NOT NULL,
    verdict TEXT NOT NULL,
    customer TEXT NOT NULL,
    ticket TEXT NOT NULL,
    stored_at BIGINT NOT NULL,
    history BIGINT NOT NULL,
    UNIQUE (platform, native_id)
);
CREATE INDEX mentions_of_ticket ON mentions (ticket, created_at, id) WHERE ticket <> '';
CREATE INDEX mentions_by_age ON mentions (stored_at, id);

-- What a mention said before it was edited.
CREATE TABLE mention_revisions (
    mention TEXT NOT NULL REFERENCES mentions (id) ON DELETE CASCADE,
    sequence BIGINT NOT NULL,
    revision TEXT NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    replaced_at BIGINT NOT NULL,
    PRIMARY KEY (mention, sequence)
);

CREATE TABLE muted_authors (
    platform TEXT NOT NULL,
    handle TEXT NOT NULL,
    PRIMARY KEY (platform, handle)
);

CREATE TABLE tickets (
    id TEXT PRIMARY KEY NOT NULL,
    number BIGINT NOT NULL UNIQUE,
    version BIGINT NOT NULL,
    state TEXT NOT NULL,
    priority BIGINT NOT NULL,
    queue TEXT NOT NULL,
    brand TEXT NOT NULL,
    ladder TEXT NOT NULL,
    platform TEXT NOT NULL,
    source TEXT NOT NULL,
    author_handle TEXT NOT NULL,
    author_folded TEXT NOT NULL,
    author_name TEXT NOT NULL,
    author_native_id TEXT NOT NULL,
    author_followers BIGINT,
    author_verified BIGINT NOT NULL,
    conversation TEXT NOT NULL,
    customer TEXT NOT NULL,
    rule TEXT NOT NULL,
    tags TEXT NOT NULL,
    reasons TEXT NOT NULL,
    clocks TEXT NOT NULL,
    assignee TEXT NOT NULL,
    acknowledged_by TEXT NOT NULL,
    acknowledged_at BIGINT,
    first_mention TEXT NOT NULL,
    latest_mention TEXT NOT NULL,
    mentions BIGINT NOT NULL,
    pending_reply TEXT NOT NULL,
    notified TEXT NOT NULL,
    opened_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    soon_at BIGINT NOT NULL,
    check_at BIGINT NOT NULL
);
CREATE INDEX tickets_soon ON tickets (soon_at) WHERE state = 'open';
CREATE INDEX tickets_due ON tickets (due_at, id) WHERE state = 'open';
CREATE INDEX tickets_check ON tickets (check_at, id) WHERE state = 'open';
CREATE INDEX tickets_assignee ON tickets (assignee, due_at, id) WHERE state = 'open';
CREATE INDEX tickets_counts ON tickets (queue, brand, assignee, due_at) WHERE state = 'open';
CREATE INDEX tickets_conversation ON tickets (platform, conversation) WHERE state = 'open';
CREATE INDEX tickets_author ON tickets (platform, author_folded) WHERE state = 'open';
CREATE INDEX tickets_customer ON tickets (customer) WHERE state = 'open';
CREATE INDEX tickets_resolved ON tickets (updated_at, id) WHERE state = 'resolved';

CREATE TABLE ticket_events (
    id TEXT PRIMARY KEY NOT NULL,
    ticket TEXT NOT NULL REFERENCES tickets (id) ON DELETE CASCADE,
    sequence BIGINT NOT NULL,
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    kind TEXT NOT NULL,
    mention TEXT NOT NULL,
    person TEXT NOT NULL,
    text TEXT NOT NULL,
    refers_to TEXT NOT NULL,
    target TEXT NOT NULL,
    percent BIGINT NOT NULL,
    priority BIGINT,
    opening TEXT NOT NULL,
    UNIQUE (ticket, sequence)
);

CREATE TABLE answers (
    person TEXT NOT NULL,
    idempotency_key TEXT NOT NULL,
    answer TEXT NOT NULL,
    given_at BIGINT NOT NULL,
    PRIMARY KEY (person, idempotency_key)
);
CREATE INDEX answers_by_age ON answers (given_at);

CREATE TABLE customers (
    id TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    name_latin TEXT NOT NULL,
    emails TEXT NOT NULL,
    phones TEXT NOT NULL,
    language TEXT NOT NULL,
    birthday TEXT NOT NULL,
    address TEXT NOT NULL,
    tier TEXT NOT NULL,
    brand TEXT NOT NULL,
    plan TEXT NOT NULL,
    purchases TEXT NOT NULL,
    folded TEXT NOT NULL
);

CREATE TABLE identities (
    platform TEXT NOT NULL,
    folded TEXT NOT NULL,
    handle TEXT NOT NULL,
    customer TEXT NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    position BIGINT NOT NULL,
    linked_by TEXT NOT NULL,
    linked_at BIGINT NOT NULL,
    PRIMARY KEY (platform, folded)
);
CREATE INDEX identities_of_customer ON identities (customer, position);

CREATE TABLE touches (
    id TEXT PRIMARY KEY NOT NULL,
    customer TEXT NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    year BIGINT NOT NULL,
    kind TEXT NOT NULL,
    ordinal BIGINT NOT NULL,
    due_on TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    done_at BIGINT
);
CREATE INDEX touches_of_customer ON touches (customer, year, due_on, id);

CREATE TABLE ledger (
    id TEXT PRIMARY KEY NOT NULL,
    customer TEXT NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    at BIGINT NOT NULL,
    direction TEXT NOT NULL,
    channel TEXT NOT NULL,
    kind TEXT NOT NULL,
    polarity BIGINT NOT NULL,
    text TEXT NOT NULL,
    mention TEXT NOT NULL,
    ticket TEXT NOT NULL
);
CREATE INDEX ledger_of_customer ON ledger (customer, at, id);
CREATE INDEX ledger_of_mention ON ledger (mention) WHERE mention <> '';

CREATE TABLE guards (
    customer TEXT PRIMARY KEY NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    ticket TEXT NOT NULL,
    since BIGINT,
    reason TEXT NOT NULL
);

CREATE TABLE outbox (
    id TEXT PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL,
    intent TEXT NOT NULL UNIQUE,
    recipient TEXT NOT NULL,
    ticket TEXT NOT NULL,
    event TEXT NOT NULL,
    payload TEXT NOT NULL,
    priority BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    not_before BIGINT NOT NULL,
    state TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    last_error TEXT NOT NULL,
    finished_at BIGINT
);
CREATE INDEX outbox_unfinished ON outbox (created_at, id) WHERE state IN ('waiting', 'sending');
CREATE INDEX outbox_next ON outbox (not_before) WHERE state = 'waiting';
CREATE INDEX outbox_mails ON outbox (created_at, id) WHERE kind IN ('escalation', 'digest', 'test');
CREATE INDEX outbox_of_ticket ON outbox (ticket, created_at, id) WHERE ticket <> '';

-- Calendars, ladders, queues, rules and plans: each item as its own piece of TOML, in the order of the setup.
CREATE TABLE setup_items (
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    position BIGINT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (kind, name)
);

CREATE TABLE people (
    id TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL UNIQUE,
    position BIGINT NOT NULL,
    email TEXT NOT NULL,
    email_folded TEXT NOT NULL,
    role TEXT NOT NULL,
    language TEXT NOT NULL,
    brands TEXT NOT NULL
);

CREATE TABLE credentials (
    person TEXT PRIMARY KEY NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    hash TEXT NOT NULL
);

CREATE TABLE sessions (
    token_hash TEXT PRIMARY KEY NOT NULL,
    person TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    csrf TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL
);

CREATE TABLE ack_tokens (
    token_hash TEXT PRIMARY KEY NOT NULL,
    person TEXT NOT NULL,
    used_at BIGINT NOT NULL
);
