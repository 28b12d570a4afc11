//! The stock of serial numbers: bringing them in, and counting what is there.

use chrono::{DateTime, Utc};
use sqlx::QueryBuilder;

use crate::domain::{Actor, AuditAction, FileFault, SerialNumber, SerialRefusal, Sku};

use crate::store::codes::{count, read_count, read_sku};
use crate::store::db::{Store, Tx, on};
use crate::store::error::StoreError;
use crate::store::vault::{KeyFault, Written};

/// Rows of one statement: enough that sending it costs little, and far from either database's limit on parameters.
pub(in crate::store) const ROWS: usize = 500;

/// What came of bringing serial numbers into the stock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Import {
    /// All of them are known from this transaction on.
    Done(Imported),
    /// Some may not come in; nothing was stored.
    Refused(SerialRefusal),
}

/// Serial numbers that were brought in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Imported {
    /// New in the stock, whether or not a list had brought them already.
    pub added: u64,
    /// Known before, whether in stock or given.
    pub known: u64,
    /// Those of the known that orders have.
    pub given: u64,
}

/// What the stock has of a product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stock {
    pub sku: Sku,
    /// Serial numbers that no order has; at least one.
    pub available: u64,
}

/// A serial number and the line of the file that it stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberedSerial {
    /// Counted from 1.
    pub line: u64,
    pub serial: SerialNumber,
}

/// A serial number stands twice in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Repeated {
    /// The line where it stands first.
    pub first: u64,
    /// The line where it stands again.
    pub again: u64,
    pub spelled: Spelled,
}

/// How a serial number is written that stands twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spelled {
    Alike,
    /// See [`SerialNumber::spelling`].
    Otherwise,
}

impl From<Repeated> for FileFault {
    fn from(Repeated { first, again, spelled }: Repeated) -> FileFault {
        match spelled {
            Spelled::Alike => FileFault::Repeated { first, again },
            Spelled::Otherwise => FileFault::Respelled { first, again },
        }
    }
}

/// Any number of serial numbers on their way into the stock or to an order. They are gathered on disk, without a lock that
/// anybody would wait for.
#[derive(Debug)]
pub struct Staging {
    pub(in crate::store) tx: Tx,
}

impl Store {
    /// Begins to gather serial numbers; dropped without [`Staging::finish`] they leave nothing behind.
    pub async fn begin_staging(&self) -> Result<Staging, StoreError> {
        let mut tx = self.begin_unlocked().await?;
        tx.create_staging().await?;
        Ok(Staging { tx })
    }
}

impl Staging {
    /// Gathers some more of a product; the outcome names the first one that stands twice, if any does.
    pub async fn gather(&mut self, sku: &Sku, serials: &[NumberedSerial]) -> Result<Option<Repeated>, StoreError> {
        for chunk in serials.chunks(ROWS) {
            let fresh = self.tx.stage_chunk(sku, chunk.iter().map(|one| (&one.serial, one.line))).await?;
            if fresh < count(chunk.len())
                && let Some(repeated) = self.tx.first_repeated(chunk).await?
            {
                return Ok(Some(repeated));
            }
        }
        Ok(None)
    }

    /// The next ones in the order of their spellings, or of the names of those, with their products.
    pub async fn page(
        &mut self,
        after: Option<&SerialNumber>,
        limit: u32,
    ) -> Result<Vec<(Sku, SerialNumber)>, StoreError> {
        let script = self.tx.script();
        let after = after.map(|after| script.name(&after.spelling())).unwrap_or_default();
        let rows: Vec<(String, String, String)> = on!(&mut self.tx, |db| sqlx::query_as(
            "SELECT sku, spelling, COALESCE(sealed, serial) FROM staged_serials
             WHERE spelling > $1 ORDER BY spelling LIMIT $2"
        )
        .bind(after)
        .bind(i64::from(limit))
        .fetch_all(db)
        .await?);
        rows.into_iter().map(|(sku, spelling, text)| Ok((read_sku(&sku)?, script.read(&spelling, &text)?))).collect()
    }

    /// Locks the stock and gives the transaction, which from now on others wait for.
    pub async fn lock(&mut self) -> Result<&mut Tx, StoreError> {
        self.tx.lock_stock().await?;
        Ok(&mut self.tx)
    }

    /// Puts all of them into the stock, with a row of the audit, or none.
    pub async fn finish(mut self, sku: &Sku, by: &Actor, now: DateTime<Utc>) -> Result<Import, StoreError> {
        let import = self.tx.import_staged(sku, now).await?;
        if let Import::Done(Imported { added, known, .. }) = import {
            self.tx.append_audit(by, &AuditAction::Imported { sku: sku.clone(), added, known }, now).await?;
        }
        self.tx.drop_staging().await?;
        self.tx.commit().await?;
        Ok(import)
    }
}

impl Tx {
    /// Puts serial numbers into the stock, all or none; those known already stay as they are.
    pub async fn import_serials(
        &mut self,
        sku: &Sku,
        serials: &[SerialNumber],
        now: DateTime<Utc>,
    ) -> Result<Import, StoreError> {
        self.create_staging().await?;
        let staged = self.stage(sku, serials).await?;
        let import = self.import_staged(sku, now).await?;
        self.drop_staging().await?;
        Ok(match import {
            Import::Done(counts) => {
                Import::Done(Imported { known: counts.known + count(serials.len()) - staged, ..counts })
            }
            refused @ Import::Refused(_) => refused,
        })
    }

    /// What is in stock, by product; a product without stock is not among them.
    pub async fn stock(&mut self) -> Result<Vec<Stock>, StoreError> {
        let rows: Vec<(String, i64)> = on!(self, |db| sqlx::query_as(
            "SELECT sku, COUNT(*) FROM serial_numbers WHERE order_number IS NULL GROUP BY sku ORDER BY sku"
        )
        .fetch_all(db)
        .await?);
        let stock = rows
            .into_iter()
            .map(|(sku, available)| Ok(Stock { sku: read_sku(&sku)?, available: read_count(available)? }));
        stock.collect()
    }

    /// A table for this transaction only, in which any number of serial numbers can be compared with those stored.
    pub(in crate::store) async fn create_staging(&mut self) -> Result<(), StoreError> {
        on!(self, |db| sqlx::query(
            "CREATE TEMPORARY TABLE staged_serials
                 (spelling TEXT NOT NULL PRIMARY KEY, serial TEXT NOT NULL, sealed TEXT, sku TEXT NOT NULL,
                  line BIGINT NOT NULL)"
        )
        .execute(db)
        .await?
        .rows_affected());
        Ok(())
    }

    pub(in crate::store) async fn drop_staging(&mut self) -> Result<(), StoreError> {
        on!(self, |db| sqlx::query("DROP TABLE staged_serials").execute(db).await?.rows_affected());
        Ok(())
    }

    /// Puts serial numbers into the staging table; the outcome counts those that differ from each other.
    pub(in crate::store) async fn stage(&mut self, sku: &Sku, serials: &[SerialNumber]) -> Result<u64, StoreError> {
        let (mut staged, mut lines) = (0, 0);
        for chunk in serials.chunks(ROWS) {
            staged += self.stage_chunk(sku, chunk.iter().zip(lines..)).await?;
            lines += count(chunk.len());
        }
        Ok(staged)
    }

    async fn stage_chunk<'s>(
        &mut self,
        sku: &Sku,
        rows: impl Iterator<Item = (&'s SerialNumber, u64)> + Send,
    ) -> Result<u64, StoreError> {
        let script = self.script();
        let rows: Vec<(Written, i64)> = rows
            .map(|(serial, line)| Ok((script.write(serial)?, i64::try_from(line).unwrap_or(i64::MAX))))
            .collect::<Result<_, KeyFault>>()?;
        Ok(on!(self, |db| {
            let mut insert = QueryBuilder::new("INSERT INTO staged_serials (spelling, serial, sealed, sku, line) ");
            insert.push_values(&rows, |mut row, (written, line)| {
                row.push_bind(&written.spelling).push_bind(&written.serial).push_bind(&written.sealed);
                row.push_bind(sku.as_str()).push_bind(*line);
            });
            insert.push(" ON CONFLICT (spelling) DO NOTHING");
            insert.build().execute(db).await?.rows_affected()
        }))
    }

    async fn first_repeated(&mut self, chunk: &[NumberedSerial]) -> Result<Option<Repeated>, StoreError> {
        let script = self.script();
        let mut repeated = None;
        for NumberedSerial { line, serial } in chunk {
            let (first, other): (i64, String) =
                on!(self, |db| sqlx::query_as("SELECT line, serial FROM staged_serials WHERE spelling = $1")
                    .bind(script.name(&serial.spelling()))
                    .fetch_one(db)
                    .await?);
            let first = read_count(first)?;
            if first != *line {
                let spelled = if other == script.name(serial.as_str()) { Spelled::Alike } else { Spelled::Otherwise };
                repeated = Some(Repeated { first, again: *line, spelled });
                break;
            }
        }
        Ok(repeated)
    }

    async fn import_staged(&mut self, sku: &Sku, now: DateTime<Utc>) -> Result<Import, StoreError> {
        self.lock_stock().await?;
        if let Some(why) = self.conflict_of_staged().await? {
            return Ok(Import::Refused(why));
        }
        let count = self.count_staged_of_other_products(sku).await?;
        if count > 0 {
            return Ok(Import::Refused(SerialRefusal::OtherProduct { count }));
        }
        let staged: i64 =
            on!(self, |db| sqlx::query_scalar("SELECT COUNT(*) FROM staged_serials").fetch_one(db).await?);
        let taken = self.stock_held(sku, now).await?;
        // In the order of the indexes, which are then written from one end to the other. SQLite would read ON of the
        // last line as a join's, were it not for WHERE.
        let fresh = on!(self, |db| sqlx::query(
            "INSERT INTO serial_numbers (serial, sku, imported_at, spelling, sealed, place)
             SELECT serial, $1, $2, NULLIF(spelling, serial), sealed, CASE WHEN sealed IS NULL THEN 0 ELSE line END
             FROM staged_serials WHERE TRUE ORDER BY spelling
             ON CONFLICT (serial) DO NOTHING"
        )
        .bind(sku.as_str())
        .bind(now)
        .execute(db)
        .await?
        .rows_affected());
        let added = taken + fresh;
        let known = read_count(staged)?.saturating_sub(added);
        let given = if known == 0 { 0 } else { self.count_staged_that_orders_have().await? };
        Ok(Import::Done(Imported { added, known, given }))
    }

    async fn count_staged_that_orders_have(&mut self) -> Result<u64, StoreError> {
        let given: i64 = on!(self, |db| sqlx::query_scalar(
            "SELECT COUNT(*) FROM staged_serials s JOIN serial_numbers n ON n.serial = s.serial
             WHERE n.order_number IS NOT NULL"
        )
        .fetch_one(db)
        .await?);
        read_count(given)
    }

    /// Takes into the stock what is staged and held for an order: that may never be completed, and sees it if it is.
    async fn stock_held(&mut self, sku: &Sku, now: DateTime<Utc>) -> Result<u64, StoreError> {
        let held: i64 = on!(self, |db| sqlx::query_scalar("SELECT COUNT(*) FROM holdings").fetch_one(db).await?);
        if held == 0 {
            // Nearly always; a million rows need not be looked up for it.
            return Ok(0);
        }
        Ok(on!(self, |db| {
            sqlx::query(
            "UPDATE serial_numbers SET sku = $1, imported_at = $2, order_number = NULL, issued_at = NULL
             WHERE order_number IN (SELECT order_number FROM holdings) AND serial IN (SELECT serial FROM staged_serials)"
        )
        .bind(sku.as_str())
        .bind(now)
        .execute(db)
        .await?
        .rows_affected()
        }))
    }

    pub(in crate::store) async fn count_staged_of_other_products(&mut self, sku: &Sku) -> Result<u64, StoreError> {
        let others: i64 = on!(self, |db| sqlx::query_scalar(
            "SELECT COUNT(*) FROM staged_serials s JOIN serial_numbers n ON n.serial = s.serial
             WHERE n.sku <> $1
                 AND (n.order_number IS NULL OR n.order_number NOT IN (SELECT order_number FROM holdings))"
        )
        .bind(sku.as_str())
        .fetch_one(db)
        .await?);
        read_count(others)
    }
}
