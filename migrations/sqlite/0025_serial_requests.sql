-- When an account asked for files of its serial numbers, or what serial numbers are: the last hour, which its limit counts.
CREATE TABLE serial_requests (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    asked_at TEXT NOT NULL
) STRICT;
CREATE INDEX serial_requests_by_account ON serial_requests (account_id, asked_at);
