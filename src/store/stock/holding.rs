//! Serial numbers that are held for an order until it is completed.
//!
//! A million of them in one transaction would keep everybody waiting for seconds. So those of a long list are stored in
//! small transactions under their order, which has a row in `holdings` meanwhile: they are in no stock, and nobody sees
//! them. The completion counts them and removes the row, and with that they are issued. What was in stock before is not
//! held, so that letting go is deleting; whoever imports what is held takes it into the stock.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sqlx::QueryBuilder;

use crate::domain::{OrderNumber, SerialNumber, SerialRefusal, Sku};
use crate::store::codes::{count, read_count};
use crate::store::db::{Tx, on};
use crate::store::error::StoreError;
use crate::store::stock::import::ROWS;
use crate::store::vault::{KeyFault, Written};

/// What came of holding serial numbers for an order. Unless they are held, the transaction must not be committed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Holding {
    /// The order holds them, but for these, which are in stock.
    Held { in_stock: Vec<SerialNumber> },
    /// Some cannot be issued, of this product first.
    Refused { sku: Sku, why: SerialRefusal },
}

/// A serial number that is stored already, by its name: its product, its order, and the order for which it is held.
type Known = (String, String, Option<i64>, Option<i64>);

impl Tx {
    /// Holds serial numbers for an order that this transaction has locked.
    pub async fn hold_serials(
        &mut self,
        order: OrderNumber,
        serials: &[(Sku, SerialNumber)],
        now: DateTime<Utc>,
    ) -> Result<Holding, StoreError> {
        self.lock_stock().await?;
        on!(self, |db| sqlx::query("INSERT INTO holdings (order_number) VALUES ($1) ON CONFLICT DO NOTHING")
            .bind(order.0)
            .execute(db)
            .await?
            .rows_affected());
        let script = self.script();
        let mut in_stock = Vec::new();
        for chunk in serials.chunks(ROWS) {
            let written =
                chunk.iter().map(|(_, serial)| script.write(serial)).collect::<Result<Vec<Written>, KeyFault>>()?;
            let known = self.known_among(&written).await?;
            let by_name: BTreeMap<&str, &(Sku, SerialNumber)> =
                written.iter().map(|written| written.serial.as_str()).zip(chunk).collect();
            if let Some(refused) = why_not(order, &by_name, &known) {
                return Ok(refused);
            }
            if let (Some(why), Some((sku, _))) = (self.conflict_of(&written).await?, chunk.first()) {
                return Ok(Holding::Refused { sku: sku.clone(), why });
            }
            on!(self, |db| {
                let mut insert = QueryBuilder::new(
                    "INSERT INTO serial_numbers (serial, sku, imported_at, order_number, issued_at, spelling, sealed) ",
                );
                insert.push_values(chunk.iter().zip(&written), |mut row, ((sku, _), written)| {
                    row.push_bind(&written.serial).push_bind(sku.as_str());
                    row.push_bind(now).push_bind(order.0).push_bind(now);
                    row.push_bind(Some(&written.spelling).filter(|spelling| **spelling != written.serial));
                    row.push_bind(&written.sealed);
                });
                insert.push(" ON CONFLICT (serial) DO NOTHING");
                insert.build().execute(db).await?.rows_affected()
            });
            let of_stock = known.iter().filter(|(_, _, of, _)| of.is_none());
            in_stock.extend(of_stock.filter_map(|(name, ..)| Some(by_name.get(name.as_str())?.1.clone())));
        }
        Ok(Holding::Held { in_stock })
    }

    async fn known_among(&mut self, serials: &[Written]) -> Result<Vec<Known>, StoreError> {
        Ok(on!(self, |db| {
            let mut select = QueryBuilder::new(
                "SELECT n.serial, n.sku, n.order_number, h.order_number
                 FROM serial_numbers n LEFT JOIN holdings h ON h.order_number = n.order_number WHERE n.serial IN (",
            );
            let mut list = select.separated(", ");
            for written in serials {
                list.push_bind(&written.serial);
            }
            select.push(") ORDER BY n.serial");
            select.build_query_as().fetch_all(db).await?
        }))
    }

    /// Gives an order these of the stock, as far as they are still there.
    pub async fn issue_in_stock(
        &mut self,
        order: OrderNumber,
        serials: &[SerialNumber],
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let script = self.script();
        for chunk in serials.chunks(ROWS) {
            on!(self, |db| {
                let mut update = QueryBuilder::new("UPDATE serial_numbers SET order_number = ");
                update.push_bind(order.0).push(", issued_at = ").push_bind(now);
                update.push(" WHERE order_number IS NULL AND serial IN (");
                let mut list = update.separated(", ");
                for serial in chunk {
                    list.push_bind(script.name(serial.as_str()));
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

    /// Issues to an order what is held for it.
    pub async fn issue_held(&mut self, order: OrderNumber) -> Result<(), StoreError> {
        on!(self, |db| sqlx::query("DELETE FROM holdings WHERE order_number = $1")
            .bind(order.0)
            .execute(db)
            .await?
            .rows_affected());
        Ok(())
    }

    /// Lets go of so many that are held for an order, which this transaction has locked; gives how many that were.
    pub async fn let_go(&mut self, order: OrderNumber, limit: u32) -> Result<u64, StoreError> {
        let held: Option<i64> =
            on!(self, |db| sqlx::query_scalar("SELECT order_number FROM holdings WHERE order_number = $1")
                .bind(order.0)
                .fetch_optional(db)
                .await?);
        if held.is_none() {
            return Ok(0);
        }
        // Nobody imports at this moment what is deleted here.
        self.lock_stock().await?;
        let gone = on!(self, |db| {
            sqlx::query(
                "WITH portion AS MATERIALIZED (SELECT serial FROM serial_numbers WHERE order_number = $1 LIMIT $2)
                 DELETE FROM serial_numbers WHERE serial IN (SELECT serial FROM portion)",
            )
            .bind(order.0)
            .bind(i64::from(limit))
            .execute(db)
            .await?
            .rows_affected()
        });
        if gone < u64::from(limit) {
            self.issue_held(order).await?;
        }
        Ok(gone)
    }
}

/// Why some of these cannot be held for an order, by what is known of them.
fn why_not(order: OrderNumber, serials: &BTreeMap<&str, &(Sku, SerialNumber)>, known: &[Known]) -> Option<Holding> {
    let such = |is_such: &dyn Fn(&Known, &Sku) -> bool| {
        let mut such = known.iter().filter_map(|one| Some((one, &serials.get(one.0.as_str())?.0)));
        let (first, sku) = such.clone().find(|(one, sku)| is_such(one, sku))?;
        Some((first.3, sku.clone(), count(such.by_ref().filter(|(one, sku)| is_such(one, sku)).count())))
    };
    if let Some((_, sku, count)) = such(&|(_, _, of, held), _| of.is_some() && held.is_none()) {
        return Some(Holding::Refused { sku, why: SerialRefusal::AlreadyIssued { count } });
    }
    if let Some((Some(other), sku, count)) = such(&|(.., held), _| held.is_some_and(|other| other != order.0)) {
        let why = SerialRefusal::HeldFor { other: OrderNumber(other), count };
        return Some(Holding::Refused { sku, why });
    }
    let (_, sku, count) = such(&|(_, product, of, _), sku| of.is_none() && product != sku.as_str())?;
    Some(Holding::Refused { sku, why: SerialRefusal::OtherProduct { count } })
}
