//! Orders, their lines and their numbers.

/// The total of an order is the sum of its lines, and there are lines.
pub(super) const TOTALS: &str = "SELECT CAST(o.number AS TEXT)
     FROM orders o LEFT JOIN order_lines l ON l.order_number = o.number
     GROUP BY o.number HAVING COUNT(l.sku) = 0 OR o.total <> SUM(l.price) ORDER BY o.number";

/// What lists and figures take for an order's keys is what its lines have.
pub(super) const KEYS: &str = "SELECT CAST(o.number AS TEXT)
     FROM orders o LEFT JOIN order_lines l ON l.order_number = o.number
     GROUP BY o.number HAVING o.keys <> COALESCE(SUM(l.quantity), 0) ORDER BY o.number";

/// The first missing number of each gap.
pub(super) const GAPS: &str = "SELECT CAST(number + 1 AS TEXT)
     FROM (SELECT number, LEAD(number) OVER (ORDER BY number) AS following FROM orders) AS numbers
     WHERE following <> number + 1 ORDER BY number";

/// The counter stands at the last order's number. Before the first order it may stand anywhere.
pub(super) const COUNTER: &str = "SELECT CAST(value AS TEXT) FROM counters
     WHERE name = 'orders' AND value <> (SELECT MAX(number) FROM orders) ORDER BY value";
