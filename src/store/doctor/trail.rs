//! The audit trail of orders, and what orders keep of it.

/// An order's trail begins with its placing.
pub(super) const FIRST: &str = "SELECT CAST(o.number AS TEXT) FROM orders o WHERE NOT EXISTS (
         SELECT 1 FROM order_events e
         WHERE e.order_number = o.number AND e.kind = 'placed' AND e.from_status IS NULL)
     ORDER BY o.number";

/// Each row goes on from the status that the row before it led to; the first from none.
pub(super) const SEQUENCE: &str = "SELECT CAST(order_number AS TEXT)
     FROM (SELECT order_number, from_status,
               LAG(to_status) OVER (PARTITION BY order_number ORDER BY id) AS before FROM order_events) AS steps
     WHERE from_status IS DISTINCT FROM before GROUP BY order_number ORDER BY order_number";

/// An order has the status that the last row of its trail led to.
pub(super) const STATUS: &str = "SELECT CAST(o.number AS TEXT) FROM orders o
     WHERE o.status IS DISTINCT FROM
         (SELECT e.to_status FROM order_events e WHERE e.order_number = o.number ORDER BY e.id DESC LIMIT 1)
     ORDER BY o.number";

/// An order has the amount that it was invoiced for last.
pub(super) const INVOICED: &str = "SELECT CAST(o.number AS TEXT) FROM orders o
     WHERE o.invoiced IS DISTINCT FROM
         (SELECT e.invoiced FROM order_events e WHERE e.order_number = o.number AND e.invoiced IS NOT NULL
          ORDER BY e.id DESC LIMIT 1)
     ORDER BY o.number";
