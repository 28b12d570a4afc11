-- What an order was invoiced for by this action, in minor units of the order's currency: the action says it too, and this is
-- for queries that add up many of them.
ALTER TABLE order_events ADD COLUMN invoiced BIGINT CHECK (invoiced >= 0);
UPDATE order_events SET invoiced = CAST(action::jsonb #>> '{body,invoiced,amount,minor}' AS BIGINT) WHERE kind = 'invoiced';

-- The one change that a proposal makes of the price list that holds, as JSON with its schema version; nothing for a whole list.
ALTER TABLE proposed_price_lists ADD COLUMN revision TEXT;

-- The language in which somebody's own command menu was set; nothing for who has the menu of all private chats.
ALTER TABLE people ADD COLUMN menu_language TEXT;

-- Whom an invitation is for, and what whoever invites calls them; nothing for one that whoever has it may use.
ALTER TABLE invitations ADD COLUMN invited BIGINT;
ALTER TABLE invitations ADD COLUMN invited_name TEXT;
