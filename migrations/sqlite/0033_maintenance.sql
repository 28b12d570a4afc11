-- A row while customers read that the shop is under maintenance, and why.
CREATE TABLE maintenance (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    reason TEXT NOT NULL,
    since TEXT NOT NULL,
    until_about TEXT
) STRICT;
