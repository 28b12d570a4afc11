-- What an account has taken up of its limits.
CREATE INDEX orders_open_by_account ON orders (account_id) WHERE status IN ('placed', 'invoiced');
CREATE INDEX order_events_asked ON order_events (happened_at) WHERE kind = 'asked';
