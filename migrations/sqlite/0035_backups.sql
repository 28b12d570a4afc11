-- What is known of the backups that the bot takes by itself: since when it does, when the last good one was taken, and when the
-- staff were told that there is none.
CREATE TABLE backup_watch (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    since TEXT NOT NULL,
    taken_at TEXT,
    announced_at TEXT
) STRICT;
