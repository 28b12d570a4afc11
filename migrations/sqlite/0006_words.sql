-- Tables and columns take the words of the code.
ALTER TABLE taken_updates RENAME TO processed_updates;
ALTER TABLE processed_updates RENAME COLUMN taken_at TO processed_at;
DROP INDEX taken_updates_by_age;
CREATE INDEX processed_updates_by_age ON processed_updates (processed_at);

ALTER TABLE dead_letters RENAME COLUMN buried_at TO dead_at;

ALTER TABLE billing RENAME COLUMN firm TO company;

ALTER TABLE serial_numbers RENAME COLUMN given_at TO issued_at;
DROP INDEX serial_numbers_given;
CREATE INDEX serial_numbers_issued ON serial_numbers (order_number, sku, serial) WHERE order_number IS NOT NULL;

-- The audit trail: one row for each action, the placing included. The kind is the action without its particulars, for
-- queries; the action is JSON with its schema version. SQLite changes no CHECK in place.
CREATE TABLE order_events_anew (
    id INTEGER NOT NULL PRIMARY KEY,
    order_number INTEGER NOT NULL REFERENCES orders (number),
    happened_at TEXT NOT NULL,
    actor_id INTEGER NOT NULL,
    actor_name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('customer', 'staff', 'admin', 'system')),
    from_status TEXT CHECK (from_status IN ('placed', 'invoiced', 'completed', 'cancelled')),
    to_status TEXT NOT NULL CHECK (to_status IN ('placed', 'invoiced', 'completed', 'cancelled')),
    kind TEXT NOT NULL,
    action TEXT NOT NULL
) STRICT;
INSERT INTO order_events_anew
    (id, order_number, happened_at, actor_id, actor_name, role, from_status, to_status, kind, action)
SELECT id, order_number, happened_at, actor_id, actor_name, role, from_status, to_status,
    CASE
        WHEN deed IS NULL THEN 'placed'
        WHEN json_type(deed) = 'text' THEN json_extract(deed, '$')
        ELSE (SELECT one.key FROM json_each(deed) AS one LIMIT 1)
    END,
    '{"v":1,"body":' || COALESCE(deed, '"placed"') || '}'
FROM order_events ORDER BY id;
DROP TABLE order_events;
ALTER TABLE order_events_anew RENAME TO order_events;
CREATE INDEX order_events_by_order ON order_events (order_number, id);

-- The outbox: one message for one recipient, rendered when it is delivered. parked_at stays when the message arrives in
-- the end, so that staff learn of it.
CREATE TABLE outbox_messages (
    id INTEGER NOT NULL PRIMARY KEY,
    chat_id INTEGER NOT NULL,
    order_number INTEGER REFERENCES orders (number),
    body TEXT NOT NULL,
    posted_at TEXT NOT NULL,
    delivery TEXT NOT NULL CHECK (delivery IN ('pending', 'sent', 'dead', 'parked')),
    due TEXT NOT NULL,
    leased_until TEXT,
    attempts INTEGER NOT NULL CHECK (attempts >= 0),
    sending TEXT NOT NULL CHECK (sending IN ('first', 'possible_duplicate')),
    message_id INTEGER,
    error TEXT,
    settled_at TEXT,
    parked_at TEXT,
    CHECK ((delivery = 'pending') = (settled_at IS NULL)),
    CHECK ((delivery = 'sent') = (message_id IS NOT NULL)),
    CHECK ((delivery = 'dead') = (error IS NOT NULL))
) STRICT;
INSERT INTO outbox_messages (id, chat_id, order_number, body, posted_at, delivery, due, leased_until, attempts, sending,
    message_id, error, settled_at, parked_at)
SELECT id, chat_id, order_number, fact, posted_at, CASE delivery WHEN 'unreachable' THEN 'parked' ELSE delivery END, due,
    leased_until, attempts, CASE repeat WHEN 'first' THEN 'first' ELSE 'possible_duplicate' END,
    message_id, error, settled_at, laid_aside_at
FROM notices ORDER BY id;
DROP TABLE notices;
CREATE INDEX outbox_messages_pending_by_chat ON outbox_messages (chat_id, id) WHERE delivery = 'pending';
CREATE INDEX outbox_messages_pending_by_due ON outbox_messages (due) WHERE delivery = 'pending';
CREATE INDEX outbox_messages_parked ON outbox_messages (chat_id) WHERE delivery = 'parked';
CREATE INDEX outbox_messages_by_order ON outbox_messages (order_number, id) WHERE order_number IS NOT NULL;
CREATE INDEX outbox_messages_by_message ON outbox_messages (chat_id, message_id) WHERE message_id IS NOT NULL;
CREATE INDEX outbox_messages_settled ON outbox_messages (settled_at) WHERE settled_at IS NOT NULL;
