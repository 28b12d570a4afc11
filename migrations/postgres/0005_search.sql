-- The orders of a period, read page by page.
CREATE INDEX orders_by_time ON orders (placed_at, number);

-- An account's firm and tax number are searched too, written with its billing details.
ALTER TABLE search_texts DROP CONSTRAINT search_texts_subject_check;
ALTER TABLE search_texts ADD CONSTRAINT search_texts_subject_check CHECK (subject IN ('person', 'order', 'account'));
