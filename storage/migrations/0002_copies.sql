-- How copies of a text are recognised, and of which mention one is a copy.
ALTER TABLE mentions ADD COLUMN sketch TEXT NOT NULL DEFAULT '';
ALTER TABLE mentions ADD COLUMN copy_of TEXT NOT NULL DEFAULT '';
CREATE INDEX mentions_copies ON mentions (copy_of, created_at, id) WHERE copy_of <> '';

-- What an author has said to us before.
CREATE INDEX mentions_of_author ON mentions (platform, author_handle);
