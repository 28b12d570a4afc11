-- The one spelling of all in which a serial number may be written, where it is not written in it: so that nobody gets a key
-- in small letters, or without its braces, that somebody else has in capitals.
ALTER TABLE serial_numbers ADD COLUMN spelling TEXT;
UPDATE serial_numbers SET spelling = CASE WHEN serial = LOWER(serial) THEN UPPER(TRIM(serial, '{}')) ELSE TRIM(serial, '{}') END
WHERE serial LIKE '{%}' OR (serial = LOWER(serial) AND serial <> UPPER(serial));
CREATE INDEX serial_numbers_by_spelling ON serial_numbers (spelling) WHERE spelling IS NOT NULL;

-- Serial numbers that were taken out of the stock unsold, by that spelling: they come into no stock and to no order again.
CREATE TABLE withdrawn_serials (
    spelling TEXT NOT NULL PRIMARY KEY,
    sku TEXT NOT NULL,
    withdrawn_at TIMESTAMPTZ NOT NULL
);
