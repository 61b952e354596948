-- What an author has said is counted without reading the mentions themselves.
DROP INDEX mentions_of_author;
CREATE INDEX mentions_of_author ON mentions (platform, author_handle, ticket);

-- Mails to customers are mails too.
DROP INDEX outbox_mails;
CREATE INDEX outbox_mails ON outbox (created_at, id) WHERE kind IN ('escalation', 'digest', 'test', 'touch', 'survey');
