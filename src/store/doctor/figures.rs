//! The figures that are kept by the hour, beside a count of the orders.

use crate::store::db::Driver;

/// An hour with its status where what is kept is not what the orders come to. The hour is cut out of SQLite's text, as the
/// triggers do.
pub(super) fn differing(driver: &Driver) -> String {
    let (hour, shown) = match driver {
        Driver::Postgres(_) => (
            "CAST(FLOOR(EXTRACT(EPOCH FROM placed_at) / 3600) AS BIGINT)",
            "TO_CHAR(TO_TIMESTAMP(hour * 3600) AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI\"Z\"')",
        ),
        Driver::Sqlite(_) => (
            "unixepoch(substr(placed_at, 1, 13) || ':00') / 3600",
            "strftime('%Y-%m-%dT%H:%MZ', hour * 3600, 'unixepoch')",
        ),
    };
    let kept = "hour, status, currency, orders, keys, millions, rest, invoices, invoiced_millions, invoiced_rest";
    format!(
        "SELECT {shown} || ' ' || status
         FROM (SELECT {kept} FROM order_figures
               UNION ALL SELECT {kept} FROM order_figure_changes
               UNION ALL
               SELECT {hour}, status, currency, -COUNT(*), -SUM(keys), -SUM(total / 1000000), -SUM(total % 1000000),
                   -COUNT(invoiced), -COALESCE(SUM(invoiced / 1000000), 0), -COALESCE(SUM(invoiced % 1000000), 0)
               FROM orders GROUP BY 1, 2, 3) AS both_ways
         GROUP BY hour, status, currency
         HAVING SUM(orders) <> 0 OR SUM(keys) <> 0 OR SUM(millions) <> 0 OR SUM(rest) <> 0 OR SUM(invoices) <> 0
             OR SUM(invoiced_millions) <> 0 OR SUM(invoiced_rest) <> 0
         ORDER BY hour, status"
    )
}
