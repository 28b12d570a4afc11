-- Updates that fail while others pass, or that are to be tried again by a command: the intake takes them from here, each
-- person's in order.
CREATE TABLE waiting_updates (
    update_id BIGINT NOT NULL PRIMARY KEY,
    person_id BIGINT,
    raw TEXT NOT NULL,
    error TEXT NOT NULL,
    since TIMESTAMPTZ NOT NULL,
    due TIMESTAMPTZ NOT NULL,
    tries BIGINT NOT NULL CHECK (tries >= 0)
);
CREATE INDEX waiting_updates_by_person ON waiting_updates (person_id, since, update_id);

-- Whose they are, and when the staff chat was told of them.
ALTER TABLE dead_letters ADD COLUMN person_id BIGINT;
ALTER TABLE dead_letters ADD COLUMN announced_at TIMESTAMPTZ;
