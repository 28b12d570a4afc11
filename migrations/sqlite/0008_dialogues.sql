-- Drafts outlive dialogues: one for each person, as JSON with its schema version.
CREATE TABLE drafts (
    person_id INTEGER NOT NULL PRIMARY KEY,
    draft_id INTEGER NOT NULL,
    draft TEXT NOT NULL,
    saved_at TEXT NOT NULL
) STRICT;
INSERT INTO drafts (person_id, draft_id, draft, saved_at)
SELECT person_id, json_extract(state, '$.dialogue.draft.id'),
    '{"v":1,"draft":' || json_extract(state, '$.dialogue.draft') || '}', saved_at
FROM dialogues
WHERE chat_id = person_id AND CASE WHEN json_valid(state) THEN json_type(state, '$.dialogue.draft') = 'object' END;

-- One row for a person in a chat and the seat that they take there: an admin in private can have two. The screen is to be
-- drawn while shown_version is behind version, and again when what it watches changes: order:449, orders or stock.
CREATE TABLE dialogues_anew (
    chat_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    seat TEXT NOT NULL CHECK (seat IN ('customer', 'vendor')),
    version INTEGER NOT NULL CHECK (version > 0),
    state TEXT NOT NULL,
    saved_at TEXT NOT NULL,
    watches TEXT,
    message_id INTEGER,
    message_since INTEGER,
    lasting TEXT NOT NULL CHECK (lasting IN ('transient', 'kept')),
    fresh_from INTEGER NOT NULL,
    retiring INTEGER,
    shown_version INTEGER NOT NULL CHECK (shown_version <= version),
    redraw_due TEXT NOT NULL,
    leased_until TEXT,
    attempts INTEGER NOT NULL CHECK (attempts >= 0),
    PRIMARY KEY (chat_id, person_id, seat),
    CHECK (seat = 'vendor' OR chat_id > 0),
    CHECK ((message_id IS NULL) = (message_since IS NULL))
) STRICT;
INSERT INTO dialogues_anew (chat_id, person_id, seat, version, state, saved_at, watches, message_id, message_since, lasting,
    fresh_from, retiring, shown_version, redraw_due, leased_until, attempts)
SELECT chat_id, person_id,
    CASE WHEN chat_id < 0 OR json_type(place, '$.staff') IS NOT NULL THEN 'vendor' ELSE 'customer' END,
    version, state, saved_at,
    CASE
        WHEN json_type(place, '$.staff.admin.reading_queue') IS NOT NULL
            OR json_type(place, '$.staff.admin.reading_findings') IS NOT NULL THEN 'orders'
        WHEN json_type(place, '$.staff.admin.reading_stock') IS NOT NULL THEN 'stock'
        ELSE 'order:' || COALESCE(
            json_extract(place, '$.staff.reading_order'),
            json_extract(place, '$.staff.waiting_for_invoice.order'),
            json_extract(place, '$.staff.waiting_for_serials.order'),
            json_extract(place, '$.staff.waiting_for_reason.order'),
            json_extract(place, '$.staff.confirming_cancel[0].order'))
    END,
    message_id, message_since, lasting, fresh_from, retiring, shown_version, redraw_due, leased_until, attempts
FROM (
    SELECT *, CASE WHEN json_valid(state) THEN state -> '$.dialogue.place' END AS place FROM dialogues
);
DROP TABLE dialogues;
ALTER TABLE dialogues_anew RENAME TO dialogues;
CREATE INDEX dialogues_to_redraw ON dialogues (redraw_due) WHERE shown_version < version;
CREATE INDEX dialogues_watching ON dialogues (watches) WHERE watches IS NOT NULL;

ALTER TABLE broken_dialogues ADD COLUMN seat TEXT NOT NULL DEFAULT 'customer' CHECK (seat IN ('customer', 'vendor'));
UPDATE broken_dialogues SET seat = 'vendor' WHERE chat_id < 0;
CREATE INDEX broken_dialogues_by_age ON broken_dialogues (set_aside_at);

-- Only the vendor's people send files that are worked on.
ALTER TABLE file_jobs ADD COLUMN seat TEXT NOT NULL DEFAULT 'vendor' CHECK (seat IN ('customer', 'vendor'));
