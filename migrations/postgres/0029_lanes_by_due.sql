-- What is due is found lane by lane, however much waits.
CREATE INDEX outbox_messages_waiting_by_lane ON outbox_messages (lane, due, id) WHERE delivery IN ('pending', 'parked');
