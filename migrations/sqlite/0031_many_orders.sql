-- What lists and figures ask of every order stands with the order: its keys, and what it was invoiced for last.
ALTER TABLE orders ADD COLUMN keys INTEGER NOT NULL DEFAULT 0 CHECK (keys >= 0);
ALTER TABLE orders ADD COLUMN invoiced INTEGER CHECK (invoiced >= 0);
UPDATE orders SET
    keys = (SELECT COALESCE(SUM(l.quantity), 0) FROM order_lines l WHERE l.order_number = orders.number),
    invoiced = (
        SELECT e.invoiced FROM order_events e WHERE e.order_number = orders.number AND e.invoiced IS NOT NULL
        ORDER BY e.id DESC LIMIT 1
    );
CREATE INDEX orders_by_status ON orders (account_id, status, number);
-- With the status, since a planner prefers an index that has all that it asks for, were it of every order.
DROP INDEX orders_open;
CREATE INDEX orders_open ON orders (number, status) WHERE status IN ('placed', 'invoiced');

-- What the orders of an hour come to, by the hours since 1970 in which they were placed. Amounts stand in two parts, since the
-- sum of very many has no room in 64 bits.
CREATE TABLE order_figures (
    hour INTEGER NOT NULL,
    status TEXT NOT NULL,
    currency TEXT NOT NULL,
    orders INTEGER NOT NULL,
    keys INTEGER NOT NULL,
    millions INTEGER NOT NULL,
    rest INTEGER NOT NULL,
    invoices INTEGER NOT NULL,
    invoiced_millions INTEGER NOT NULL,
    invoiced_rest INTEGER NOT NULL,
    PRIMARY KEY (hour, status, currency)
) STRICT, WITHOUT ROWID;

-- What was added to an hour since, or taken from it: rows of their own, so that no two orders wait for each other. They are
-- added to the figures from time to time.
CREATE TABLE order_figure_changes (
    id INTEGER NOT NULL PRIMARY KEY,
    hour INTEGER NOT NULL,
    status TEXT NOT NULL,
    currency TEXT NOT NULL,
    orders INTEGER NOT NULL,
    keys INTEGER NOT NULL,
    millions INTEGER NOT NULL,
    rest INTEGER NOT NULL,
    invoices INTEGER NOT NULL,
    invoiced_millions INTEGER NOT NULL,
    invoiced_rest INTEGER NOT NULL
) STRICT;
CREATE INDEX order_figure_changes_by_hour ON order_figure_changes (hour);

-- The hour is cut out of the text: SQLite's own functions round to milliseconds, and so into the next one.
INSERT INTO order_figures (hour, status, currency, orders, keys, millions, rest, invoices, invoiced_millions, invoiced_rest)
SELECT unixepoch(substr(placed_at, 1, 13) || ':00') / 3600, status, currency, COUNT(*), SUM(keys), SUM(total / 1000000),
    SUM(total % 1000000), COUNT(invoiced), COALESCE(SUM(invoiced / 1000000), 0), COALESCE(SUM(invoiced % 1000000), 0)
FROM orders GROUP BY 1, 2, 3;

-- The database itself keeps the figures, so that they follow whatever changes an order.
CREATE TRIGGER orders_counted AFTER INSERT ON orders
BEGIN
    INSERT INTO order_figure_changes
        (hour, status, currency, orders, keys, millions, rest, invoices, invoiced_millions, invoiced_rest)
    VALUES (unixepoch(substr(NEW.placed_at, 1, 13) || ':00') / 3600, NEW.status, NEW.currency, 1, NEW.keys,
        NEW.total / 1000000, NEW.total % 1000000, NEW.invoiced IS NOT NULL, COALESCE(NEW.invoiced / 1000000, 0),
        COALESCE(NEW.invoiced % 1000000, 0));
END;
CREATE TRIGGER orders_counted_no_more AFTER DELETE ON orders
BEGIN
    INSERT INTO order_figure_changes
        (hour, status, currency, orders, keys, millions, rest, invoices, invoiced_millions, invoiced_rest)
    VALUES (unixepoch(substr(OLD.placed_at, 1, 13) || ':00') / 3600, OLD.status, OLD.currency, -1, -OLD.keys,
        -(OLD.total / 1000000), -(OLD.total % 1000000), -(OLD.invoiced IS NOT NULL), -COALESCE(OLD.invoiced / 1000000, 0),
        -COALESCE(OLD.invoiced % 1000000, 0));
END;
CREATE TRIGGER orders_counted_anew AFTER UPDATE OF placed_at, status, currency, total, keys, invoiced ON orders
WHEN OLD.status <> NEW.status OR OLD.invoiced IS NOT NEW.invoiced OR OLD.total <> NEW.total OR OLD.keys <> NEW.keys
    OR OLD.currency <> NEW.currency OR OLD.placed_at <> NEW.placed_at
BEGIN
    INSERT INTO order_figure_changes
        (hour, status, currency, orders, keys, millions, rest, invoices, invoiced_millions, invoiced_rest)
    VALUES
        (unixepoch(substr(OLD.placed_at, 1, 13) || ':00') / 3600, OLD.status, OLD.currency, -1, -OLD.keys,
        -(OLD.total / 1000000), -(OLD.total % 1000000), -(OLD.invoiced IS NOT NULL), -COALESCE(OLD.invoiced / 1000000, 0),
        -COALESCE(OLD.invoiced % 1000000, 0)),
        (unixepoch(substr(NEW.placed_at, 1, 13) || ':00') / 3600, NEW.status, NEW.currency, 1, NEW.keys,
        NEW.total / 1000000, NEW.total % 1000000, NEW.invoiced IS NOT NULL, COALESCE(NEW.invoiced / 1000000, 0),
        COALESCE(NEW.invoiced % 1000000, 0));
END;

-- The products of which an account was given serial numbers.
CREATE TABLE account_products (
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    sku TEXT NOT NULL,
    PRIMARY KEY (account_id, sku)
) STRICT, WITHOUT ROWID;
INSERT INTO account_products (account_id, sku)
SELECT DISTINCT o.account_id, l.sku FROM orders o JOIN order_lines l ON l.order_number = o.number WHERE o.status = 'completed';

-- Whether texts that a release without a search wrote are still to be made searchable: once for each database.
INSERT INTO counters (name, value) VALUES ('unsearchable', 1);

-- Which texts have three characters in a row: indexes alone, each over the texts of one subject, in the order of their ids.
CREATE VIRTUAL TABLE order_trigrams USING fts5 (
    folded, content = '', contentless_delete = 1, detail = 'none', tokenize = 'trigram case_sensitive 1'
);
CREATE VIRTUAL TABLE person_trigrams USING fts5 (
    folded, content = '', contentless_delete = 1, detail = 'none', tokenize = 'trigram case_sensitive 1'
);
CREATE VIRTUAL TABLE account_trigrams USING fts5 (
    folded, content = '', contentless_delete = 1, detail = 'none', tokenize = 'trigram case_sensitive 1'
);
INSERT INTO order_trigrams (rowid, folded) SELECT id, folded FROM search_texts WHERE subject = 'order' ORDER BY id;
INSERT INTO person_trigrams (rowid, folded) SELECT id, folded FROM search_texts WHERE subject = 'person' ORDER BY id;
INSERT INTO account_trigrams (rowid, folded) SELECT id, folded FROM search_texts WHERE subject = 'account' ORDER BY id;

-- A condition for each subject, since a trigger names its table. An update takes out and puts in: what writes the texts says
-- itself what a conflict does, and that would hold for the trigger's statements too.
CREATE TRIGGER order_texts_added AFTER INSERT ON search_texts WHEN NEW.subject = 'order'
BEGIN
    INSERT INTO order_trigrams (rowid, folded) VALUES (NEW.id, NEW.folded);
END;
CREATE TRIGGER order_texts_gone AFTER DELETE ON search_texts WHEN OLD.subject = 'order'
BEGIN
    DELETE FROM order_trigrams WHERE rowid = OLD.id;
END;
CREATE TRIGGER order_texts_changed AFTER UPDATE ON search_texts WHEN NEW.subject = 'order' AND OLD.folded <> NEW.folded
BEGIN
    DELETE FROM order_trigrams WHERE rowid = OLD.id;
    INSERT INTO order_trigrams (rowid, folded) VALUES (NEW.id, NEW.folded);
END;
CREATE TRIGGER person_texts_added AFTER INSERT ON search_texts WHEN NEW.subject = 'person'
BEGIN
    INSERT INTO person_trigrams (rowid, folded) VALUES (NEW.id, NEW.folded);
END;
CREATE TRIGGER person_texts_gone AFTER DELETE ON search_texts WHEN OLD.subject = 'person'
BEGIN
    DELETE FROM person_trigrams WHERE rowid = OLD.id;
END;
CREATE TRIGGER person_texts_changed AFTER UPDATE ON search_texts WHEN NEW.subject = 'person' AND OLD.folded <> NEW.folded
BEGIN
    DELETE FROM person_trigrams WHERE rowid = OLD.id;
    INSERT INTO person_trigrams (rowid, folded) VALUES (NEW.id, NEW.folded);
END;
CREATE TRIGGER account_texts_added AFTER INSERT ON search_texts WHEN NEW.subject = 'account'
BEGIN
    INSERT INTO account_trigrams (rowid, folded) VALUES (NEW.id, NEW.folded);
END;
CREATE TRIGGER account_texts_gone AFTER DELETE ON search_texts WHEN OLD.subject = 'account'
BEGIN
    DELETE FROM account_trigrams WHERE rowid = OLD.id;
END;
CREATE TRIGGER account_texts_changed AFTER UPDATE ON search_texts WHEN NEW.subject = 'account' AND OLD.folded <> NEW.folded
BEGIN
    DELETE FROM account_trigrams WHERE rowid = OLD.id;
    INSERT INTO account_trigrams (rowid, folded) VALUES (NEW.id, NEW.folded);
END;

-- What a process that ended had in hand to draw is found at the next start without reading every dialogue. A dialogue that was
-- closed while it was drawn has a lease, and is not behind.
DROP INDEX dialogues_to_redraw;
CREATE INDEX dialogues_to_redraw ON dialogues (redraw_due) WHERE shown_version < version OR leased_until IS NOT NULL;
