-- The languages are whatever the program is built with: no table knows them, and an order line keeps its product's name in
-- each as a JSON object.
ALTER TABLE order_lines RENAME COLUMN name_ru TO names;
UPDATE order_lines SET names = CAST(json_build_object('ru', names, 'en', name_en) AS TEXT);
ALTER TABLE order_lines DROP COLUMN name_en;

ALTER TABLE people DROP CONSTRAINT people_telegram_language_check;
ALTER TABLE people DROP CONSTRAINT people_chosen_language_check;
