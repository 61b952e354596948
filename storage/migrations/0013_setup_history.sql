-- What was changed in the setup, by whom: each item as TOML before and after. Empty: it was not there.
CREATE TABLE setup_history (
    number BIGINT PRIMARY KEY NOT NULL,
    at BIGINT NOT NULL,
    person TEXT NOT NULL,
    way TEXT NOT NULL,
    restores BIGINT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    change TEXT NOT NULL,
    before_body TEXT NOT NULL,
    after_body TEXT NOT NULL
);
CREATE INDEX setup_history_of_item ON setup_history (kind, name, number);
CREATE INDEX setup_history_by_age ON setup_history (at);
INSERT INTO counters (name, value) VALUES ('setup_version', 0);

-- What people said about verdicts within a time, whatever it was about.
CREATE INDEX corrections_of_time ON corrections (at) WHERE undone_at IS NULL;
