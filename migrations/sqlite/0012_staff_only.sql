-- What Telegram said last of somebody's place in a staff chat, and when; whoever acts there is asked about anew after minutes.
CREATE TABLE staff_standings (
    chat_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    standing TEXT NOT NULL CHECK (standing IN ('member', 'anonymous', 'outside')),
    seen_at TEXT NOT NULL,
    PRIMARY KEY (chat_id, person_id)
) STRICT;

-- Staff chats that turned out to be open to anybody; a row goes when its chat is closed again.
CREATE TABLE open_chats (
    chat_id INTEGER NOT NULL PRIMARY KEY,
    openness TEXT NOT NULL CHECK (openness IN ('channel', 'public_group')),
    since TEXT NOT NULL
) STRICT;

-- A username belongs to whoever was seen with it last. Who that was of several is not known any more, so it is nobody's until
-- one of them is seen with it again.
UPDATE people SET username = NULL WHERE LOWER(username) IN (
    SELECT LOWER(username) FROM people WHERE username IS NOT NULL GROUP BY LOWER(username) HAVING COUNT(*) > 1
);
CREATE INDEX people_by_username ON people (LOWER(username)) WHERE username IS NOT NULL;

-- What admins did beside orders. Whom it was done to is named by id only: rows never change, and a name may have to be erased.
CREATE TABLE audit (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    happened_at TEXT NOT NULL,
    actor_id INTEGER NOT NULL,
    actor_name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('admin', 'system')),
    subject_id INTEGER,
    action TEXT NOT NULL
) STRICT;
CREATE TRIGGER audit_rows_stay_as_they_are BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE(ABORT, 'rows of the audit never change');
END;
CREATE TRIGGER audit_rows_stay BEFORE DELETE ON audit
BEGIN
    SELECT RAISE(ABORT, 'rows of the audit never go');
END;
