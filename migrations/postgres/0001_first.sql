-- Updates that took effect, so that a redelivery does not take effect again.
CREATE TABLE taken_updates (
    update_id BIGINT NOT NULL PRIMARY KEY,
    taken_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX taken_updates_by_age ON taken_updates (taken_at);

-- Updates that failed again and again, with all that Telegram sent.
CREATE TABLE dead_letters (
    update_id BIGINT NOT NULL PRIMARY KEY,
    raw TEXT NOT NULL,
    error TEXT NOT NULL,
    buried_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX dead_letters_by_age ON dead_letters (buried_at);

-- What orders belong to. The founder makes two first updates of one person, at once, end in one account.
CREATE TABLE accounts (
    id BIGINT NOT NULL GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    founder BIGINT NOT NULL UNIQUE,
    created_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE people (
    id BIGINT NOT NULL PRIMARY KEY,
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    name TEXT NOT NULL,
    username TEXT,
    telegram_language TEXT CHECK (telegram_language IN ('ru', 'en')),
    chosen_language TEXT CHECK (chosen_language IN ('ru', 'en')),
    reachability TEXT NOT NULL CHECK (reachability IN ('reachable', 'blocked', 'deactivated')),
    reachability_since TIMESTAMPTZ NOT NULL,
    met_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX people_by_account ON people (account_id);

-- One row a person in a chat. The screen is to be drawn while shown_version is behind version.
CREATE TABLE dialogues (
    chat_id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    version BIGINT NOT NULL CHECK (version > 0),
    state TEXT NOT NULL,
    saved_at TIMESTAMPTZ NOT NULL,
    message_id BIGINT,
    message_since BIGINT,
    lasting TEXT NOT NULL CHECK (lasting IN ('transient', 'kept')),
    fresh_from BIGINT NOT NULL,
    retiring BIGINT,
    shown_version BIGINT NOT NULL CHECK (shown_version <= version),
    redraw_due TIMESTAMPTZ NOT NULL,
    leased_until TIMESTAMPTZ,
    attempts BIGINT NOT NULL CHECK (attempts >= 0),
    PRIMARY KEY (chat_id, person_id),
    CHECK ((message_id IS NULL) = (message_since IS NULL))
);
CREATE INDEX dialogues_to_redraw ON dialogues (redraw_due) WHERE shown_version < version;

-- States that this program could not read, kept for the vendor.
CREATE TABLE broken_dialogues (
    id BIGINT NOT NULL GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    chat_id BIGINT NOT NULL,
    person_id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    set_aside_at TIMESTAMPTZ NOT NULL
);

-- Sequences of the databases leave gaps after a rollback; these do not.
CREATE TABLE counters (
    name TEXT NOT NULL PRIMARY KEY,
    value BIGINT NOT NULL CHECK (value >= 0)
);
INSERT INTO counters (name, value) VALUES ('orders', 0), ('price_lists', 0);

CREATE TABLE orders (
    number BIGINT NOT NULL PRIMARY KEY CHECK (number > 0),
    draft_id BIGINT NOT NULL UNIQUE,
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    placed_by BIGINT NOT NULL REFERENCES people (id),
    placed_at TIMESTAMPTZ NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('placed', 'invoiced', 'completed', 'cancelled')),
    currency TEXT NOT NULL CHECK (length(currency) = 3),
    total BIGINT NOT NULL CHECK (total >= 0),
    note TEXT
);
CREATE INDEX orders_by_account ON orders (account_id, number);
CREATE INDEX orders_by_person ON orders (placed_by);

-- Prices are minor units of the order's currency.
CREATE TABLE order_lines (
    order_number BIGINT NOT NULL REFERENCES orders (number),
    position BIGINT NOT NULL,
    sku TEXT NOT NULL,
    name_ru TEXT NOT NULL,
    name_en TEXT NOT NULL,
    quantity BIGINT NOT NULL CHECK (quantity > 0),
    price BIGINT NOT NULL CHECK (price >= 0),
    PRIMARY KEY (order_number, position),
    UNIQUE (order_number, sku)
);

-- The audit trail: one row for each status change, the placing included.
CREATE TABLE order_events (
    id BIGINT NOT NULL GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    order_number BIGINT NOT NULL REFERENCES orders (number),
    happened_at TIMESTAMPTZ NOT NULL,
    actor_id BIGINT NOT NULL,
    actor_name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('customer', 'staff', 'admin')),
    from_status TEXT CHECK (from_status IN ('placed', 'invoiced', 'completed', 'cancelled')),
    to_status TEXT NOT NULL CHECK (to_status IN ('placed', 'invoiced', 'completed', 'cancelled'))
);
CREATE INDEX order_events_by_order ON order_events (order_number, id);

-- The outbox: a fact for one recipient, rendered when it is delivered.
CREATE TABLE notices (
    id BIGINT NOT NULL GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    chat_id BIGINT NOT NULL,
    order_number BIGINT REFERENCES orders (number),
    fact TEXT NOT NULL,
    posted_at TIMESTAMPTZ NOT NULL,
    delivery TEXT NOT NULL CHECK (delivery IN ('pending', 'sent', 'dead', 'unreachable')),
    due TIMESTAMPTZ NOT NULL,
    leased_until TIMESTAMPTZ,
    attempts BIGINT NOT NULL CHECK (attempts >= 0),
    repeat TEXT NOT NULL CHECK (repeat IN ('first', 'perhaps_seen')),
    message_id BIGINT,
    error TEXT,
    settled_at TIMESTAMPTZ,
    CHECK ((delivery = 'pending') = (settled_at IS NULL)),
    CHECK ((delivery = 'sent') = (message_id IS NOT NULL)),
    CHECK ((delivery = 'dead') = (error IS NOT NULL))
);
CREATE INDEX notices_pending_by_chat ON notices (chat_id, id) WHERE delivery = 'pending';
CREATE INDEX notices_pending_by_due ON notices (due) WHERE delivery = 'pending';
CREATE INDEX notices_unreachable ON notices (chat_id) WHERE delivery = 'unreachable';
CREATE INDEX notices_by_order ON notices (order_number, id) WHERE order_number IS NOT NULL;

CREATE TABLE price_lists (
    id BIGINT NOT NULL PRIMARY KEY CHECK (id > 0),
    source TEXT NOT NULL,
    applied_by TEXT NOT NULL,
    applied_at TIMESTAMPTZ NOT NULL
);

-- Groups that became supergroups; new_id is never itself an old_id.
CREATE TABLE moved_chats (
    old_id BIGINT NOT NULL PRIMARY KEY,
    new_id BIGINT NOT NULL CHECK (new_id <> old_id),
    moved_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX moved_chats_by_new_id ON moved_chats (new_id);
