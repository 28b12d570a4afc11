-- Whose turn it is in a group: messages of one account take turns with those of the others, 0 is the shop's own.
ALTER TABLE outbox_messages ADD COLUMN turn_of BIGINT NOT NULL DEFAULT 0;
ALTER TABLE outbox_messages ADD COLUMN turn BIGINT NOT NULL DEFAULT 0;
-- How often Telegram refused the message for now, and since when those after it in its chat do not wait for it.
ALTER TABLE outbox_messages ADD COLUMN refusals BIGINT NOT NULL DEFAULT 0;
ALTER TABLE outbox_messages ADD COLUMN set_aside_at TIMESTAMPTZ;
UPDATE outbox_messages SET turn_of = (SELECT o.account_id FROM orders o WHERE o.number = order_number)
WHERE chat_id < 0 AND order_number IS NOT NULL AND delivery IN ('pending', 'parked');

-- A parked message is tried again, at the head of its chat.
DROP INDEX outbox_messages_pending_by_chat;
DROP INDEX outbox_messages_pending_by_due;
CREATE INDEX outbox_messages_waiting_by_chat ON outbox_messages (chat_id, turn, id)
    WHERE delivery IN ('pending', 'parked');
CREATE INDEX outbox_messages_waiting_by_turn ON outbox_messages (chat_id, turn_of, turn)
    WHERE delivery IN ('pending', 'parked');
CREATE INDEX outbox_messages_waiting_by_due ON outbox_messages (due) WHERE delivery IN ('pending', 'parked');

-- What an account has taken up of its limits.
CREATE INDEX orders_open_by_account ON orders (account_id) WHERE status IN ('placed', 'invoiced');
CREATE INDEX order_events_asked ON order_events (happened_at) WHERE kind = 'asked';
