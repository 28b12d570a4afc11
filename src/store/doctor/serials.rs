//! Serial numbers, and the orders that have them. None is named: a serial number is nobody's to see here.

/// A completed order has as many serial numbers of each product as its line says.
pub(super) const COMPLETED: &str = "SELECT CAST(o.number AS TEXT)
     FROM orders o JOIN order_lines l ON l.order_number = o.number
     WHERE o.status = 'completed' AND l.quantity <> (
         SELECT COUNT(*) FROM serial_numbers n WHERE n.order_number = l.order_number AND n.sku = l.sku)
     GROUP BY o.number ORDER BY o.number";

/// No order has serial numbers of a product that it has no line of.
pub(super) const OF_OTHER_PRODUCTS: &str = "SELECT CAST(n.order_number AS TEXT)
     FROM (SELECT order_number, sku FROM serial_numbers WHERE order_number IS NOT NULL
           GROUP BY order_number, sku) AS n
     WHERE NOT EXISTS (SELECT 1 FROM order_lines l WHERE l.order_number = n.order_number AND l.sku = n.sku)
         AND NOT EXISTS (SELECT 1 FROM holdings h WHERE h.order_number = n.order_number)
     GROUP BY n.order_number ORDER BY n.order_number";

/// An order that is not completed has no serial numbers, but for those that are held for it.
pub(super) const BEFORE_COMPLETION: &str = "SELECT CAST(o.number AS TEXT)
     FROM (SELECT order_number FROM serial_numbers WHERE order_number IS NOT NULL GROUP BY order_number) AS n
         JOIN orders o ON o.number = n.order_number
     WHERE o.status <> 'completed' AND NOT EXISTS (SELECT 1 FROM holdings h WHERE h.order_number = o.number)
     ORDER BY o.number";

/// Nothing is held for an order that is completed: its customer would not see it.
pub(super) const HELD: &str = "SELECT CAST(o.number AS TEXT)
     FROM holdings h JOIN orders o ON o.number = h.order_number WHERE o.status = 'completed' ORDER BY o.number";

/// None is there twice, in two spellings; a row keeps its spelling only where that is not the serial number itself.
pub(super) const REPEATED: &str = "SELECT sku FROM (
         SELECT n.sku FROM serial_numbers n JOIN serial_numbers m ON m.serial = n.spelling
         WHERE n.spelling IS NOT NULL
         UNION ALL
         SELECT MIN(sku) FROM serial_numbers WHERE spelling IS NOT NULL GROUP BY spelling HAVING COUNT(*) > 1
     ) AS twice ORDER BY sku";

/// What was withdrawn is not in stock.
pub(super) const WITHDRAWN: &str = "SELECT sku FROM (
         SELECT n.sku FROM withdrawn_serials w JOIN serial_numbers n ON n.serial = w.spelling
         WHERE n.order_number IS NULL
         UNION ALL
         SELECT n.sku FROM withdrawn_serials w JOIN serial_numbers n ON n.spelling = w.spelling
         WHERE n.spelling IS NOT NULL AND n.order_number IS NULL
     ) AS back ORDER BY sku";
