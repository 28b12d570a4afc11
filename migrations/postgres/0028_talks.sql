-- When an order was last asked about or answered: words that nothing waits for are likely about the one talked about last.
ALTER TABLE orders ADD COLUMN talked_at TIMESTAMPTZ;
UPDATE orders SET talked_at = (
    SELECT MAX(e.happened_at) FROM order_events e WHERE e.order_number = orders.number AND e.kind IN ('asked', 'answered')
)
WHERE number IN (SELECT order_number FROM order_events WHERE kind IN ('asked', 'answered'));
CREATE INDEX orders_talked ON orders (account_id, talked_at, number) WHERE talked_at IS NOT NULL;

-- Until when a topic that somebody's words opened again stays open.
ALTER TABLE order_topics ADD COLUMN open_until TIMESTAMPTZ;

-- Updates that are nobody's queue behind each other as a person's do; no person has the id 0.
DROP INDEX waiting_updates_by_person;
CREATE INDEX waiting_updates_by_person ON waiting_updates (COALESCE(person_id, 0), since, update_id);
