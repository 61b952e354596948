-- What is watched for unusual rises, and its mentions hour by hour. An hour without a row, from `since` on, had none.
CREATE TABLE watched_series (
    id BIGINT PRIMARY KEY NOT NULL,
    brand TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    since BIGINT NOT NULL,
    UNIQUE (brand, kind, name)
);
INSERT INTO counters (name, value) VALUES ('series', 0);

CREATE TABLE series_hours (
    series BIGINT NOT NULL REFERENCES watched_series (id) ON DELETE CASCADE,
    hour BIGINT NOT NULL,
    total BIGINT NOT NULL,
    negative BIGINT NOT NULL,
    PRIMARY KEY (series, hour)
);
CREATE INDEX series_hours_by_age ON series_hours (hour);

-- Rises. Those with the same ticket are one incident.
CREATE TABLE incidents (
    ticket TEXT NOT NULL REFERENCES tickets (id) ON DELETE CASCADE,
    brand TEXT NOT NULL,
    series_kind TEXT NOT NULL,
    series_name TEXT NOT NULL,
    kind TEXT NOT NULL,
    began_at BIGINT NOT NULL,
    found_at BIGINT NOT NULL,
    ended_at BIGINT,
    expected DOUBLE PRECISION NOT NULL,
    found_with BIGINT NOT NULL,
    peak BIGINT NOT NULL,
    members BIGINT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (ticket, brand, series_kind, series_name)
);
CREATE INDEX incidents_by_age ON incidents (found_at, ticket);
CREATE INDEX incidents_running ON incidents (found_at) WHERE ended_at IS NULL;

ALTER TABLE tickets ADD COLUMN incident TEXT NOT NULL DEFAULT '';
ALTER TABLE tickets ADD COLUMN incident_runs BIGINT NOT NULL DEFAULT 0;
CREATE INDEX tickets_of_incident ON tickets (incident, opened_at, id) WHERE incident <> '';
