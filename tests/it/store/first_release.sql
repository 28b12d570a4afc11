-- What the first release wrote, in the SQL of either database.
INSERT INTO taken_updates VALUES (7, '2015-04-01T07:00:00.000001+00:00');
INSERT INTO dead_letters VALUES (8, '{}', 'x', '2015-04-01T07:00:00.000001+00:00');
INSERT INTO accounts (founder, created_at) VALUES (1, '2015-04-01T07:00:00.000001+00:00');
INSERT INTO people (id, account_id, name, reachability, reachability_since, met_at)
SELECT 1, id, 'Anna', 'reachable', created_at, created_at FROM accounts;
INSERT INTO billing SELECT id, 'Romashka', '500100732259', NULL, NULL, 'a@example.com', 1, created_at FROM accounts;
INSERT INTO orders SELECT 449, 5, id, 1, created_at, 'invoiced', 'RUB', 100, NULL FROM accounts;
UPDATE counters SET value = 449 WHERE name = 'orders';
INSERT INTO order_lines VALUES (449, 1, 'sp-1', 'Ключ', 'Key', 1, 100);
INSERT INTO serial_numbers VALUES ('SN-1', 'sp-1', '2015-04-01T07:00:00.000001+00:00', 449, '2015-04-01T07:00:00.000001+00:00');
INSERT INTO order_events (order_number, happened_at, actor_id, actor_name, role, from_status, to_status, deed) VALUES
    (449, '2015-04-01T07:00:00.000001+00:00', 1, 'Anna', 'customer', NULL, 'placed', NULL),
    (449, '2015-04-01T07:00:01.000001+00:00', 70, 'Olga', 'staff', 'placed', 'placed', '"taken"'),
    (449, '2015-04-01T07:00:02.000001+00:00', 70, 'Olga', 'staff', 'placed', 'invoiced', '{"invoiced":{"amount":{"minor":100,"currency":"RUB"}}}');
INSERT INTO notices (chat_id, order_number, fact, posted_at, delivery, due, attempts, repeat, message_id, error, settled_at, laid_aside_at) VALUES
    (-5, 449, '{"order_placed":449}', '2015-04-01T07:00:00.000001+00:00', 'sent', '2015-04-01T07:00:00.000001+00:00', 1, 'first', 40, NULL, '2015-04-01T07:00:00.000001+00:00', NULL),
    (-5, 449, '{"order_changed":449}', '2015-04-01T07:00:01.000001+00:00', 'sent', '2015-04-01T07:00:01.000001+00:00', 1, 'first', 40, NULL, '2015-04-01T07:00:01.000001+00:00', NULL),
    (-5, 449, '{"customer_asked":{"number":449}}', '2015-04-01T07:00:01.000001+00:00', 'sent', '2015-04-01T07:00:01.000001+00:00', 1, 'first', 41, NULL, '2015-04-01T07:00:01.000001+00:00', NULL),
    (1, 449, '{"order_invoiced":{"number":449}}', '2015-04-01T07:00:02.000001+00:00', 'unreachable', '2015-04-01T07:00:02.000001+00:00', 1, 'first', NULL, NULL, '2015-04-01T07:00:02.000001+00:00', '2015-04-01T07:00:02.000001+00:00'),
    (2, 449, '{"order_invoiced":{"number":449}}', '2015-04-01T07:00:02.000001+00:00', 'dead', '2015-04-01T07:00:02.000001+00:00', 1, 'first', NULL, 'x', '2015-04-01T07:00:02.000001+00:00', NULL),
    (3, NULL, '"all_serials"', '2015-04-01T07:00:02.000001+00:00', 'pending', '2015-04-01T07:00:02.000001+00:00', 1, 'perhaps_seen', NULL, NULL, NULL, NULL);
INSERT INTO dialogues (chat_id, person_id, version, state, saved_at, message_id, message_since, lasting, fresh_from, shown_version, redraw_due, attempts) VALUES
    (1, 1, 3, '{"v":1,"dialogue":{"place":"home","draft":{"id":9007199254740993,"revision":1,"lines":[]}}}', '2015-04-01T07:00:00.000001+00:00', 60, 2, 'transient', 2, 3, '2015-04-01T07:00:00.000001+00:00', 0),
    (2, 2, 1, '{"v":1,"dialogue":{"place":{"staff":{"waiting_for_invoice":{"order":449,"changes":1,"seen":1}}},"draft":{"id":5,"revision":0,"lines":[]}}}', '2015-04-01T07:00:00.000001+00:00', 61, 1, 'transient', 1, 1, '2015-04-01T07:00:00.000001+00:00', 0),
    (3, 3, 1, 'x', '2015-04-01T07:00:00.000001+00:00', NULL, NULL, 'transient', 1, 1, '2015-04-01T07:00:00.000001+00:00', 0),
    (4, 4, 1, '{"v":1,"dialogue":{"place":{"staff":"idle"}}}', '2015-04-01T07:00:00.000001+00:00', NULL, NULL, 'transient', 1, 1, '2015-04-01T07:00:00.000001+00:00', 0),
    (-5, 70, 1, '{"v":1,"dialogue":{"place":{"staff":{"reading_order":449}}}}', '2015-04-01T07:00:00.000001+00:00', 70, 1, 'transient', 1, 1, '2015-04-01T07:00:00.000001+00:00', 0),
    (-5, 71, 1, '{"v":1,"dialogue":{"place":{"staff":{"confirming_cancel":[{"order":449,"changes":1},{"ready":"not_paid"}]}}}}', '2015-04-01T07:00:00.000001+00:00', 71, 1, 'transient', 1, 1, '2015-04-01T07:00:00.000001+00:00', 0),
    (-5, 72, 1, '{"v":1,"dialogue":{"place":{"staff":{"admin":{"reading_queue":{"status":null,"page":0}}}}}}', '2015-04-01T07:00:00.000001+00:00', 72, 1, 'transient', 1, 1, '2015-04-01T07:00:00.000001+00:00', 0),
    (-5, 73, 1, '{"v":1,"dialogue":{"place":{"staff":{"admin":{"reading_stock":{"page":0}}}}}}', '2015-04-01T07:00:00.000001+00:00', 73, 1, 'transient', 1, 1, '2015-04-01T07:00:00.000001+00:00', 0),
    (-5, 74, 1, '{"v":1,"dialogue":{"place":{"staff":{"reading_serials":449}}}}', '2015-04-01T07:00:00.000001+00:00', 74, 1, 'transient', 1, 1, '2015-04-01T07:00:00.000001+00:00', 0);
INSERT INTO file_jobs (chat_id, person_id, file_id, purpose, due, attempts) VALUES
    (-5, 70, 'file', '"catalogue"', '2015-04-01T07:00:00.000001+00:00', 0);
