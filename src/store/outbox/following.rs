//! What follows orders by edits, and is leased while it is brought up to date: digests, and the topics of orders.

use chrono::{DateTime, Utc};

use crate::store::db::{Tx, on};
use crate::store::error::StoreError;

/// One that is behind, and that this worker may bring up to date until its lease ends.
pub trait Follower: Sync {
    /// Has that of `$1` and `$2` follow by `$4`, unless it waits already, at `$3`, and for no longer. One that is due is perhaps
    /// being brought up to date at this moment.
    const FOLLOW: &'static str;
    /// Ends its lease `$4`; what changed after `$3` is still to be followed.
    const UP_TO_DATE: &'static str;
    /// Puts it off until `$3`, counting `$4` attempts and ending its lease `$5`.
    const PUT_OFF: &'static str;

    fn key(&self) -> (i64, i64);

    /// When it was to be up to date.
    fn due(&self) -> DateTime<Utc>;

    /// Until when it is this worker's.
    fn leased_until(&self) -> DateTime<Utc>;

    /// How often it was put off since it was last up to date.
    fn attempts(&self) -> i64;
}

impl Tx {
    /// Has one of these follow by `due`, if it is there. What waits already does not wait longer.
    pub(super) async fn follow<F: Follower>(
        &mut self,
        key: (i64, i64),
        now: DateTime<Utc>,
        due: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.announce();
        on!(self, |db| sqlx::query(F::FOLLOW)
            .bind(key.0)
            .bind(key.1)
            .bind(now)
            .bind(due)
            .execute(db)
            .await?
            .rows_affected());
        Ok(())
    }

    /// Ends a lease that has not passed to somebody else; what changed meanwhile is still to be followed.
    pub async fn up_to_date<F: Follower>(&mut self, follower: &F) -> Result<(), StoreError> {
        let (one, other) = follower.key();
        on!(self, |db| sqlx::query(F::UP_TO_DATE)
            .bind(one)
            .bind(other)
            .bind(follower.due())
            .bind(follower.leased_until())
            .execute(db)
            .await?
            .rows_affected());
        Ok(())
    }

    /// Puts one off until a moment, counting so many attempts.
    pub async fn put_off<F: Follower>(
        &mut self,
        follower: &F,
        until: DateTime<Utc>,
        attempts: i64,
    ) -> Result<(), StoreError> {
        let (one, other) = follower.key();
        on!(self, |db| sqlx::query(F::PUT_OFF)
            .bind(one)
            .bind(other)
            .bind(until)
            .bind(attempts)
            .bind(follower.leased_until())
            .execute(db)
            .await?
            .rows_affected());
        Ok(())
    }
}
