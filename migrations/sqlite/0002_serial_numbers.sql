-- Serial numbers: in stock until an order has them, and never back.
CREATE TABLE serial_numbers (
    serial TEXT NOT NULL PRIMARY KEY,
    sku TEXT NOT NULL,
    imported_at TEXT NOT NULL,
    order_number INTEGER REFERENCES orders (number),
    given_at TEXT,
    CHECK ((order_number IS NULL) = (given_at IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX serial_numbers_in_stock ON serial_numbers (sku, imported_at, serial) WHERE order_number IS NULL;
CREATE INDEX serial_numbers_given ON serial_numbers (order_number, sku, serial) WHERE order_number IS NOT NULL;

-- The row that everybody locks who takes from the stock or adds to it.
INSERT INTO counters (name, value) VALUES ('stock', 0);
