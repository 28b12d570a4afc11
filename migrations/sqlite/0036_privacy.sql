-- The audit lets two things pass, for the law's sake: whoever was erased is no longer whom something was done to, and rows go
-- that are older than the shop keeps them, up to this one.
INSERT INTO counters (name, value) VALUES ('audit_pruned', 0);
DROP TRIGGER audit_rows_stay_as_they_are;
DROP TRIGGER audit_rows_stay;
CREATE TRIGGER audit_rows_stay_as_they_are BEFORE UPDATE ON audit
WHEN OLD.subject_id IS NULL OR OLD.subject_id <= -1000000000000000 OR NEW.subject_id IS NULL
    OR NEW.subject_id > -1000000000000000 OR NEW.id <> OLD.id OR NEW.happened_at <> OLD.happened_at
    OR NEW.actor_id <> OLD.actor_id OR NEW.actor_name <> OLD.actor_name OR NEW.role <> OLD.role
BEGIN
    SELECT RAISE(ABORT, 'rows of the audit never change');
END;
CREATE TRIGGER audit_rows_stay BEFORE DELETE ON audit
WHEN OLD.id > COALESCE((SELECT value FROM counters WHERE name = 'audit_pruned'), 0)
BEGIN
    SELECT RAISE(ABORT, 'rows of the audit never go');
END;

-- Whether the file may have remains of what former releases deleted: it is written anew once.
INSERT INTO counters (name, value) SELECT 'remains', EXISTS (SELECT 1 FROM people);

-- What is deleted from an index of trigrams goes at once, which needs the text that it was made of; until now it stayed, marked
-- as deleted, until the index was merged.
DROP TRIGGER order_texts_added;
DROP TRIGGER order_texts_gone;
DROP TRIGGER order_texts_changed;
DROP TRIGGER person_texts_added;
DROP TRIGGER person_texts_gone;
DROP TRIGGER person_texts_changed;
DROP TRIGGER account_texts_added;
DROP TRIGGER account_texts_gone;
DROP TRIGGER account_texts_changed;
DROP TABLE order_trigrams;
DROP TABLE person_trigrams;
DROP TABLE account_trigrams;
CREATE VIRTUAL TABLE order_trigrams USING fts5 (
    folded, content = '', detail = 'none', tokenize = 'trigram case_sensitive 1'
);
CREATE VIRTUAL TABLE person_trigrams USING fts5 (
    folded, content = '', detail = 'none', tokenize = 'trigram case_sensitive 1'
);
CREATE VIRTUAL TABLE account_trigrams USING fts5 (
    folded, content = '', detail = 'none', tokenize = 'trigram case_sensitive 1'
);
INSERT INTO order_trigrams (order_trigrams, rank) VALUES ('secure-delete', 1);
INSERT INTO person_trigrams (person_trigrams, rank) VALUES ('secure-delete', 1);
INSERT INTO account_trigrams (account_trigrams, rank) VALUES ('secure-delete', 1);
INSERT INTO order_trigrams (rowid, folded) SELECT id, folded FROM search_texts WHERE subject = 'order' ORDER BY id;
INSERT INTO person_trigrams (rowid, folded) SELECT id, folded FROM search_texts WHERE subject = 'person' ORDER BY id;
INSERT INTO account_trigrams (rowid, folded) SELECT id, folded FROM search_texts WHERE subject = 'account' ORDER BY id;

CREATE TRIGGER order_texts_added AFTER INSERT ON search_texts WHEN NEW.subject = 'order'
BEGIN
    INSERT INTO order_trigrams (rowid, folded) VALUES (NEW.id, NEW.folded);
END;
CREATE TRIGGER order_texts_gone AFTER DELETE ON search_texts WHEN OLD.subject = 'order'
BEGIN
    INSERT INTO order_trigrams (order_trigrams, rowid, folded) VALUES ('delete', OLD.id, OLD.folded);
END;
CREATE TRIGGER order_texts_changed AFTER UPDATE ON search_texts WHEN NEW.subject = 'order' AND OLD.folded <> NEW.folded
BEGIN
    INSERT INTO order_trigrams (order_trigrams, rowid, folded) VALUES ('delete', OLD.id, OLD.folded);
    INSERT INTO order_trigrams (rowid, folded) VALUES (NEW.id, NEW.folded);
END;
CREATE TRIGGER person_texts_added AFTER INSERT ON search_texts WHEN NEW.subject = 'person'
BEGIN
    INSERT INTO person_trigrams (rowid, folded) VALUES (NEW.id, NEW.folded);
END;
CREATE TRIGGER person_texts_gone AFTER DELETE ON search_texts WHEN OLD.subject = 'person'
BEGIN
    INSERT INTO person_trigrams (person_trigrams, rowid, folded) VALUES ('delete', OLD.id, OLD.folded);
END;
CREATE TRIGGER person_texts_changed AFTER UPDATE ON search_texts WHEN NEW.subject = 'person' AND OLD.folded <> NEW.folded
BEGIN
    INSERT INTO person_trigrams (person_trigrams, rowid, folded) VALUES ('delete', OLD.id, OLD.folded);
    INSERT INTO person_trigrams (rowid, folded) VALUES (NEW.id, NEW.folded);
END;
CREATE TRIGGER account_texts_added AFTER INSERT ON search_texts WHEN NEW.subject = 'account'
BEGIN
    INSERT INTO account_trigrams (rowid, folded) VALUES (NEW.id, NEW.folded);
END;
CREATE TRIGGER account_texts_gone AFTER DELETE ON search_texts WHEN OLD.subject = 'account'
BEGIN
    INSERT INTO account_trigrams (account_trigrams, rowid, folded) VALUES ('delete', OLD.id, OLD.folded);
END;
CREATE TRIGGER account_texts_changed AFTER UPDATE ON search_texts WHEN NEW.subject = 'account' AND OLD.folded <> NEW.folded
BEGIN
    INSERT INTO account_trigrams (account_trigrams, rowid, folded) VALUES ('delete', OLD.id, OLD.folded);
    INSERT INTO account_trigrams (rowid, folded) VALUES (NEW.id, NEW.folded);
END;
