//! Serial numbers, and the orders that have them. None is named: a serial number is nobody's to see here.

use crate::store::vault::Script;

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

/// With a key, each is sealed by it, stands under the names that it has, and in the row that it was sealed for. Every row is read, in
/// the order in which it stands: there may be millions.
pub(super) const SEALED: [&str; 2] = [
    "SELECT sku, serial, COALESCE(spelling, serial) AS spelling, sealed FROM serial_numbers ORDER BY serial_numbers.serial",
    "SELECT sku, NULL AS serial, spelling, sealed FROM withdrawn_serials ORDER BY withdrawn_serials.spelling",
];

/// Without one, none is sealed.
pub(super) const SEALED_WITHOUT_KEY: [&str; 2] = [
    "SELECT sku, serial, COALESCE(spelling, serial) AS spelling, sealed FROM serial_numbers
     WHERE sealed IS NOT NULL ORDER BY serial_numbers.serial",
    "SELECT sku, NULL AS serial, spelling, sealed FROM withdrawn_serials
     WHERE sealed IS NOT NULL ORDER BY withdrawn_serials.spelling",
];

/// A row with what is sealed in it.
#[derive(sqlx::FromRow)]
pub(super) struct Sealed {
    pub(super) sku: String,
    /// None of what was withdrawn.
    serial: Option<String>,
    spelling: String,
    sealed: Option<String>,
}

impl Sealed {
    pub(super) fn is_sound(&self, script: &Script) -> bool {
        let opened = self.sealed.as_ref().and_then(|sealed| script.read(&self.spelling, sealed).ok());
        opened.is_some_and(|opened| {
            self.spelling == script.name(&opened.spelling())
                && self.serial.as_ref().is_none_or(|name| *name == script.name(opened.as_str()))
        })
    }
}

#[cfg(test)]
mod tests {
    use sqlx::{AssertSqlSafe, Connection, SqliteConnection};

    use super::*;
    use crate::store::open::SQLITE_MIGRATIONS;

    #[tokio::test]
    async fn however_many_serial_numbers_there_are_they_are_not_sorted() {
        let mut database = SqliteConnection::connect("sqlite::memory:").await.unwrap();
        SQLITE_MIGRATIONS.run_direct(None, &mut database, false).await.unwrap();
        for statement in [SEALED, SEALED_WITHOUT_KEY].concat() {
            let explained = AssertSqlSafe(format!("EXPLAIN QUERY PLAN {statement}"));
            let plan: Vec<(i64, i64, i64, String)> = sqlx::query_as(explained).fetch_all(&mut database).await.unwrap();
            assert!(!plan.iter().any(|(.., step)| step.contains("TEMP B-TREE")), "{statement}: {plan:?}");
        }
    }
}
