-- The orders of a period, read page by page.
CREATE INDEX orders_by_time ON orders (placed_at, number);

-- An account's firm and tax number are searched too, written with its billing details. SQLite changes no CHECK in place.
CREATE TABLE search_texts_anew (
    subject TEXT NOT NULL CHECK (subject IN ('person', 'order', 'account')),
    id INTEGER NOT NULL,
    folded TEXT NOT NULL,
    PRIMARY KEY (subject, id)
) STRICT, WITHOUT ROWID;
INSERT INTO search_texts_anew (subject, id, folded) SELECT subject, id, folded FROM search_texts;
DROP TABLE search_texts;
ALTER TABLE search_texts_anew RENAME TO search_texts;
