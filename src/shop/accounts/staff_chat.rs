//! The staff chat: who is heard there, and what is done when anyone can read it.

use chrono::{DateTime, TimeDelta, Utc};

use crate::domain::{
    Access, AdminNotification, ChatId, Exclusion, Openness, Person, PersonId, Role, SeenOpenness, StaffStanding,
};
use crate::shop::{Shop, ShopError};
use crate::store::{SeenStanding, StoreError, Tx};

/// How long Telegram is believed what it said of somebody. Whoever left a group whose admin the bot is not does so without a
/// word to the bot.
const HOLDS_FOR: TimeDelta = TimeDelta::minutes(5);
/// After so long it is asked anew, early enough that staff notice nothing of an outage of some minutes.
const ASKED_ANEW_AFTER: TimeDelta = TimeDelta::minutes(2);

impl Shop {
    /// Whether Telegram is to be asked about somebody before what they do in the staff chat counts.
    pub async fn is_to_be_verified(&self, tx: &mut Tx, chat: ChatId, person: PersonId) -> Result<bool, StoreError> {
        let seen = tx.staff_standing(chat, person).await?;
        Ok(!seen.is_some_and(|seen| self.is_younger_than(seen, ASKED_ANEW_AFTER)))
    }

    /// Keeps what Telegram says of somebody's place in the staff chat.
    pub async fn verified(
        &self,
        tx: &mut Tx,
        chat: ChatId,
        person: PersonId,
        standing: StaffStanding,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        tx.keep_staff_standing(chat, person, SeenStanding { standing, at }).await
    }

    /// In which role somebody acts in the staff chat, or why they do not. Whoever was let in among the staff is let in as a
    /// customer too.
    pub async fn admit(
        &self,
        tx: &mut Tx,
        chat: ChatId,
        person: &Person,
    ) -> Result<Result<Role, Exclusion>, ShopError> {
        let seen = tx.staff_standing(chat, person.id).await?;
        let seen = seen.filter(|seen| self.is_younger_than(*seen, HOLDS_FOR));
        match seen.map(|seen| seen.standing) {
            Some(StaffStanding::Member) => {}
            Some(StaffStanding::Anonymous) => return Ok(Err(Exclusion::Anonymous)),
            Some(StaffStanding::Outside) => return Ok(Err(Exclusion::Outside)),
            None => return Ok(Err(Exclusion::Unverified)),
        }
        let access = self.meet_staff(tx, person).await?.access;
        Ok(self.role_among_staff(tx, person.id, Some(access)).await?.ok_or(Exclusion::Blocked))
    }

    /// In which role somebody acts in the staff chat who is in it; `None` for who was blocked.
    pub async fn role_among_staff(
        &self,
        tx: &mut Tx,
        person: PersonId,
        access: Option<Access>,
    ) -> Result<Option<Role>, StoreError> {
        if self.is_admin(tx, person).await? {
            return Ok(Some(Role::Admin));
        }
        Ok((access != Some(Access::Blocked)).then_some(Role::Staff))
    }

    /// Takes note of how the staff chat is to be entered. While it is open the bot neither listens nor speaks there:
    /// strangers would read who ordered what.
    pub async fn staff_chat_seen(&self, tx: &mut Tx, chat: ChatId, seen: SeenOpenness) -> Result<(), ShopError> {
        if !tx.openness_seen(chat, seen).await? {
            return Ok(());
        }
        match seen.openness {
            Some(openness) => {
                let what = match openness {
                    Openness::Channel => "is a channel; name a private group in telegram.staff_chat",
                    Openness::PublicGroup => "is a public group; make it private",
                };
                tx.say_when_committed(move || {
                    tracing::error!("the staff chat {chat} {what}. Until then the bot does nothing there");
                });
                self.tell_other_admins(tx, &[], &AdminNotification::StaffChatOpen(openness)).await?;
            }
            None => {
                tx.say_when_committed(move || tracing::info!("the staff chat {chat} is private again"));
                tx.requeue_messages(chat, self.clock.now()).await?;
                self.tell_other_admins(tx, &[], &AdminNotification::StaffChatPrivate).await?;
            }
        }
        Ok(())
    }

    fn is_younger_than(&self, seen: SeenStanding, age: TimeDelta) -> bool {
        // A clock that was set back must not make an answer hold for hours.
        (TimeDelta::zero()..age).contains(&(self.clock.now() - seen.at))
    }
}
