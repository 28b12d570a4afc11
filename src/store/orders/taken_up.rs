//! What an account has taken up of its limits.

use chrono::{DateTime, Utc};

use crate::domain::{AccountId, DraftId};
use crate::store::codes::read_count;
use crate::store::db::{Tx, on, on_stored};
use crate::store::error::StoreError;

impl Tx {
    /// Locks an account, so that nobody counts what it has taken up before this transaction ends.
    pub async fn lock_account(&mut self, account: AccountId) -> Result<(), StoreError> {
        if !self.has_rivals() {
            return Ok(());
        }
        on_stored!(self, |db| sqlx::query("UPDATE accounts SET created_at = created_at WHERE id = $1")
            .bind(account.0)
            .execute(db)
            .await?
            .rows_affected());
        Ok(())
    }

    /// How many orders of an account are open, counted up to `most`, and when it placed the first of its last `count`
    /// orders; `None` when it has fewer. Whether the draft became an order is read with it, for [`Tx::place_order`].
    pub async fn orders_taken_up(
        &mut self,
        account: AccountId,
        draft: DraftId,
        (most, count): (u32, u32),
    ) -> Result<(u64, Option<DateTime<Utc>>), StoreError> {
        self.write_placed_by(account).await?;
        let (open, first, is_sent): (i64, Option<DateTime<Utc>>, bool) = on_stored!(self, |db| sqlx::query_as(
            "SELECT
                 (SELECT COUNT(*) FROM (
                     SELECT number FROM orders WHERE account_id = $1 AND status IN ('placed', 'invoiced') LIMIT $2 + 0
                 ) counted),
                 (SELECT placed_at FROM orders WHERE account_id = $1 ORDER BY number DESC LIMIT 1 OFFSET $3),
                 EXISTS (SELECT 1 FROM orders WHERE draft_id = $4)"
        )
        .bind(account.0)
        .bind(i64::from(most))
        .bind(i64::from(count.saturating_sub(1)))
        .bind(draft.0)
        .fetch_one(db)
        .await?);
        self.facts.unsent = Some(draft).filter(|_| !is_sent);
        Ok((read_count(open)?, first))
    }

    /// When an account sent the first of its last so many messages to staff, if that was after `since`.
    pub async fn first_of_last_messages(
        &mut self,
        account: AccountId,
        count: u32,
        since: DateTime<Utc>,
    ) -> Result<Option<DateTime<Utc>>, StoreError> {
        // A join could begin with the account's orders, of which there may be thousands.
        Ok(on!(self, |db| sqlx::query_scalar(
            "SELECT e.happened_at FROM order_events e
             WHERE e.kind = 'asked' AND e.happened_at > $3
                 AND (SELECT o.account_id FROM orders o WHERE o.number = e.order_number) = $1
             ORDER BY e.happened_at DESC, e.id DESC LIMIT 1 OFFSET $2"
        )
        .bind(account.0)
        .bind(i64::from(count.saturating_sub(1)))
        .bind(since)
        .fetch_optional(db)
        .await?))
    }

    /// When an account asked the first of its last so many times for serial numbers.
    pub async fn first_of_last_serial_requests(
        &mut self,
        account: AccountId,
        count: u32,
    ) -> Result<Option<DateTime<Utc>>, StoreError> {
        Ok(on!(self, |db| sqlx::query_scalar(
            "SELECT asked_at FROM serial_requests WHERE account_id = $1 ORDER BY asked_at DESC LIMIT 1 OFFSET $2"
        )
        .bind(account.0)
        .bind(i64::from(count.saturating_sub(1)))
        .fetch_optional(db)
        .await?))
    }

    /// Counts that an account asks for serial numbers.
    pub async fn record_serial_request(&mut self, account: AccountId, now: DateTime<Utc>) -> Result<(), StoreError> {
        on!(self, |db| sqlx::query("INSERT INTO serial_requests (account_id, asked_at) VALUES ($1, $2)")
            .bind(account.0)
            .bind(now)
            .execute(db)
            .await?
            .rows_affected());
        Ok(())
    }

    /// Forgets what an account asked before this moment.
    pub async fn forget_serial_requests(
        &mut self,
        account: AccountId,
        before: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        on!(self, |db| sqlx::query("DELETE FROM serial_requests WHERE account_id = $1 AND asked_at <= $2")
            .bind(account.0)
            .bind(before)
            .execute(db)
            .await?
            .rows_affected());
        Ok(())
    }
}
