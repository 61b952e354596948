-- What engagement keeps. Columns hold what statements ask for; `record` holds the rest of a customer as JSON.
ALTER TABLE customers ADD COLUMN owner TEXT NOT NULL DEFAULT '';
ALTER TABLE customers ADD COLUMN record TEXT NOT NULL DEFAULT '{}';
-- Of somebody who was merged: id of the customer that he is part of. No reader sees him.
ALTER TABLE customers ADD COLUMN merged_into TEXT NOT NULL DEFAULT '';
CREATE INDEX customers_merged ON customers (merged_into) WHERE merged_into <> '';

ALTER TABLE touches ADD COLUMN plan TEXT NOT NULL DEFAULT '';
ALTER TABLE touches ADD COLUMN channel TEXT NOT NULL DEFAULT '';
ALTER TABLE touches ADD COLUMN owner TEXT NOT NULL DEFAULT '';
ALTER TABLE touches ADD COLUMN occasion TEXT NOT NULL DEFAULT '';
ALTER TABLE touches ADD COLUMN follows TEXT NOT NULL DEFAULT '';
ALTER TABLE touches ADD COLUMN draft TEXT NOT NULL DEFAULT '';
CREATE INDEX touches_open ON touches (owner, due_on, id) WHERE state IN ('planned', 'held');
CREATE INDEX touches_done ON touches (owner, done_at) WHERE state = 'done';

ALTER TABLE ledger ADD COLUMN touch TEXT NOT NULL DEFAULT '';
ALTER TABLE ledger ADD COLUMN bad_experience TEXT NOT NULL DEFAULT '';
ALTER TABLE ledger ADD COLUMN about TEXT NOT NULL DEFAULT '[]';
ALTER TABLE ledger ADD COLUMN actor TEXT NOT NULL DEFAULT '';

CREATE INDEX mentions_of_customer ON mentions (customer, id) WHERE customer <> '';
CREATE INDEX tickets_of_customer ON tickets (customer, opened_at, id) WHERE customer <> '';

-- Events are appended and never changed; `sequence` is the order in which they happened.
CREATE TABLE touch_events (
    id TEXT PRIMARY KEY NOT NULL,
    customer TEXT NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    sequence BIGINT NOT NULL,
    touch TEXT NOT NULL,
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    kind TEXT NOT NULL,
    due_on TEXT NOT NULL,
    reason TEXT NOT NULL,
    text TEXT NOT NULL,
    laid TEXT NOT NULL,
    UNIQUE (customer, sequence)
);

CREATE TABLE cases (
    id TEXT PRIMARY KEY NOT NULL,
    customer TEXT NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    ticket TEXT NOT NULL,
    about TEXT NOT NULL,
    opened_at BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    posts BIGINT NOT NULL,
    resolved_at BIGINT
);
CREATE INDEX cases_of_customer ON cases (customer, opened_at, id);

CREATE TABLE case_events (
    id TEXT PRIMARY KEY NOT NULL,
    customer TEXT NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    sequence BIGINT NOT NULL UNIQUE,
    bad_experience TEXT NOT NULL,
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    kind TEXT NOT NULL,
    ticket TEXT NOT NULL,
    mention TEXT NOT NULL,
    about TEXT NOT NULL
);
CREATE INDEX case_events_of_customer ON case_events (customer, sequence);

CREATE TABLE surveys (
    id TEXT PRIMARY KEY NOT NULL,
    customer TEXT NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    bad_experience TEXT NOT NULL,
    language TEXT NOT NULL,
    laid_at BIGINT NOT NULL,
    send_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    sent_at BIGINT,
    answered_at BIGINT,
    score BIGINT,
    comment TEXT NOT NULL
);
CREATE INDEX surveys_of_customer ON surveys (customer, laid_at, id);
CREATE INDEX surveys_unsent ON surveys (send_at, id) WHERE sent_at IS NULL;

CREATE TABLE proposals (
    id TEXT PRIMARY KEY NOT NULL,
    customer TEXT NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    reason TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    state TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    decided_at BIGINT
);
CREATE INDEX proposals_of_customer ON proposals (customer, made_at, id);
CREATE INDEX proposals_open ON proposals (made_at, id) WHERE state = 'open';

-- Some are made to people who are no customers.
CREATE TABLE promise_events (
    id TEXT PRIMARY KEY NOT NULL,
    sequence BIGINT NOT NULL UNIQUE,
    promise TEXT NOT NULL,
    ticket TEXT NOT NULL,
    customer TEXT NOT NULL,
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    kind TEXT NOT NULL,
    due_at BIGINT NOT NULL,
    text TEXT NOT NULL
);
CREATE INDEX promise_events_of_customer ON promise_events (customer, sequence) WHERE customer <> '';
CREATE INDEX promise_events_of_promise ON promise_events (promise, sequence);
CREATE INDEX promise_events_of_ticket ON promise_events (ticket, sequence) WHERE ticket <> '';

CREATE TABLE segments (
    name TEXT PRIMARY KEY NOT NULL,
    predicate TEXT NOT NULL
);

CREATE TABLE pilots (
    name TEXT PRIMARY KEY NOT NULL,
    segment TEXT NOT NULL,
    plan TEXT NOT NULL,
    share DOUBLE PRECISION NOT NULL,
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL
);

-- `records` is JSON: both customers as they were, the merged one, and the touches that were skipped.
CREATE TABLE merges (
    id TEXT PRIMARY KEY NOT NULL,
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    kept TEXT NOT NULL,
    dropped TEXT NOT NULL,
    records TEXT NOT NULL,
    undone_at BIGINT
);
CREATE INDEX merges_of_kept ON merges (kept, at, id);
CREATE INDEX merges_of_dropped ON merges (dropped, at, id);

-- Rows of the dropped customer that became the kept one's.
CREATE TABLE merge_moves (
    merge TEXT NOT NULL REFERENCES merges (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    item TEXT NOT NULL,
    PRIMARY KEY (merge, kind, item)
);
