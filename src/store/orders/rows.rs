//! Rows that several queries about orders have in common.

use chrono::{DateTime, Utc};

use crate::domain::{OrderLine, OrderNumber, OrderSummary};
use crate::store::codes::{self, read_count, read_sku};
use crate::store::error::StoreError;

#[derive(sqlx::FromRow)]
pub(in crate::store) struct SummaryRow {
    pub(in crate::store) number: i64,
    placed_at: DateTime<Utc>,
    status: String,
    keys: i64,
    total: i64,
    pub(in crate::store) currency: String,
}

#[derive(sqlx::FromRow)]
pub(in crate::store) struct LineRow {
    sku: String,
    names: String,
    quantity: i64,
    price: i64,
}

impl SummaryRow {
    pub(in crate::store) fn into_summary(self) -> Result<OrderSummary, StoreError> {
        Ok(OrderSummary {
            number: OrderNumber(self.number),
            placed_at: self.placed_at,
            status: codes::status(&self.status)?,
            keys: read_count(self.keys)?,
            total: codes::money(self.total, &self.currency)?,
        })
    }
}

impl LineRow {
    pub(in crate::store) fn into_line(self, currency: &str) -> Result<OrderLine, StoreError> {
        Ok(OrderLine {
            sku: read_sku(&self.sku)?,
            name: codes::names(&self.names)?,
            quantity: u32::try_from(self.quantity).map_err(|_| StoreError::unreadable("quantity"))?,
            price: codes::money(self.price, currency)?,
        })
    }
}
