//! How much a database holds, for people to know one from another.

use chrono::{DateTime, Utc};

use crate::domain::OrderNumber;
use crate::store::codes::read_count;
use crate::store::db::{Tx, on};
use crate::store::error::StoreError;

/// What a database has of orders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extent {
    pub orders: u64,
    pub last: Option<OrderNumber>,
    /// When something was done to an order last.
    pub newest: Option<DateTime<Utc>>,
}

impl Tx {
    /// How much the database holds.
    pub async fn extent(&mut self) -> Result<Extent, StoreError> {
        let (orders, last): (i64, Option<i64>) =
            on!(self, |db| sqlx::query_as("SELECT COUNT(*), MAX(number) FROM orders").fetch_one(db).await?);
        let newest =
            on!(self, |db| sqlx::query_scalar("SELECT happened_at FROM order_events ORDER BY id DESC LIMIT 1")
                .fetch_optional(db)
                .await?);
        Ok(Extent { orders: read_count(orders)?, last: last.map(OrderNumber), newest })
    }
}
