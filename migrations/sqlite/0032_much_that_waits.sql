-- Leases that end and messages that are parked are found however much waits beside them.
CREATE INDEX outbox_messages_leased ON outbox_messages (leased_until)
    WHERE delivery IN ('pending', 'parked') AND leased_until IS NOT NULL;
CREATE INDEX outbox_messages_parked_by_due ON outbox_messages (due) WHERE delivery = 'parked';
