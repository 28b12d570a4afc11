//! Asking Telegram who is in the staff chat, before anything that is done there is handled.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use futures_util::StreamExt;

use crate::chat::Chat;
use crate::chat::event::Incoming;
use crate::domain::{ChatId, PersonId, StaffStanding};
use crate::telegram::{CallError, Client};

/// How long an answer is waited for. The next updates of everybody are fetched after these, so it is short; what is done in
/// the staff chat without an answer is refused with the request to do it again.
const PATIENCE: Duration = Duration::from_secs(2);
/// How long Telegram is left alone when it did not answer: longer than everybody would like to wait for each batch.
const REST: TimeDelta = TimeDelta::seconds(10);
/// Calls beside each other.
const AT_ONCE: usize = 8;

/// Asks Telegram about people, each once in some minutes however much they do.
pub(super) struct MembershipLookup {
    client: Client,
    chat: Chat,
    resting_until: Mutex<Option<DateTime<Utc>>>,
}

impl MembershipLookup {
    pub(super) fn new(client: Client, chat: Chat) -> MembershipLookup {
        MembershipLookup { client, chat, resting_until: Mutex::default() }
    }

    /// Who of these has to be asked about. A database that does not say so fails the updates too, and they are tried again.
    pub(super) async fn unverified(&self, updates: &[&Incoming]) -> BTreeSet<(ChatId, PersonId)> {
        match self.chat.unverified(updates).await {
            Ok(people) => people,
            Err(error) => {
                tracing::debug!("who is to be asked about cannot be read: {error}");
                BTreeSet::new()
            }
        }
    }

    /// Asks about whoever has to be asked about, and keeps the answers.
    pub(super) async fn verify(&self, updates: &[&Incoming]) {
        let people = self.unverified(updates).await;
        if people.is_empty() || self.is_resting() {
            return;
        }
        let (count, asked_at) = (people.len(), self.chat.clock().now());
        let asking = futures_util::stream::iter(people).map(|(chat, person)| self.ask(chat, person));
        let asking = asking.buffer_unordered(AT_ONCE).take_until(tokio::time::sleep(PATIENCE));
        let answers: Vec<Option<(ChatId, PersonId, StaffStanding)>> = asking.collect().await;
        if answers.len() < count {
            tracing::warn!("Telegram did not say in {PATIENCE:?} who is in the staff chat");
            self.rest(REST);
        }
        let answers: Vec<_> = answers.into_iter().flatten().collect();
        if let Err(error) = self.chat.verified(&answers, asked_at).await {
            tracing::warn!("what Telegram says of the staff chat's people cannot be kept: {error}");
        }
    }

    async fn ask(&self, chat: ChatId, person: PersonId) -> Option<(ChatId, PersonId, StaffStanding)> {
        match self.client.standing_in(chat, person).await {
            Ok(standing) => Some((chat, person, standing)),
            Err(error) => {
                tracing::warn!(
                    "Telegram does not say whether person {person} is in the staff chat: {error}. If this goes on, \
                     make the bot an administrator of the chat"
                );
                match error {
                    CallError::Flood(wait) => self.rest(TimeDelta::from_std(wait).unwrap_or(REST).max(REST)),
                    CallError::NotSent(_) | CallError::Ambiguous(_) => self.rest(REST),
                    // It said something of this person alone.
                    _ => {}
                }
                None
            }
        }
    }

    fn is_resting(&self) -> bool {
        let until = *self.resting_until.lock().unwrap_or_else(PoisonError::into_inner);
        until.is_some_and(|until| self.chat.clock().now() < until)
    }

    fn rest(&self, wait: TimeDelta) {
        let until = self.chat.clock().now() + wait;
        *self.resting_until.lock().unwrap_or_else(PoisonError::into_inner) = Some(until);
    }
}
