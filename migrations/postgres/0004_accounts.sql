-- Whether a person is served, and who decided. Those who exist are.
ALTER TABLE people ADD COLUMN access TEXT NOT NULL DEFAULT 'admitted'
    CHECK (access IN ('admitted', 'waiting', 'refused', 'blocked'));
ALTER TABLE people ADD COLUMN access_asked_at TIMESTAMPTZ;
ALTER TABLE people ADD COLUMN access_by BIGINT;
ALTER TABLE people ADD COLUMN access_by_name TEXT;
ALTER TABLE people ADD COLUMN access_decided_at TIMESTAMPTZ;

-- When a person joined a colleague's account; null in their own.
ALTER TABLE people ADD COLUMN joined_at TIMESTAMPTZ;

-- Invitations that can be used. One that was used or withdrawn is gone.
CREATE TABLE invitations (
    token TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    created_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX invitations_by_account ON invitations (account_id, created_at);

-- Whom an account's invoices are made out to. KPP: Russian organisations only.
CREATE TABLE billing (
    account_id BIGINT NOT NULL PRIMARY KEY REFERENCES accounts (id),
    firm TEXT NOT NULL,
    inn TEXT,
    kpp TEXT,
    foreign_tax_number TEXT,
    email TEXT NOT NULL,
    changed_by BIGINT NOT NULL REFERENCES people (id),
    changed_at TIMESTAMPTZ NOT NULL,
    CHECK ((inn IS NULL) <> (foreign_tax_number IS NULL)),
    CHECK (kpp IS NULL OR inn IS NOT NULL)
);
