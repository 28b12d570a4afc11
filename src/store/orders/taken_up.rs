//! What an account has taken up of its limits.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use sqlx::QueryBuilder;

use crate::domain::{AccountId, DraftId, PersonId};
use crate::store::codes::read_count;
use crate::store::db::{Tx, on, on_stored};
use crate::store::error::StoreError;
use crate::store::known::TakenUp;
use crate::store::portions::padded;

/// Far from either database's limit on parameters.
const AT_ONCE: usize = 200;

#[derive(sqlx::FromRow)]
struct TakenUpRow {
    account_id: i64,
    draft_id: i64,
    open: i64,
    first: Option<DateTime<Utc>>,
    is_sent: bool,
}

impl Tx {
    /// Locks an account, so that nobody counts what it has taken up before this transaction ends.
    pub async fn lock_account(&mut self, account: AccountId) -> Result<(), StoreError> {
        self.lock_accounts(&[account].into()).await
    }

    /// The same for several, in an order that keeps two transactions from waiting for each other.
    pub(in crate::store) async fn lock_accounts(&mut self, accounts: &BTreeSet<AccountId>) -> Result<(), StoreError> {
        let free: Vec<AccountId> = accounts.difference(&self.facts.locked).copied().collect();
        if free.is_empty() || !self.has_rivals() {
            return Ok(());
        }
        for accounts in free.chunks(AT_ONCE) {
            on_stored!(self, |db| {
                let mut query = QueryBuilder::new("SELECT id FROM accounts WHERE id IN (");
                let mut wanted = query.separated(", ");
                for account in padded(accounts) {
                    wanted.push_bind(account.0);
                }
                // Nothing that refers to the account has to wait.
                query.push(") ORDER BY id FOR NO KEY UPDATE");
                query.build().execute(db).await?.rows_affected()
            });
        }
        self.facts.locked.extend(free);
        Ok(())
    }

    /// How many orders of an account are open, counted up to `most`, and when it placed the first of its last `count`
    /// orders; `None` when it has fewer. Whether the draft became an order is read with it, for [`Tx::place_order`].
    pub async fn orders_taken_up(
        &mut self,
        account: AccountId,
        draft: DraftId,
        limits: (u32, u32),
    ) -> Result<(u64, Option<DateTime<Utc>>), StoreError> {
        if !self.facts.taken_up.contains_key(&(account, draft)) {
            self.write_placed_by(account).await?;
            self.read_taken_up(&[(account, draft)], limits).await?;
        }
        let Some(taken_up) = self.facts.taken_up.get(&(account, draft)) else { return Ok((0, None)) };
        let TakenUp { open, first, is_sent } = *taken_up;
        self.facts.unsent = Some(draft).filter(|_| !is_sent);
        Ok((open, first))
    }

    /// Reads the same for people who are about to send their drafts, under the locks of their accounts. One alone asks later.
    pub async fn foresee_orders(&mut self, people: &[PersonId], limits: (u32, u32)) -> Result<(), StoreError> {
        if people.len() < 2 {
            return Ok(());
        }
        let drafts = people.iter().filter_map(|person| {
            let account = self.facts.people.get(person)?.as_ref()?.account;
            let draft = self.loaded.draft(*person)?.as_ref()?.draft_id;
            Some((account, DraftId(draft)))
        });
        let drafts: Vec<_> = drafts.collect();
        self.lock_accounts(&drafts.iter().map(|(account, _)| *account).collect()).await?;
        self.read_taken_up(&drafts, limits).await
    }

    async fn read_taken_up(
        &mut self,
        drafts: &[(AccountId, DraftId)],
        (most, count): (u32, u32),
    ) -> Result<(), StoreError> {
        for drafts in drafts.chunks(AT_ONCE) {
            let rows: Vec<TakenUpRow> = on_stored!(self, |db| {
                let mut query = QueryBuilder::new("WITH sent (account_id, draft_id) AS (VALUES ");
                let mut sent = query.separated(", ");
                for (account, draft) in padded(drafts) {
                    sent.push("(").push_bind_unseparated(account.0).push_unseparated(", ");
                    sent.push_bind_unseparated(draft.0).push_unseparated(")");
                }
                query.push(
                    ") SELECT account_id, draft_id,
                         (SELECT COUNT(*) FROM (
                             SELECT number FROM orders o
                             WHERE o.account_id = sent.account_id AND status IN ('placed', 'invoiced') LIMIT ",
                );
                query.push_bind(i64::from(most));
                query.push(
                    " + 0) counted) AS open,
                         (SELECT placed_at FROM orders o WHERE o.account_id = sent.account_id
                          ORDER BY number DESC LIMIT 1 OFFSET ",
                );
                query.push_bind(i64::from(count.saturating_sub(1)));
                query.push(
                    ") AS first, EXISTS (SELECT 1 FROM orders o WHERE o.draft_id = sent.draft_id) AS is_sent
                     FROM sent ORDER BY account_id, draft_id",
                );
                query.build_query_as().fetch_all(db).await?
            });
            for row in rows {
                let taken_up = TakenUp { open: read_count(row.open)?, first: row.first, is_sent: row.is_sent };
                self.facts.taken_up.insert((AccountId(row.account_id), DraftId(row.draft_id)), taken_up);
            }
        }
        Ok(())
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
