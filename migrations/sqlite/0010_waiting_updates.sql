-- Updates that fail while others pass, or that are to be tried again by a command: the intake takes them from here, each
-- person's in order.
CREATE TABLE waiting_updates (
    update_id INTEGER NOT NULL PRIMARY KEY,
    person_id INTEGER,
    raw TEXT NOT NULL,
    error TEXT NOT NULL,
    since TEXT NOT NULL,
    due TEXT NOT NULL,
    tries INTEGER NOT NULL CHECK (tries >= 0)
) STRICT;
CREATE INDEX waiting_updates_by_person ON waiting_updates (person_id, since, update_id);

-- Whose they are, and when the staff chat was told of them.
ALTER TABLE dead_letters ADD COLUMN person_id INTEGER;
ALTER TABLE dead_letters ADD COLUMN announced_at TEXT;
