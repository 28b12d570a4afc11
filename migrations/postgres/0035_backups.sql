-- What is known of the backups that the bot takes by itself: since when it does, when the last good one was taken, and when the
-- staff were told that there is none.
CREATE TABLE backup_watch (
    id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    since TIMESTAMPTZ NOT NULL,
    taken_at TIMESTAMPTZ,
    announced_at TIMESTAMPTZ
);
