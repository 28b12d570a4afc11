//! Every price list that was ever applied; the last one holds.

use chrono::{DateTime, Utc};

use crate::store::db::{Tx, on};
use crate::store::error::StoreError;

/// A price list as applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceList {
    /// Rises by one with each that is applied.
    pub id: i64,
    /// The catalogue file's text.
    pub source: String,
}

/// What came of applying a price list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Applied {
    /// It holds from this transaction on, under this id.
    New(i64),
    /// It is the one that holds already.
    Current(i64),
}

impl Tx {
    /// The price list that holds.
    pub async fn current_price_list(&mut self) -> Result<Option<PriceList>, StoreError> {
        let row: Option<(i64, String)> =
            on!(self, |db| sqlx::query_as("SELECT id, source FROM price_lists ORDER BY id DESC LIMIT 1")
                .fetch_optional(db)
                .await?);
        Ok(row.map(|(id, source)| PriceList { id, source }))
    }

    /// The id of the price list that holds, which tells cheaply whether there is a new one.
    pub async fn current_price_list_id(&mut self) -> Result<Option<i64>, StoreError> {
        if let Some(known) = self.facts.price_list {
            return Ok(known);
        }
        Ok(self.look_around().await?.0)
    }

    /// Whether the shop is under maintenance. Whoever is served needs the price list as well, so it costs no statement.
    pub async fn is_maintained(&mut self) -> Result<bool, StoreError> {
        if let Some(known) = self.facts.is_maintained {
            return Ok(known);
        }
        Ok(self.look_around().await?.1)
    }

    async fn look_around(&mut self) -> Result<(Option<i64>, bool), StoreError> {
        let (id, is_maintained): (Option<i64>, bool) = on!(self, |db| sqlx::query_as(
            "SELECT (SELECT id FROM price_lists ORDER BY id DESC LIMIT 1), EXISTS (SELECT 1 FROM maintenance)"
        )
        .fetch_one(db)
        .await?);
        self.facts.price_list = Some(id);
        self.facts.is_maintained = Some(is_maintained);
        Ok((id, is_maintained))
    }

    /// Makes this the price list that holds, unless it is so already.
    pub async fn apply_price_list(
        &mut self,
        source: &str,
        applied_by: &str,
        now: DateTime<Utc>,
    ) -> Result<Applied, StoreError> {
        self.facts.price_list = None;
        // The counter's row lock makes replicas that start with the same file wait for each other.
        let last: i64 = on!(self, |db| sqlx::query_scalar(
            "UPDATE counters SET value = value WHERE name = 'price_lists' RETURNING value"
        )
        .fetch_one(db)
        .await?);
        if let Some(current) = self.current_price_list().await?
            && current.source == source
        {
            return Ok(Applied::Current(current.id));
        }
        let id = last + 1;
        on!(self, |db| sqlx::query("UPDATE counters SET value = $1 WHERE name = 'price_lists'")
            .bind(id)
            .execute(db)
            .await?
            .rows_affected());
        on!(self, |db| sqlx::query(
            "INSERT INTO price_lists (id, source, applied_by, applied_at) VALUES ($1, $2, $3, $4)"
        )
        .bind(id)
        .bind(source)
        .bind(applied_by)
        .bind(now)
        .execute(db)
        .await?
        .rows_affected());
        Ok(Applied::New(id))
    }

    /// The last price list that this hand applied.
    pub async fn last_applied_by(&mut self, applied_by: &str) -> Result<Option<String>, StoreError> {
        Ok(on!(self, |db| sqlx::query_scalar(
            "SELECT source FROM price_lists WHERE applied_by = $1 ORDER BY id DESC LIMIT 1"
        )
        .bind(applied_by)
        .fetch_optional(db)
        .await?))
    }
}
