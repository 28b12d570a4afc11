-- What lists and figures ask of every order stands with the order: its keys, and what it was invoiced for last.
ALTER TABLE orders ADD COLUMN keys BIGINT NOT NULL DEFAULT 0 CHECK (keys >= 0);
ALTER TABLE orders ADD COLUMN invoiced BIGINT CHECK (invoiced >= 0);
UPDATE orders SET keys = counted.keys
FROM (SELECT order_number, SUM(quantity) AS keys FROM order_lines GROUP BY order_number) AS counted
WHERE counted.order_number = orders.number;
UPDATE orders SET invoiced = last.invoiced
FROM (
    SELECT DISTINCT ON (order_number) order_number, invoiced FROM order_events WHERE invoiced IS NOT NULL
    ORDER BY order_number, id DESC
) AS last
WHERE last.order_number = orders.number;
CREATE INDEX orders_by_status ON orders (account_id, status, number);
-- With the status, since a planner prefers an index that has all that it asks for, were it of every order.
DROP INDEX orders_open;
CREATE INDEX orders_open ON orders (number, status) WHERE status IN ('placed', 'invoiced');

-- What the orders of an hour come to, by the hours since 1970 in which they were placed. Amounts stand in two parts, since the
-- sum of very many has no room in 64 bits.
CREATE TABLE order_figures (
    hour BIGINT NOT NULL,
    status TEXT NOT NULL,
    currency TEXT NOT NULL,
    orders BIGINT NOT NULL,
    keys BIGINT NOT NULL,
    millions BIGINT NOT NULL,
    rest BIGINT NOT NULL,
    invoices BIGINT NOT NULL,
    invoiced_millions BIGINT NOT NULL,
    invoiced_rest BIGINT NOT NULL,
    PRIMARY KEY (hour, status, currency)
);

-- What was added to an hour since, or taken from it: rows of their own, so that no two orders wait for each other. They are
-- added to the figures from time to time.
CREATE TABLE order_figure_changes (
    id BIGINT NOT NULL GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    hour BIGINT NOT NULL,
    status TEXT NOT NULL,
    currency TEXT NOT NULL,
    orders BIGINT NOT NULL,
    keys BIGINT NOT NULL,
    millions BIGINT NOT NULL,
    rest BIGINT NOT NULL,
    invoices BIGINT NOT NULL,
    invoiced_millions BIGINT NOT NULL,
    invoiced_rest BIGINT NOT NULL
);
CREATE INDEX order_figure_changes_by_hour ON order_figure_changes (hour);

INSERT INTO order_figures (hour, status, currency, orders, keys, millions, rest, invoices, invoiced_millions, invoiced_rest)
SELECT CAST(FLOOR(EXTRACT(EPOCH FROM placed_at) / 3600) AS BIGINT), status, currency, COUNT(*), SUM(keys),
    SUM(total / 1000000), SUM(total % 1000000), COUNT(invoiced), COALESCE(SUM(invoiced / 1000000), 0),
    COALESCE(SUM(invoiced % 1000000), 0)
FROM orders GROUP BY 1, 2, 3;

-- The database itself keeps the figures, so that they follow whatever changes an order.
CREATE FUNCTION count_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        INSERT INTO order_figure_changes
            (hour, status, currency, orders, keys, millions, rest, invoices, invoiced_millions, invoiced_rest)
        VALUES (CAST(FLOOR(EXTRACT(EPOCH FROM OLD.placed_at) / 3600) AS BIGINT), OLD.status, OLD.currency, -1, -OLD.keys,
            -(OLD.total / 1000000), -(OLD.total % 1000000), CASE WHEN OLD.invoiced IS NULL THEN 0 ELSE -1 END,
            -COALESCE(OLD.invoiced / 1000000, 0), -COALESCE(OLD.invoiced % 1000000, 0));
    END IF;
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO order_figure_changes
            (hour, status, currency, orders, keys, millions, rest, invoices, invoiced_millions, invoiced_rest)
        VALUES (CAST(FLOOR(EXTRACT(EPOCH FROM NEW.placed_at) / 3600) AS BIGINT), NEW.status, NEW.currency, 1, NEW.keys,
            NEW.total / 1000000, NEW.total % 1000000, CASE WHEN NEW.invoiced IS NULL THEN 0 ELSE 1 END,
            COALESCE(NEW.invoiced / 1000000, 0), COALESCE(NEW.invoiced % 1000000, 0));
    END IF;
    RETURN NULL;
END;
$$;
CREATE TRIGGER orders_counted AFTER INSERT OR DELETE ON orders FOR EACH ROW EXECUTE FUNCTION count_order();
CREATE TRIGGER orders_counted_anew AFTER UPDATE OF placed_at, status, currency, total, keys, invoiced ON orders FOR EACH ROW
WHEN (OLD.status <> NEW.status OR OLD.invoiced IS DISTINCT FROM NEW.invoiced OR OLD.total <> NEW.total
    OR OLD.keys <> NEW.keys OR OLD.currency <> NEW.currency OR OLD.placed_at <> NEW.placed_at)
EXECUTE FUNCTION count_order();

-- The products of which an account was given serial numbers.
CREATE TABLE account_products (
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    sku TEXT NOT NULL,
    PRIMARY KEY (account_id, sku)
);
INSERT INTO account_products (account_id, sku)
SELECT DISTINCT o.account_id, l.sku FROM orders o JOIN order_lines l ON l.order_number = o.number WHERE o.status = 'completed';

-- Whether texts that a release without a search wrote are still to be made searchable: once for each database.
INSERT INTO counters (name, value) VALUES ('unsearchable', 1);

-- Which texts have three characters in a row is an index of an extension, which a start makes where it may (store/trigrams.rs).

-- What a process that ended had in hand to draw is found at the next start without reading every dialogue. A dialogue that was
-- closed while it was drawn has a lease, and is not behind.
DROP INDEX dialogues_to_redraw;
CREATE INDEX dialogues_to_redraw ON dialogues (redraw_due) WHERE shown_version < version OR leased_until IS NOT NULL;
