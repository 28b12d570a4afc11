-- Messages whose words about an order were passed on, where their authors wrote them: an edit of one, and an answer to it,
-- find the order by it. Stays as long as the order.
CREATE TABLE passed_on (
    chat_id INTEGER NOT NULL,
    message_id INTEGER NOT NULL,
    order_number INTEGER NOT NULL REFERENCES orders (number),
    passed_at TEXT NOT NULL,
    PRIMARY KEY (chat_id, message_id)
) STRICT;
CREATE INDEX passed_on_by_order ON passed_on (order_number);

-- Whose words a delivered message brought, if it brought any.
ALTER TABLE order_messages ADD COLUMN source_chat INTEGER;
ALTER TABLE order_messages ADD COLUMN source_message INTEGER;
CREATE INDEX order_messages_by_source ON order_messages (source_chat, source_message) WHERE source_chat IS NOT NULL;
