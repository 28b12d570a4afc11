-- Serial numbers, encrypted where the shop has a key: `serial` and `spelling` hold keyed hashes then, and this the text itself.
-- The row `stock` of `counters` holds what tells the key from others, and 0 where there is none.
ALTER TABLE serial_numbers ADD COLUMN sealed TEXT;
ALTER TABLE withdrawn_serials ADD COLUMN sealed TEXT;

-- The place that a serial number had among those it came with, since hashes have no order that means anything.
ALTER TABLE serial_numbers ADD COLUMN place BIGINT NOT NULL DEFAULT 0;
DROP INDEX serial_numbers_in_stock;
CREATE INDEX serial_numbers_in_stock ON serial_numbers (sku, imported_at, place, serial) WHERE order_number IS NULL;
