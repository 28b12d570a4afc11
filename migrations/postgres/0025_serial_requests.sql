-- When an account asked for files of its serial numbers, or what serial numbers are: the last hour, which its limit counts.
CREATE TABLE serial_requests (
    id BIGINT NOT NULL GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    asked_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX serial_requests_by_account ON serial_requests (account_id, asked_at);
