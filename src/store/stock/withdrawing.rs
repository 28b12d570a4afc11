//! Taking unsold serial numbers out of the stock, for good.

use chrono::{DateTime, Utc};

use crate::domain::{Actor, AuditAction, Sku, SomeLines, WithdrawalReason};
use crate::store::codes::read_count;
use crate::store::db::{Tx, on};
use crate::store::error::StoreError;
use crate::store::stock::import::Staging;

/// What gathered serial numbers are to the stock of a product.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct StockMatch {
    /// So many are in it.
    pub in_stock: u64,
    /// Lines of those that were issued to orders.
    pub sold: Option<SomeLines>,
    /// Lines of those that the product does not have.
    pub absent: Option<SomeLines>,
    /// So many were taken out before; they are absent.
    pub withdrawn: u64,
}

impl StockMatch {
    /// Whether all of them can be taken out.
    pub fn is_whole(&self) -> bool {
        self.in_stock > 0 && self.sold.is_none() && self.absent.is_none()
    }
}

impl Staging {
    /// Compares what was gathered with the stock of a product, and changes nothing.
    pub async fn match_stock(mut self, sku: &Sku) -> Result<StockMatch, StoreError> {
        self.tx.match_staged(sku).await
    }

    /// Takes all of them out of the stock of a product, with a row of the audit, if there are exactly so many and each is
    /// in it; else nothing changes, and the outcome says what they are.
    pub async fn withdraw(
        mut self,
        sku: &Sku,
        expected: u64,
        by: &Actor,
        reason: &WithdrawalReason,
        now: DateTime<Utc>,
    ) -> Result<Result<(), StockMatch>, StoreError> {
        let matched = self.tx.match_staged(sku).await?;
        if !matched.is_whole() || matched.in_stock != expected {
            return Ok(Err(matched));
        }
        self.tx.withdraw_staged(sku, now).await?;
        let action = AuditAction::Withdrawn { sku: sku.clone(), count: expected, reason: reason.clone() };
        self.tx.append_audit(by, &action, now).await?;
        self.tx.drop_staging().await?;
        self.tx.commit().await?;
        Ok(Ok(()))
    }
}

impl Tx {
    async fn match_staged(&mut self, sku: &Sku) -> Result<StockMatch, StoreError> {
        self.lock_stock().await?;
        let in_stock: i64 = on!(self, |db| sqlx::query_scalar(
            "SELECT COUNT(*) FROM staged_serials s JOIN serial_numbers n ON n.serial = s.serial
             WHERE n.sku = $1 AND n.order_number IS NULL"
        )
        .bind(sku.as_str())
        .fetch_one(db)
        .await?);
        let sold: (i64, Option<i64>) = on!(self, |db| sqlx::query_as(
            "SELECT COUNT(*), MIN(s.line) FROM staged_serials s JOIN serial_numbers n ON n.serial = s.serial
             WHERE n.sku = $1 AND n.order_number IS NOT NULL
                 AND n.order_number NOT IN (SELECT order_number FROM holdings)"
        )
        .bind(sku.as_str())
        .fetch_one(db)
        .await?);
        let absent: (i64, Option<i64>) = on!(self, |db| sqlx::query_as(
            "SELECT COUNT(*), MIN(s.line) FROM staged_serials s LEFT JOIN serial_numbers n ON n.serial = s.serial
             WHERE n.serial IS NULL OR n.sku <> $1 OR n.order_number IN (SELECT order_number FROM holdings)"
        )
        .bind(sku.as_str())
        .fetch_one(db)
        .await?);
        let withdrawn: i64 = on!(self, |db| {
            sqlx::query_scalar(
            "SELECT COUNT(*) FROM staged_serials s JOIN withdrawn_serials w ON w.spelling = s.spelling WHERE w.sku = $1"
        )
        .bind(sku.as_str())
        .fetch_one(db)
        .await?
        });
        Ok(StockMatch {
            in_stock: read_count(in_stock)?,
            sold: some_lines(sold)?,
            absent: some_lines(absent)?,
            withdrawn: read_count(withdrawn)?,
        })
    }

    async fn withdraw_staged(&mut self, sku: &Sku, now: DateTime<Utc>) -> Result<(), StoreError> {
        on!(self, |db| sqlx::query(
            "INSERT INTO withdrawn_serials (spelling, sku, withdrawn_at, sealed)
             SELECT spelling, $1, $2, sealed FROM staged_serials WHERE TRUE ORDER BY spelling"
        )
        .bind(sku.as_str())
        .bind(now)
        .execute(db)
        .await?
        .rows_affected());
        on!(self, |db| sqlx::query(
            "DELETE FROM serial_numbers
             WHERE order_number IS NULL AND serial IN (SELECT serial FROM staged_serials)"
        )
        .execute(db)
        .await?
        .rows_affected());
        self.changes.of_stock(now);
        Ok(())
    }
}

fn some_lines((count, first): (i64, Option<i64>)) -> Result<Option<SomeLines>, StoreError> {
    let count = read_count(count)?;
    Ok(match first {
        Some(first) if count > 0 => Some(SomeLines { first: read_count(first)?, count }),
        _ => None,
    })
}
