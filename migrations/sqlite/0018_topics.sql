-- Where in a forum somebody last spoke to the bot, and is answered: a topic, 0 for General, nothing where there are none.
ALTER TABLE outbox_messages ADD COLUMN topic_id INTEGER;
ALTER TABLE dialogues ADD COLUMN topic_id INTEGER;

-- Topics of orders: what their names say, and when they are to follow their orders.
CREATE TABLE order_topics (
    order_number INTEGER NOT NULL REFERENCES orders (number),
    chat_id INTEGER NOT NULL,
    topic_id INTEGER NOT NULL,
    named_status TEXT NOT NULL,
    is_closed INTEGER NOT NULL CHECK (is_closed IN (0, 1)),
    follow_due TEXT,
    leased_until TEXT,
    attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    PRIMARY KEY (order_number, chat_id)
) STRICT;
CREATE INDEX order_topics_to_follow ON order_topics (follow_due) WHERE follow_due IS NOT NULL;
