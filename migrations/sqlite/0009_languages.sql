-- The languages are whatever the program is built with: no table knows them, and an order line keeps its product's name in
-- each as a JSON object.
ALTER TABLE order_lines RENAME COLUMN name_ru TO names;
UPDATE order_lines SET names = json_object('ru', names, 'en', name_en);
ALTER TABLE order_lines DROP COLUMN name_en;

-- SQLite drops a CHECK only with its column.
ALTER TABLE people RENAME COLUMN telegram_language TO checked_language;
ALTER TABLE people ADD COLUMN telegram_language TEXT;
UPDATE people SET telegram_language = checked_language;
ALTER TABLE people DROP COLUMN checked_language;
ALTER TABLE people RENAME COLUMN chosen_language TO checked_language;
ALTER TABLE people ADD COLUMN chosen_language TEXT;
UPDATE people SET chosen_language = checked_language;
ALTER TABLE people DROP COLUMN checked_language;
