//! Updates that did not take effect: kept to be tried again, or given up; and the proof that others would.

use std::sync::atomic::{AtomicI64, Ordering};

use chrono::TimeDelta;
use tracing::Instrument;

use super::dialogue::{Command, Input};
use super::event::{Incoming, Via};
use super::{Chat, ChatError, Handled};
use crate::domain::{Notification, Person, PersonId, UpdateId};
use crate::shop::Recipient;
use crate::store::{DeadLetter, Kept, StoreError, Tx, WaitingUpdate};

/// How long the staff chat is not told again of updates that were given up, or of people whose updates wait: those of a burst
/// are one alarm, or two.
const ALARM_INTERVAL: TimeDelta = TimeDelta::minutes(10);

/// How long somebody's updates fail before the staff chat hears of it: a few tries cure what is short.
const UNHEARD: TimeDelta = TimeDelta::minutes(5);

/// Rehearsals are each somebody else's, so that those that run beside each other do not wait for one row. Telegram gives no
/// such ids.
static REHEARSALS: AtomicI64 = AtomicI64::new(0);

impl Chat {
    /// Does what an update does, for somebody who does not exist, and commits a write: the proof that at this moment
    /// another update would take effect. Nothing is left of it.
    pub async fn rehearse(&self) -> Result<(), ChatError> {
        let number = REHEARSALS.fetch_add(1, Ordering::Relaxed);
        let nobody = Person::unmet(PersonId(i64::MAX - number));
        let mut tx = self.store().begin().await?;
        let before = tx.savepoint().await?;
        let customer = self.shop.meet_staff(&mut tx, &nobody).await?;
        self.serve_customer(&mut tx, &customer, &Input::Command(Command::Start), &Via::Message).await?;
        tx.roll_back_to(before).await?;
        tx.write_in_vain(UpdateId(-1 - number), self.clock().now()).await?;
        Ok(tx.commit().await?)
    }

    /// Keeps an update that fails while others pass, so that they can be confirmed and it can be tried again.
    pub async fn set_aside(&self, waiting: &WaitingUpdate) -> Result<Kept, ChatError> {
        let mut tx = self.store().begin().await?;
        let kept = tx.set_aside_update(waiting).await?;
        tx.commit().await?;
        Ok(kept)
    }

    /// Keeps updates to be handled later, so that they can be confirmed; none, if some of them took effect before.
    pub async fn set_all_aside(&self, waiting: &[WaitingUpdate]) -> Result<bool, ChatError> {
        let mut tx = self.store().begin().await?;
        if !tx.set_aside_updates(waiting, self.clock().now()).await? {
            return Ok(false);
        }
        tx.commit().await?;
        Ok(true)
    }

    /// Handles an update that waited; `None` when somebody else did meanwhile.
    pub async fn handle_waiting(&self, incoming: &Incoming) -> Result<Option<Handled>, ChatError> {
        let mut tx = self.store().begin().await?;
        if !tx.take_waiting_update(incoming.update, self.clock().now()).await? {
            return Ok(None);
        }
        let handled = self.serve(&mut tx, incoming).instrument(incoming.span()).await?;
        tx.commit().await?;
        self.announce_menus(std::slice::from_ref(&handled));
        Ok(Some(handled))
    }

    /// Notes that an update that waits failed once more.
    pub async fn defer_update(&self, update: UpdateId, error: &str, pause: TimeDelta) -> Result<(), ChatError> {
        let (mut tx, now) = (self.store().begin().await?, self.clock().now());
        tx.defer_update(update, error, now, now + pause).await?;
        Ok(tx.commit().await?)
    }

    /// Keeps an update that cannot be handled where the vendor finds it; it counts as processed from then on.
    pub async fn dead_letter(&self, dead_letter: &DeadLetter) -> Result<Kept, ChatError> {
        let mut tx = self.store().begin().await?;
        let kept = tx.dead_letter(dead_letter).await?;
        self.sound_alarm(&mut tx).await?;
        tx.commit().await?;
        Ok(kept)
    }

    /// The same for an update that waited.
    pub async fn give_up(&self, dead_letter: &DeadLetter) -> Result<Kept, ChatError> {
        let mut tx = self.store().begin().await?;
        let kept = tx.give_up_update(dead_letter).await?;
        self.sound_alarm(&mut tx).await?;
        tx.commit().await?;
        Ok(kept)
    }

    /// Whether the staff chat is to be told of updates that were given up, or of people whose updates wait or do so no more.
    pub async fn is_alarm_due(&self, tx: &mut Tx) -> Result<bool, StoreError> {
        let now = self.clock().now();
        Ok(tx.has_dead_letters_to_announce(now - ALARM_INTERVAL).await?
            || tx.has_waits_to_announce(now - UNHEARD, now - ALARM_INTERVAL).await?)
    }

    /// Tells the staff chat whose updates have failed by themselves for minutes, once, and when none of theirs waits any more.
    pub async fn announce_waits(&self, tx: &mut Tx) -> Result<(), StoreError> {
        let now = self.clock().now();
        let people = tx.end_announced_waits().await?;
        if !people.is_empty() {
            self.shop.tell(tx, Recipient::Staff, None, &Notification::UpdatesPass { people }).await?;
        }
        let waits = tx.announce_waits(now - UNHEARD, now - ALARM_INTERVAL, now).await?;
        if !waits.is_empty() {
            self.shop.tell(tx, Recipient::Staff, None, &Notification::UpdatesWait { waits }).await?;
        }
        Ok(())
    }

    /// Tells the staff chat of updates that were given up and that it does not know of yet, unless it was told of others a
    /// short time ago.
    pub async fn sound_alarm(&self, tx: &mut Tx) -> Result<(), StoreError> {
        let now = self.clock().now();
        let count = tx.announce_dead_letters(now, now - ALARM_INTERVAL).await?;
        if count > 0 {
            self.shop.tell(tx, Recipient::Staff, None, &Notification::UpdatesFailed { count }).await?;
        }
        Ok(())
    }
}
