-- Tables and columns take the words of the code.
ALTER TABLE taken_updates RENAME TO processed_updates;
ALTER TABLE processed_updates RENAME COLUMN taken_at TO processed_at;
ALTER INDEX taken_updates_pkey RENAME TO processed_updates_pkey;
ALTER INDEX taken_updates_by_age RENAME TO processed_updates_by_age;

ALTER TABLE dead_letters RENAME COLUMN buried_at TO dead_at;

ALTER TABLE billing RENAME COLUMN firm TO company;

ALTER TABLE serial_numbers RENAME COLUMN given_at TO issued_at;
ALTER INDEX serial_numbers_given RENAME TO serial_numbers_issued;

-- The audit trail: one row for each action, the placing included. The kind is the action without its particulars, for
-- queries; the action is JSON with its schema version.
ALTER TABLE order_events RENAME COLUMN deed TO action;
ALTER TABLE order_events ADD COLUMN kind TEXT;
ALTER TABLE order_events DROP CONSTRAINT order_events_role_check;
ALTER TABLE order_events ADD CONSTRAINT order_events_role_check
    CHECK (role IN ('customer', 'staff', 'admin', 'system'));
-- The first word in quotes: of "taken", and of {"invoiced":…}.
UPDATE order_events SET
    kind = split_part(COALESCE(action, '"placed"'), '"', 2),
    action = '{"v":1,"body":' || COALESCE(action, '"placed"') || '}';
ALTER TABLE order_events ALTER COLUMN kind SET NOT NULL;
ALTER TABLE order_events ALTER COLUMN action SET NOT NULL;

-- The outbox: one message for one recipient, rendered when it is delivered. parked_at stays when the message arrives in
-- the end, so that staff learn of it.
ALTER TABLE notices RENAME TO outbox_messages;
ALTER TABLE outbox_messages RENAME COLUMN fact TO body;
ALTER TABLE outbox_messages RENAME COLUMN repeat TO sending;
ALTER TABLE outbox_messages RENAME COLUMN laid_aside_at TO parked_at;
ALTER TABLE outbox_messages DROP CONSTRAINT notices_delivery_check;
ALTER TABLE outbox_messages DROP CONSTRAINT notices_repeat_check;
UPDATE outbox_messages SET delivery = 'parked' WHERE delivery = 'unreachable';
UPDATE outbox_messages SET sending = 'possible_duplicate' WHERE sending <> 'first';
ALTER TABLE outbox_messages ADD CONSTRAINT outbox_messages_delivery_check
    CHECK (delivery IN ('pending', 'sent', 'dead', 'parked'));
ALTER TABLE outbox_messages ADD CONSTRAINT outbox_messages_sending_check
    CHECK (sending IN ('first', 'possible_duplicate'));
ALTER INDEX notices_pkey RENAME TO outbox_messages_pkey;
ALTER INDEX notices_pending_by_chat RENAME TO outbox_messages_pending_by_chat;
ALTER INDEX notices_pending_by_due RENAME TO outbox_messages_pending_by_due;
ALTER INDEX notices_by_order RENAME TO outbox_messages_by_order;
ALTER INDEX notices_by_message RENAME TO outbox_messages_by_message;
DROP INDEX notices_unreachable;
CREATE INDEX outbox_messages_parked ON outbox_messages (chat_id) WHERE delivery = 'parked';
CREATE INDEX outbox_messages_settled ON outbox_messages (settled_at) WHERE settled_at IS NOT NULL;
