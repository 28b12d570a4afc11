//! The limits of one account: decided under its row's lock, in the transaction of what is limited.

use crate::domain::{AccountId, DraftId, LimitReached, Limits, PersonId};
use crate::shop::Shop;
use crate::store::{StoreError, Tx};

impl Shop {
    /// The limit that keeps an account from placing an order from this draft now.
    pub(super) async fn limit_on_orders(
        &self,
        tx: &mut Tx,
        account: AccountId,
        draft: DraftId,
    ) -> Result<Option<LimitReached>, StoreError> {
        let Limits { open_orders, orders_per_hour, .. } = self.config.limits;
        tx.lock_account(account).await?;
        let (open, first) = tx.orders_taken_up(account, draft, (open_orders, orders_per_hour)).await?;
        if open >= u64::from(open_orders) {
            return Ok(Some(LimitReached::OpenOrders { most: open_orders }));
        }
        let until = first.and_then(|first| LimitReached::hour_ends(first, self.clock.now()));
        Ok(until.map(|until| LimitReached::OrdersPerHour { most: orders_per_hour, until }))
    }

    /// Reads in one statement what several people need who are about to send their drafts.
    pub async fn foresee_orders(&self, tx: &mut Tx, people: &[PersonId]) -> Result<(), StoreError> {
        let Limits { open_orders, orders_per_hour, .. } = self.config.limits;
        tx.foresee_orders(people, (open_orders, orders_per_hour)).await
    }

    /// The limit that keeps an account from turning to staff now.
    pub(super) async fn limit_on_messages(
        &self,
        tx: &mut Tx,
        account: AccountId,
    ) -> Result<Option<LimitReached>, StoreError> {
        let (most, now) = (self.config.limits.messages_to_staff_per_hour, self.clock.now());
        tx.lock_account(account).await?;
        let first = tx.first_of_last_messages(account, most, now - Limits::HOUR).await?;
        let until = first.and_then(|first| LimitReached::hour_ends(first, now));
        Ok(until.map(|until| LimitReached::MessagesPerHour { most, until }))
    }

    /// Counts a file of serial numbers that somebody asks for, or a list that they want to have looked up; or gives the limit
    /// that keeps their account from it now.
    pub async fn take_serial_request(
        &self,
        tx: &mut Tx,
        account: AccountId,
    ) -> Result<Option<LimitReached>, StoreError> {
        let (most, now) = (self.config.limits.serial_requests_per_hour, self.clock.now());
        tx.lock_account(account).await?;
        tx.forget_serial_requests(account, now - Limits::HOUR).await?;
        let first = tx.first_of_last_serial_requests(account, most).await?;
        if let Some(until) = first.and_then(|first| LimitReached::hour_ends(first, now)) {
            return Ok(Some(LimitReached::SerialRequestsPerHour { most, until }));
        }
        tx.record_serial_request(account, now).await?;
        Ok(None)
    }
}
