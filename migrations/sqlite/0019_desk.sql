-- Which invoice of its order a message brought to a customer, counted from 1: it is marked when another takes its place.
-- Since now the cards that stay in customers' chats stand in order_messages as well, as alerts do, and follow their order.
ALTER TABLE order_messages ADD COLUMN invoice INTEGER;
