-- Attempts at a file since the last one that came to an end: whoever made them died of it, perhaps.
ALTER TABLE file_jobs ADD COLUMN unfinished BIGINT NOT NULL DEFAULT 0 CHECK (unfinished >= 0);
