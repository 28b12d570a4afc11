-- Who wrote what was passed on, and the album that it was a part of: what the same person writes soon after it may go on with it.
-- Not known of what was passed on before.
ALTER TABLE passed_on ADD COLUMN person_id INTEGER;
ALTER TABLE passed_on ADD COLUMN album TEXT;
CREATE INDEX passed_on_by_person ON passed_on (chat_id, person_id, passed_at) WHERE person_id IS NOT NULL;

-- Chats that do not let the bot react to messages, and since when that is known.
CREATE TABLE reactions_refused (
    chat_id INTEGER PRIMARY KEY NOT NULL,
    refused_at TEXT NOT NULL
) STRICT;
