-- A state that is no JSON, which the next input sets aside, must not stop the migration.
CREATE FUNCTION pg_temp.dialogue_in(state TEXT) RETURNS JSONB LANGUAGE plpgsql AS $$
BEGIN
    RETURN state::jsonb -> 'dialogue';
EXCEPTION WHEN OTHERS THEN
    RETURN NULL;
END $$;

-- Drafts outlive dialogues: one for each person, as JSON with its schema version.
CREATE TABLE drafts (
    person_id BIGINT NOT NULL PRIMARY KEY,
    draft_id BIGINT NOT NULL,
    draft TEXT NOT NULL,
    saved_at TIMESTAMPTZ NOT NULL
);
INSERT INTO drafts (person_id, draft_id, draft, saved_at)
SELECT person_id, (pg_temp.dialogue_in(state) -> 'draft' ->> 'id')::bigint,
    '{"v":1,"draft":' || (pg_temp.dialogue_in(state) -> 'draft')::text || '}', saved_at
FROM dialogues
WHERE chat_id = person_id AND jsonb_typeof(pg_temp.dialogue_in(state) -> 'draft') = 'object';

-- One row for a person in a chat and the seat that they take there: an admin in private can have two. The screen is to be
-- drawn while shown_version is behind version, and again when what it watches changes: order:449, orders or stock.
ALTER TABLE dialogues ADD COLUMN seat TEXT;
ALTER TABLE dialogues ADD COLUMN watches TEXT;
UPDATE dialogues SET
    seat = CASE WHEN dialogues.chat_id < 0 OR stood.staff IS NOT NULL THEN 'vendor' ELSE 'customer' END,
    watches = CASE
        WHEN stood.staff -> 'admin' -> 'reading_queue' IS NOT NULL
            OR stood.staff -> 'admin' -> 'reading_findings' IS NOT NULL THEN 'orders'
        WHEN stood.staff -> 'admin' -> 'reading_stock' IS NOT NULL THEN 'stock'
        ELSE 'order:' || COALESCE(
            stood.staff ->> 'reading_order',
            stood.staff -> 'waiting_for_invoice' ->> 'order',
            stood.staff -> 'waiting_for_serials' ->> 'order',
            stood.staff -> 'waiting_for_reason' ->> 'order',
            stood.staff -> 'confirming_cancel' -> 0 ->> 'order')
    END
FROM (SELECT chat_id, person_id, pg_temp.dialogue_in(state) -> 'place' -> 'staff' AS staff FROM dialogues) AS stood
WHERE stood.chat_id = dialogues.chat_id AND stood.person_id = dialogues.person_id;
ALTER TABLE dialogues ALTER COLUMN seat SET NOT NULL;
ALTER TABLE dialogues ADD CONSTRAINT dialogues_seat_check CHECK (seat IN ('customer', 'vendor'));
ALTER TABLE dialogues ADD CONSTRAINT dialogues_group_check CHECK (seat = 'vendor' OR chat_id > 0);
ALTER TABLE dialogues DROP CONSTRAINT dialogues_pkey;
ALTER TABLE dialogues ADD CONSTRAINT dialogues_pkey PRIMARY KEY (chat_id, person_id, seat);
CREATE INDEX dialogues_watching ON dialogues (watches) WHERE watches IS NOT NULL;

ALTER TABLE broken_dialogues ADD COLUMN seat TEXT NOT NULL DEFAULT 'customer' CHECK (seat IN ('customer', 'vendor'));
UPDATE broken_dialogues SET seat = 'vendor' WHERE chat_id < 0;
CREATE INDEX broken_dialogues_by_age ON broken_dialogues (set_aside_at);

-- Only the vendor's people send files that are worked on.
ALTER TABLE file_jobs ADD COLUMN seat TEXT NOT NULL DEFAULT 'vendor' CHECK (seat IN ('customer', 'vendor'));

DROP FUNCTION pg_temp.dialogue_in(TEXT);
