-- When an update failed by itself for the first time; null while it only waits behind another one.
ALTER TABLE waiting_updates ADD COLUMN failing_since TEXT;
UPDATE waiting_updates SET failing_since = since WHERE tries > 0;

-- Of whose waiting updates the staff chat was told; 0 stands for updates that are nobody's. A row goes when none of theirs waits.
CREATE TABLE announced_waits (
    person_id INTEGER NOT NULL PRIMARY KEY,
    announced_at TEXT NOT NULL
) STRICT;

-- How a staff chat is to be entered, as Telegram said last, and when: null for its members alone. SQLite changes no column in place.
CREATE TABLE staff_chats (
    chat_id INTEGER NOT NULL PRIMARY KEY,
    openness TEXT CHECK (openness IN ('channel', 'public_group')),
    seen_at TEXT NOT NULL
) STRICT;
INSERT INTO staff_chats (chat_id, openness, seen_at) SELECT chat_id, openness, since FROM open_chats;
DROP TABLE open_chats;
