//! Trying updates, and finding out meanwhile how others would fare.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use futures_util::FutureExt;

use super::failure::{Failure, Others};
use super::membership::MembershipLookup;
use crate::backoff::Backoff;
use crate::chat::event::Incoming;
use crate::chat::{Chat, ChatError, Handled};
use crate::domain::{PersonId, UpdateId};
use crate::metrics::UpdateOutcome;
use crate::outage::Outage;
use crate::store::{DeadLetter, Kept, WaitingUpdate};
use crate::telegram::Client;

/// Pauses after a fault of the database or the network: people wait, and one question in three seconds is no burden.
pub(super) const PAUSES: Backoff = Backoff::new(Duration::from_millis(100), Duration::from_secs(3));
/// A transaction that takes so long hangs on a connection that is dead.
pub(super) const TRANSACTION_TIMEOUT: Duration = Duration::from_secs(15);

/// Tries updates on one chat; clones share what is waited for.
#[derive(Clone)]
pub(super) struct Tries {
    pub(super) chat: Chat,
    pub(super) membership: Arc<MembershipLookup>,
    pub(super) outage: Outage,
}

impl Tries {
    pub(super) fn new(client: Client, chat: Chat) -> Tries {
        let membership = Arc::new(MembershipLookup::new(client, chat.clone()));
        Tries { chat, membership, outage: Outage::of("updates") }
    }

    /// Handles updates, which wait since then, in one transaction; a panic on the way counts as a failure and rolls back.
    pub(super) async fn attempt(
        &self,
        updates: &[&Incoming],
        since: Option<DateTime<Utc>>,
    ) -> Result<Vec<Handled>, Failure> {
        self.moves();
        self.membership.verify(updates).await;
        let handled = within(TRANSACTION_TIMEOUT, self.chat.handle_since(updates, since)).await?;
        self.passed();
        Ok(handled)
    }

    /// Handles an update that waited, with more patience each time: `None` when somebody else did meanwhile.
    pub(super) async fn attempt_waiting(
        &self,
        incoming: &Incoming,
        patience: Duration,
    ) -> Result<Option<Handled>, Failure> {
        self.moves();
        self.membership.verify(&[incoming]).await;
        let handled = within(patience, self.chat.handle_waiting(incoming)).await?;
        self.passed();
        Ok(handled)
    }

    /// Whether another update would take effect at this moment.
    pub(super) async fn others_pass(&self) -> bool {
        self.moves();
        match within(TRANSACTION_TIMEOUT, self.chat.rehearse()).await {
            Ok(()) => true,
            Err(failure) => {
                tracing::debug!("another update would not take effect either: {failure}");
                false
            }
        }
    }

    /// How others fare, who passed `before` or did not.
    pub(super) async fn others(&self, before: Option<bool>) -> Others {
        match before {
            None => Others::Unknown,
            Some(true) if self.others_pass().await => Others::Pass,
            Some(_) => Others::Fail,
        }
    }

    pub(super) fn wait_for_all(&self, cause: &impl std::fmt::Display) {
        self.outage.met(cause, self.chat.clock().now());
    }

    /// Taking updates goes on, however they fare.
    fn moves(&self) {
        let now = self.chat.clock().now();
        self.chat.metrics().updates_beat.goes_on(now);
        self.chat.metrics().waiting_beat.goes_on(now);
    }

    pub(super) fn passed(&self) {
        self.outage.over(self.chat.clock().now());
    }

    /// Does something to the store that has to be done before an update may be confirmed, however long that takes.
    pub(super) async fn insist<T>(&self, work: impl AsyncFn() -> Result<T, ChatError>) -> T {
        let mut pauses = PAUSES;
        loop {
            self.moves();
            match within(TRANSACTION_TIMEOUT, work()).await {
                Ok(done) => return done,
                Err(failure) => self.wait_for_all(&failure),
            }
            tokio::time::sleep(pauses.pause()).await;
        }
    }

    /// Gives an update up that did not wait.
    pub(super) async fn dead_letter(&self, update: UpdateId, person: Option<PersonId>, raw: &str, error: &str) {
        let dead_letter = self.describe(update, person, raw, error);
        self.report(update, error, self.insist(async || self.chat.dead_letter(&dead_letter).await).await);
    }

    /// Gives an update up that waited.
    pub(super) async fn give_up(&self, waiting: &WaitingUpdate, error: &str) {
        let dead_letter = self.describe(waiting.update, waiting.person, &waiting.raw, error);
        self.report(waiting.update, error, self.insist(async || self.chat.give_up(&dead_letter).await).await);
    }

    fn describe(&self, update: UpdateId, person: Option<PersonId>, raw: &str, error: &str) -> DeadLetter {
        DeadLetter { update, person, raw: raw.to_owned(), error: error.to_owned(), at: self.chat.clock().now() }
    }

    fn report(&self, update: UpdateId, error: &str, kept: Kept) {
        if kept == Kept::Now {
            self.chat.metrics().count_update(UpdateOutcome::DeadLetter);
            tracing::error!("update {update} cannot be handled and is kept as a dead letter: {error}");
        }
    }
}

/// Does something in time; a panic counts as a failure.
pub(super) async fn within<T>(
    patience: Duration,
    work: impl Future<Output = Result<T, ChatError>>,
) -> Result<T, Failure> {
    match tokio::time::timeout(patience, AssertUnwindSafe(work).catch_unwind()).await {
        Ok(Ok(outcome)) => outcome.map_err(Failure::Chat),
        Ok(Err(panic)) => Err(Failure::of_panic(panic.as_ref())),
        Err(_) => Err(Failure::TimedOut(patience)),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::clock::Clock;
    use crate::config::{Config, Secret};
    use crate::shop::Shop;
    use crate::store::Store;

    #[tokio::test]
    async fn only_who_passes_before_a_failure_and_after_it_proves_that_it_fails_alone() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&format!("sqlite://{}", folder.path().join("keydesk.db").display())).await.unwrap();
        let config = Config::parse(include_str!("../../keydesk.example.toml"), Path::new("keydesk.toml")).unwrap();
        let chat = Chat::new(Shop::new(store.clone(), Clock::system(), config.into()), "keydesk_bot");
        chat.shop().open(include_str!("../../catalog.example.toml")).await.unwrap();
        let api = "http://127.0.0.1:1".parse().unwrap();
        let tries = Tries::new(Client::new(&api, &Secret::new("1:a".to_owned())).unwrap(), chat);
        assert_eq!(tries.others(None).await, Others::Unknown);
        assert_eq!(tries.others(Some(false)).await, Others::Fail, "they pass again");
        assert_eq!(tries.others(Some(true)).await, Others::Pass);
        store.close().await;
        assert_eq!(tries.others(Some(true)).await, Others::Fail);
    }
}
