-- What was done, as JSON, beside the statuses that it led between; rows without it are placings.
ALTER TABLE order_events ADD COLUMN deed TEXT;

-- When its reader could not be reached; stays when the notice arrives in the end, so that staff learn of it.
ALTER TABLE notices ADD COLUMN laid_aside_at TEXT;
CREATE INDEX notices_by_message ON notices (chat_id, message_id) WHERE message_id IS NOT NULL;

-- Files that somebody sent and that are still to be fetched and worked on; a row goes with its work.
CREATE TABLE file_jobs (
    id INTEGER NOT NULL PRIMARY KEY,
    chat_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    file_id TEXT NOT NULL,
    purpose TEXT NOT NULL,
    due TEXT NOT NULL,
    leased_until TEXT,
    attempts INTEGER NOT NULL CHECK (attempts >= 0)
) STRICT;
CREATE INDEX file_jobs_by_due ON file_jobs (due);

-- Admins beside those of the configuration; who was dismissed stays, so that it is known.
CREATE TABLE appointed_admins (
    person_id INTEGER NOT NULL PRIMARY KEY,
    appointed_by INTEGER NOT NULL,
    appointed_at TEXT NOT NULL,
    dismissed_by INTEGER,
    dismissed_at TEXT,
    CHECK ((dismissed_by IS NULL) = (dismissed_at IS NULL))
) STRICT;

-- Price lists that somebody sent and that nobody has applied yet; against is the list that they were compared with.
CREATE TABLE proposed_price_lists (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    source TEXT NOT NULL,
    against INTEGER NOT NULL REFERENCES price_lists (id),
    proposed_by INTEGER NOT NULL,
    proposed_at TEXT NOT NULL
) STRICT;

-- What people search orders by, in lower case: SQLite folds ASCII letters only. A row each for a person's names and for an
-- order's note, written with them.
CREATE TABLE search_texts (
    subject TEXT NOT NULL CHECK (subject IN ('person', 'order')),
    id INTEGER NOT NULL,
    folded TEXT NOT NULL,
    PRIMARY KEY (subject, id)
) STRICT, WITHOUT ROWID;

-- The orders that wait for staff, oldest first.
CREATE INDEX orders_open ON orders (number) WHERE status IN ('placed', 'invoiced');
