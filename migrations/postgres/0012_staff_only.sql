-- A username belongs to whoever was seen with it last. Who that was of several is not known any more, so it is nobody's until
-- one of them is seen with it again.
UPDATE people SET username = NULL WHERE LOWER(username) IN (
    SELECT LOWER(username) FROM people WHERE username IS NOT NULL GROUP BY LOWER(username) HAVING COUNT(*) > 1
);
CREATE INDEX people_by_username ON people (LOWER(username)) WHERE username IS NOT NULL;
