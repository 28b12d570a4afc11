//! Serial numbers on their way to orders, and those that orders have.

use chrono::{DateTime, Utc};
use futures_util::TryStreamExt;

use crate::domain::{AccountId, IssuedCount, OrderNumber, SerialNumber, SerialRefusal, Sku};

use crate::store::codes::{self, count, read_count, read_sku};
use crate::store::db::{Tx, on};
use crate::store::error::StoreError;
use crate::store::vault::Script;

/// What came of giving serial numbers to an order. Unless they were given, nothing was stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Allocation {
    /// The order has them from this transaction on.
    Given,
    /// The stock does not have enough.
    Short { available: u32 },
    /// Some of the list cannot be issued, or stand twice in it.
    Refused(SerialRefusal),
}

/// A serial number that an order has.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct IssuedSerial {
    pub order: OrderNumber,
    pub sku: Sku,
    pub serial: SerialNumber,
}

/// What is known of a serial number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundSerial {
    /// The product that it stands under.
    pub sku: Sku,
    /// The order that it was issued to; `None` while it is in stock.
    pub order: Option<OrderNumber>,
}

/// Serial numbers on their way to whoever reads them, by order and product. Sealed ones come by their names, in whose order nobody
/// could look one up in a list: those of one product of one order wait for each other.
struct InOrder<F> {
    waiting: Vec<IssuedSerial>,
    each: F,
}

impl<F: FnMut(IssuedSerial)> InOrder<F> {
    fn of(each: F) -> InOrder<F> {
        InOrder { waiting: Vec::new(), each }
    }

    fn add(&mut self, next: IssuedSerial, script: &Script) {
        if !script.is_sealing() {
            return (self.each)(next);
        }
        if self.waiting.last().is_some_and(|last| (last.order, &last.sku) != (next.order, &next.sku)) {
            self.give();
        }
        self.waiting.push(next);
    }

    /// Gives what waits.
    fn give(&mut self) {
        self.waiting.sort_unstable();
        self.waiting.drain(..).for_each(&mut self.each);
    }
}

impl Tx {
    /// Gives an order serial numbers of a product, the first imported first, and keeps the stock locked until this
    /// transaction ends.
    pub async fn issue_from_stock(
        &mut self,
        order: OrderNumber,
        sku: &Sku,
        quantity: u32,
        now: DateTime<Utc>,
    ) -> Result<Allocation, StoreError> {
        self.lock_stock().await?;
        let available = self.in_stock(sku, quantity).await?;
        if available < quantity {
            return Ok(Allocation::Short { available });
        }
        on!(self, |db| sqlx::query(
            "WITH oldest AS MATERIALIZED (
                 SELECT serial FROM serial_numbers WHERE sku = $3 AND order_number IS NULL
                 ORDER BY imported_at, place, serial LIMIT $4
             )
             UPDATE serial_numbers SET order_number = $1, issued_at = $2 WHERE serial IN (SELECT serial FROM oldest)"
        )
        .bind(order.0)
        .bind(now)
        .bind(sku.as_str())
        .bind(i64::from(quantity))
        .execute(db)
        .await?
        .rows_affected());
        self.changes.of_stock(now);
        Ok(Allocation::Given)
    }

    /// How much of a product is in stock, counted up to a quantity only: the stock may be a million.
    pub async fn in_stock(&mut self, sku: &Sku, up_to: u32) -> Result<u32, StoreError> {
        let available: i64 = on!(self, |db| sqlx::query_scalar(
            "SELECT COUNT(*) FROM
                 (SELECT serial FROM serial_numbers WHERE sku = $1 AND order_number IS NULL LIMIT $2) AS enough"
        )
        .bind(sku.as_str())
        .bind(i64::from(up_to))
        .fetch_one(db)
        .await?);
        u32::try_from(available).map_err(|_| StoreError::unreadable("count"))
    }

    /// Gives an order these very serial numbers: those in stock are taken from it, and unknown ones become known. Keeps
    /// the stock locked until this transaction ends.
    pub async fn issue_listed(
        &mut self,
        order: OrderNumber,
        sku: &Sku,
        serials: &[SerialNumber],
        now: DateTime<Utc>,
    ) -> Result<Allocation, StoreError> {
        self.lock_stock().await?;
        self.create_staging().await?;
        let distinct = self.stage(sku, serials).await?;
        let allocation = self.issue_staged(order, sku, now, count(serials.len()) - distinct).await?;
        self.drop_staging().await?;
        Ok(allocation)
    }

    async fn issue_staged(
        &mut self,
        order: OrderNumber,
        sku: &Sku,
        now: DateTime<Utc>,
        repeated: u64,
    ) -> Result<Allocation, StoreError> {
        let given: i64 = on!(self, |db| sqlx::query_scalar(
            "SELECT COUNT(*) FROM staged_serials s JOIN serial_numbers n ON n.serial = s.serial
             WHERE n.order_number IS NOT NULL AND n.order_number NOT IN (SELECT order_number FROM holdings)"
        )
        .fetch_one(db)
        .await?);
        let count = read_count(given)? + repeated;
        if count > 0 {
            return Ok(Allocation::Refused(SerialRefusal::AlreadyIssued { count }));
        }
        let held: Option<(i64, i64)> = on!(self, |db| sqlx::query_as(
            "SELECT h.order_number, COUNT(*) FROM staged_serials s JOIN serial_numbers n ON n.serial = s.serial
                 JOIN holdings h ON h.order_number = n.order_number
             GROUP BY h.order_number ORDER BY h.order_number LIMIT 1"
        )
        .fetch_optional(db)
        .await?);
        if let Some((other, count)) = held {
            let (other, count) = (OrderNumber(other), read_count(count)?);
            return Ok(Allocation::Refused(SerialRefusal::HeldFor { other, count }));
        }
        let count = self.count_staged_of_other_products(sku).await?;
        if count > 0 {
            return Ok(Allocation::Refused(SerialRefusal::OtherProduct { count }));
        }
        if let Some(why) = self.conflict_of_staged().await? {
            return Ok(Allocation::Refused(why));
        }
        on!(self, |db| sqlx::query(
            "INSERT INTO serial_numbers (serial, sku, imported_at, order_number, issued_at, spelling, sealed)
             SELECT serial, $1, $2, $3, $2, NULLIF(spelling, serial), sealed
             FROM staged_serials WHERE TRUE ORDER BY spelling
             ON CONFLICT (serial) DO UPDATE SET order_number = excluded.order_number, issued_at = excluded.issued_at"
        )
        .bind(sku.as_str())
        .bind(now)
        .bind(order.0)
        .execute(db)
        .await?
        .rows_affected());
        self.changes.of_stock(now);
        Ok(Allocation::Given)
    }

    /// The serial numbers of an order, by product, one by one: an order may have a million.
    pub async fn each_serial_of(
        &mut self,
        order: OrderNumber,
        mut each: impl FnMut(Sku, SerialNumber) + Send,
    ) -> Result<(), StoreError> {
        let script = self.script();
        let mut list = InOrder::of(|one| each(one.sku, one.serial));
        on!(self, |db| {
            let mut rows = sqlx::query_as::<_, (String, String, String)>(
                "SELECT sku, COALESCE(spelling, serial), COALESCE(sealed, serial) FROM serial_numbers
                 WHERE order_number = $1 ORDER BY sku, serial",
            )
            .bind(order.0)
            .fetch(db);
            while let Some((sku, spelling, text)) = rows.try_next().await? {
                let (sku, serial) = (read_sku(&sku)?, script.read(&spelling, &text)?);
                list.add(IssuedSerial { order, sku, serial }, &script);
            }
        });
        list.give();
        Ok(())
    }

    /// The serial numbers that an account was ever given, by order and product, one by one.
    pub async fn each_serial_of_account(
        &mut self,
        account: AccountId,
        each: impl FnMut(IssuedSerial) + Send,
    ) -> Result<(), StoreError> {
        let script = self.script();
        let mut list = InOrder::of(each);
        on!(self, |db| {
            let mut rows = sqlx::query_as::<_, (i64, String, String, String)>(
                "SELECT n.order_number, n.sku, COALESCE(n.spelling, n.serial), COALESCE(n.sealed, n.serial)
                 FROM orders o JOIN serial_numbers n ON n.order_number = o.number
                 WHERE o.account_id = $1 AND o.status = 'completed' ORDER BY n.order_number, n.sku, n.serial",
            )
            .bind(account.0)
            .fetch(db);
            while let Some((order, sku, spelling, text)) = rows.try_next().await? {
                let (sku, serial) = (read_sku(&sku)?, script.read(&spelling, &text)?);
                list.add(IssuedSerial { order: OrderNumber(order), sku, serial }, &script);
            }
        });
        list.give();
        Ok(())
    }

    /// Whether an account was ever given a serial number.
    pub async fn has_serials(&mut self, account: AccountId) -> Result<bool, StoreError> {
        let any: Option<i64> = on!(self, |db| sqlx::query_scalar(
            "SELECT n.order_number FROM orders o JOIN serial_numbers n ON n.order_number = o.number
             WHERE o.account_id = $1 AND o.status = 'completed' LIMIT 1"
        )
        .bind(account.0)
        .fetch_optional(db)
        .await?);
        Ok(any.is_some())
    }

    /// How many serial numbers an account was given, by order and product, the newest orders only.
    pub async fn issued_counts(&mut self, account: AccountId, limit: u32) -> Result<Vec<IssuedCount>, StoreError> {
        let rows: Vec<(i64, String, i64)> = on!(self, |db| sqlx::query_as(
            "SELECT o.number, l.names, l.quantity
             FROM orders o JOIN order_lines l ON l.order_number = o.number
             WHERE o.account_id = $1 AND o.status = 'completed' ORDER BY o.number DESC, l.position LIMIT $2"
        )
        .bind(account.0)
        .bind(i64::from(limit))
        .fetch_all(db)
        .await?);
        let counts = rows.into_iter().map(|(order, names, count)| {
            Ok(IssuedCount { order: OrderNumber(order), name: codes::names(&names)?, count: read_count(count)? })
        });
        counts.collect()
    }

    /// What is known of exactly this serial number. One that is only held for an order may never have been the shop's.
    pub async fn find_serial(&mut self, serial: &SerialNumber) -> Result<Option<FoundSerial>, StoreError> {
        let name = self.script().name(serial.as_str());
        let row: Option<(String, Option<i64>)> = on!(self, |db| sqlx::query_as(
            "SELECT sku, order_number FROM serial_numbers
             WHERE serial = $1 AND (order_number IS NULL OR order_number NOT IN (SELECT order_number FROM holdings))"
        )
        .bind(name)
        .fetch_optional(db)
        .await?);
        let found = row.map(|(sku, order)| Ok(FoundSerial { sku: read_sku(&sku)?, order: order.map(OrderNumber) }));
        found.transpose()
    }
}
