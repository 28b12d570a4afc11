//! Placing an order: once for each draft, under the next number.

use chrono::{DateTime, Utc};

use crate::domain::{AccountId, DraftId, NewOrder, OrderNumber};
use crate::store::db::{Tx, on, on_stored};
use crate::store::error::StoreError;

/// What came of placing an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placement {
    /// It exists from this transaction on.
    Placed(OrderNumber),
    /// Its draft was sent before; nothing was stored.
    AlreadyPlaced(OrderNumber),
}

impl Tx {
    /// Makes `first` the number of the first order. Once there is an order, or a higher start, it changes nothing.
    pub async fn start_order_numbers_at(&mut self, first: i64) -> Result<(), StoreError> {
        let last = self.last_order_number().await?;
        let any: Option<i64> = on!(self, |db| sqlx::query_scalar("SELECT number FROM orders ORDER BY number LIMIT 1")
            .fetch_optional(db)
            .await?);
        if any.is_none() && first - 1 > last {
            self.set_last_order_number(first - 1).await?;
        }
        Ok(())
    }

    /// Places the order under the next number, with the first row of its audit trail, unless its draft was sent before. What
    /// is placed is written with what else the transaction places, before any other statement.
    pub async fn place_order(
        &mut self,
        order: &NewOrder,
        actor_name: &str,
        now: DateTime<Utc>,
    ) -> Result<Placement, StoreError> {
        // Under the lock of the counter nobody else places this draft meanwhile.
        let last = self.last_order_number().await?;
        if self.facts.unsent != Some(order.draft)
            && let Some(sent) = self.number_of_draft(order).await?
        {
            return Ok(Placement::AlreadyPlaced(sent));
        }
        self.facts.unsent = None;
        self.facts.taken_up.retain(|(account, _), _| *account != order.account);
        let number = OrderNumber(last + 1);
        self.changes.of_order(number, now);
        let placed = self.placed.place(number, order, actor_name, now);
        self.facts.placed.insert(order.placed_by, placed);
        Ok(Placement::Placed(number))
    }

    /// The order that the account placed from this draft.
    pub async fn placed_from(&mut self, draft: DraftId, account: AccountId) -> Result<Option<OrderNumber>, StoreError> {
        let number: Option<i64> =
            on!(self, |db| sqlx::query_scalar("SELECT number FROM orders WHERE draft_id = $1 AND account_id = $2")
                .bind(draft.0)
                .bind(account.0)
                .fetch_optional(db)
                .await?);
        Ok(number.map(OrderNumber))
    }

    async fn number_of_draft(&mut self, order: &NewOrder) -> Result<Option<OrderNumber>, StoreError> {
        self.write_placed_by(order.account).await?;
        let number: Option<i64> =
            on_stored!(self, |db| sqlx::query_scalar("SELECT number FROM orders WHERE draft_id = $1")
                .bind(order.draft.0)
                .fetch_optional(db)
                .await?);
        Ok(number.map(OrderNumber))
    }
}
