-- What people said about verdicts. A set of its own: a mention that is forgotten takes the texts of its corrections with it, not the
-- corrections.
CREATE TABLE corrections (
    id TEXT PRIMARY KEY NOT NULL,
    mention TEXT NOT NULL,
    brand TEXT NOT NULL,
    language TEXT NOT NULL,
    text TEXT NOT NULL,
    what TEXT NOT NULL,
    rule TEXT NOT NULL,
    right_value TEXT NOT NULL,
    was_value TEXT NOT NULL,
    person TEXT NOT NULL,
    at BIGINT NOT NULL,
    undone_at BIGINT
);
CREATE INDEX corrections_of_mention ON corrections (mention, what, rule, at, id);
CREATE INDEX corrections_by_age ON corrections (what, at, id) WHERE undone_at IS NULL;
