-- What a delivered message about an order became: people answer it, and it is edited when the order changes. Stays as
-- long as the order.
CREATE TABLE order_messages (
    chat_id INTEGER NOT NULL,
    message_id INTEGER NOT NULL,
    order_number INTEGER NOT NULL REFERENCES orders (number),
    kind TEXT NOT NULL CHECK (kind IN ('alert', 'question', 'notification')),
    sent_at TEXT NOT NULL,
    PRIMARY KEY (chat_id, message_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX order_messages_by_order ON order_messages (order_number, chat_id, kind, sent_at);
-- A message that was edited stands in the outbox once for each edit.
INSERT INTO order_messages (chat_id, message_id, order_number, kind, sent_at)
SELECT chat_id, message_id, order_number,
    CASE
        WHEN body LIKE '{"order_placed":%' OR body LIKE '{"order_changed":%' THEN 'alert'
        WHEN body LIKE '{"customer_asked":%' THEN 'question'
        ELSE 'notification'
    END,
    settled_at
FROM outbox_messages WHERE id IN (
    SELECT MAX(id) FROM outbox_messages
    WHERE delivery = 'sent' AND order_number IS NOT NULL GROUP BY chat_id, message_id
);

-- What the outbox keeps as JSON says its schema version.
UPDATE outbox_messages SET body = '{"v":1,"body":' || body || '}';
