//! Serial numbers that are held for an order until it is completed.
//!
//! A million of them in one transaction would keep everybody waiting for seconds. So those of a long list are stored in
//! small transactions under their order, whose completion then only counts them: as long as the order is not Completed
//! they are in no stock, and nobody sees them. What was in stock before is not held, so that letting go is deleting.

use chrono::{DateTime, Utc};
use sqlx::QueryBuilder;

use crate::domain::{OrderNumber, SerialNumber, Sku};
use crate::store::codes::{count, read_count, read_serial, read_sku};
use crate::store::db::{Tx, on};
use crate::store::error::StoreError;
use crate::store::stock::import::ROWS;

/// What came of holding serial numbers for an order. Unless they are held, the transaction must not be committed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Holding {
    /// The order holds them, but for these, which are in stock.
    Held { in_stock: Vec<SerialNumber> },
    /// Some belong to an order already.
    AlreadyGiven { sku: Sku, count: u64 },
    /// Some stand under another product.
    OtherProduct { sku: Sku, count: u64 },
}

impl Tx {
    /// Holds serial numbers for an order that this transaction has locked.
    pub async fn hold_serials(
        &mut self,
        order: OrderNumber,
        serials: &[(Sku, SerialNumber)],
        now: DateTime<Utc>,
    ) -> Result<Holding, StoreError> {
        self.lock_stock().await?;
        let mut in_stock = Vec::new();
        for chunk in serials.chunks(ROWS) {
            let known = self.known_among(chunk).await?;
            let product_of = |serial: &SerialNumber| chunk.iter().find(|(_, one)| one == serial).map(|(sku, _)| sku);
            let given = known.iter().filter(|(_, _, order)| order.is_some());
            if let Some((serial, ..)) = given.clone().next()
                && let Some(sku) = product_of(serial)
            {
                return Ok(Holding::AlreadyGiven { sku: sku.clone(), count: count(given.count()) });
            }
            let of_others = known.iter().filter(|(serial, sku, _)| product_of(serial).is_some_and(|own| own != sku));
            if let Some((serial, ..)) = of_others.clone().next()
                && let Some(sku) = product_of(serial)
            {
                return Ok(Holding::OtherProduct { sku: sku.clone(), count: count(of_others.count()) });
            }
            on!(self, |db| {
                let mut insert = QueryBuilder::new(
                    "INSERT INTO serial_numbers (serial, sku, imported_at, order_number, issued_at) ",
                );
                insert.push_values(chunk, |mut row, (sku, serial)| {
                    row.push_bind(serial.as_str()).push_bind(sku.as_str());
                    row.push_bind(now).push_bind(order.0).push_bind(now);
                });
                insert.push(" ON CONFLICT (serial) DO NOTHING");
                insert.build().execute(db).await?.rows_affected()
            });
            in_stock.extend(known.into_iter().map(|(serial, ..)| serial));
        }
        Ok(Holding::Held { in_stock })
    }

    async fn known_among(
        &mut self,
        serials: &[(Sku, SerialNumber)],
    ) -> Result<Vec<(SerialNumber, Sku, Option<i64>)>, StoreError> {
        let rows: Vec<(String, String, Option<i64>)> = on!(self, |db| {
            let mut select =
                QueryBuilder::new("SELECT serial, sku, order_number FROM serial_numbers WHERE serial IN (");
            let mut list = select.separated(", ");
            for (_, serial) in serials {
                list.push_bind(serial.as_str());
            }
            select.push(") ORDER BY serial");
            select.build_query_as().fetch_all(db).await?
        });
        let known = rows.into_iter().map(|(serial, sku, order)| Ok((read_serial(&serial)?, read_sku(&sku)?, order)));
        known.collect()
    }

    /// Gives an order these of the stock, as far as they are still there.
    pub async fn issue_in_stock(
        &mut self,
        order: OrderNumber,
        serials: &[SerialNumber],
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        for chunk in serials.chunks(ROWS) {
            on!(self, |db| {
                let mut update = QueryBuilder::new("UPDATE serial_numbers SET order_number = ");
                update.push_bind(order.0).push(", issued_at = ").push_bind(now);
                update.push(" WHERE order_number IS NULL AND serial IN (");
                let mut list = update.separated(", ");
                for serial in chunk {
                    list.push_bind(serial.as_str());
                }
                update.push(")");
                update.build().execute(db).await?.rows_affected()
            });
        }
        self.changes.of_stock(now);
        Ok(())
    }

    /// How many serial numbers of a product stand under an order.
    pub async fn issued_of(&mut self, order: OrderNumber, sku: &Sku) -> Result<u64, StoreError> {
        let issued: i64 = on!(self, |db| sqlx::query_scalar(
            "SELECT COUNT(*) FROM serial_numbers WHERE order_number = $1 AND sku = $2"
        )
        .bind(order.0)
        .bind(sku.as_str())
        .fetch_one(db)
        .await?);
        read_count(issued)
    }

    /// Lets go of so many that are held for an order; gives how many that were. An order that is Completed keeps its own.
    pub async fn let_go(&mut self, order: OrderNumber, limit: u32) -> Result<u64, StoreError> {
        Ok(on!(self, |db| sqlx::query(
            "DELETE FROM serial_numbers WHERE serial IN (
                 SELECT n.serial FROM serial_numbers n JOIN orders o ON o.number = n.order_number
                 WHERE n.order_number = $1 AND o.status <> 'completed' LIMIT $2
             )"
        )
        .bind(order.0)
        .bind(i64::from(limit))
        .execute(db)
        .await?
        .rows_affected()))
    }
}
