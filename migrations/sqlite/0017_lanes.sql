-- Who waits for a message: 0 somebody who just did something, 1 somebody who is to know, 2 nobody at this moment.
ALTER TABLE outbox_messages ADD COLUMN lane INTEGER NOT NULL DEFAULT 1;
DROP INDEX outbox_messages_waiting_by_chat;
CREATE INDEX outbox_messages_waiting_by_chat ON outbox_messages (chat_id, lane, turn, id)
    WHERE delivery IN ('pending', 'parked');
CREATE INDEX outbox_messages_flying ON outbox_messages (chat_id, leased_until)
    WHERE leased_until IS NOT NULL AND delivery IN ('pending', 'parked');

-- The version that its person's own step led to: until that is shown, they wait for it.
ALTER TABLE dialogues ADD COLUMN acted_version INTEGER NOT NULL DEFAULT 0;

-- Alerts that were told together: the message that names their orders, and when it is to show what became of them.
CREATE TABLE digests (
    chat_id INTEGER NOT NULL,
    message_id INTEGER NOT NULL,
    sent_at TEXT NOT NULL,
    refresh_due TEXT,
    leased_until TEXT,
    attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    PRIMARY KEY (chat_id, message_id)
) STRICT;
CREATE INDEX digests_to_refresh ON digests (refresh_due) WHERE refresh_due IS NOT NULL;
CREATE TABLE digest_lines (
    order_number INTEGER NOT NULL REFERENCES orders (number),
    chat_id INTEGER NOT NULL,
    message_id INTEGER NOT NULL,
    PRIMARY KEY (order_number, chat_id),
    FOREIGN KEY (chat_id, message_id) REFERENCES digests (chat_id, message_id)
) STRICT;
CREATE INDEX digest_lines_by_message ON digest_lines (chat_id, message_id, order_number);
