-- A row while customers read that the shop is under maintenance, and why.
CREATE TABLE maintenance (
    id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    reason TEXT NOT NULL,
    since TIMESTAMPTZ NOT NULL,
    until_about TIMESTAMPTZ
);
