-- Where in a forum somebody last spoke to the bot, and is answered: a topic, 0 for General, nothing where there are none.
ALTER TABLE outbox_messages ADD COLUMN topic_id BIGINT;
ALTER TABLE dialogues ADD COLUMN topic_id BIGINT;

-- Topics of orders: what their names say, and when they are to follow their orders.
CREATE TABLE order_topics (
    order_number BIGINT NOT NULL REFERENCES orders (number),
    chat_id BIGINT NOT NULL,
    topic_id BIGINT NOT NULL,
    named_status TEXT NOT NULL,
    is_closed BIGINT NOT NULL CHECK (is_closed IN (0, 1)),
    follow_due TIMESTAMPTZ,
    leased_until TIMESTAMPTZ,
    attempts BIGINT NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    PRIMARY KEY (order_number, chat_id)
);
CREATE INDEX order_topics_to_follow ON order_topics (follow_due) WHERE follow_due IS NOT NULL;
