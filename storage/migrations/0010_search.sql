-- What the search index is still to learn, or to learn anew; written with the change itself, so that no crash loses it.
CREATE TABLE search_queue (
    item TEXT PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL
);

-- What stands in the index and where: places are in order of time. The index itself belongs to the engine.
CREATE TABLE search_documents (
    place BIGINT PRIMARY KEY NOT NULL,
    item TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL
);

INSERT INTO search_queue (item, kind) SELECT id, 'mention' FROM mentions WHERE deleted = 0;
INSERT INTO search_queue (item, kind)
SELECT id, 'event' FROM ticket_events
WHERE text <> '' AND mention = '' AND kind IN ('noted', 'replied', 'answered_elsewhere', 'call_held');
