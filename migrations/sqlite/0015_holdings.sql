-- Orders whose serial numbers are held: stored ahead of the order's completion and not issued yet. The completion removes the
-- row and thereby issues all of them, however many; without the row what stands under an order is issued.
CREATE TABLE holdings (
    order_number INTEGER NOT NULL PRIMARY KEY REFERENCES orders (number)
) STRICT;

-- Until now the order's status told them apart.
INSERT INTO holdings (order_number)
SELECT o.number FROM orders o
WHERE o.status <> 'completed' AND EXISTS (SELECT 1 FROM serial_numbers n WHERE n.order_number = o.number);
