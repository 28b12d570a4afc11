-- Which process may draw a dialogue until its lease ends.
ALTER TABLE dialogues ADD COLUMN leased_by INTEGER;
