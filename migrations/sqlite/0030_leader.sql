-- The processes that share this database: each counts its beats, and one whose count stands still is gone.
CREATE TABLE replicas (
    id INTEGER NOT NULL PRIMARY KEY,
    beats INTEGER NOT NULL
) STRICT;

-- The one of them that leads, and what it sent to groups within the last minute. The beats count renewals and changes.
CREATE TABLE leader (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    replica INTEGER,
    beats INTEGER NOT NULL,
    groups TEXT NOT NULL
) STRICT;
INSERT INTO leader (id, replica, beats, groups) VALUES (1, NULL, 0, '{}');

-- Chats that rest after a 429, whichever replica met it.
CREATE TABLE resting_chats (
    chat_id INTEGER NOT NULL PRIMARY KEY,
    rests_until TEXT NOT NULL
) STRICT;
