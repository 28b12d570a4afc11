//! Telling people: notifications on their way into the outbox.

use std::collections::BTreeSet;

use super::Shop;
use crate::domain::{
    AccountNotification, Actor, AdminNotification, ChatId, Lane, Notification, Order, OrderNumber, PersonId, Stored,
};
use crate::store::{NewOutboxMessage, StoreError, Tx};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recipient {
    Person(PersonId),
    /// The vendor's staff, together.
    Staff,
}

impl Shop {
    /// Tells somebody; `about` is the order that it concerns.
    pub async fn tell(
        &self,
        tx: &mut Tx,
        recipient: Recipient,
        about: Option<OrderNumber>,
        notification: &Notification,
    ) -> Result<(), StoreError> {
        let message = self.addressed(tx, recipient, about, notification).await?;
        tx.post(&message, self.clock.now()).await
    }

    /// Tells somebody unless the same notification is already pending: it is rendered at delivery.
    pub async fn tell_once(
        &self,
        tx: &mut Tx,
        recipient: Recipient,
        about: Option<OrderNumber>,
        notification: &Notification,
    ) -> Result<(), StoreError> {
        let message = self.addressed(tx, recipient, about, notification).await?;
        tx.post_unless_waiting(&message, self.clock.now()).await
    }

    /// Has the staff chat's message about an order show what somebody did.
    pub(super) async fn alert_changed(&self, tx: &mut Tx, number: OrderNumber, by: &Actor) -> Result<(), StoreError> {
        self.alert_follows(tx, number, Lane::of(by)).await
    }

    /// The same for whoever waits for it.
    pub async fn alert_follows(&self, tx: &mut Tx, number: OrderNumber, lane: Lane) -> Result<(), StoreError> {
        let changed = Notification::OrderChanged(number);
        let message = self.addressed(tx, Recipient::Staff, Some(number), &changed).await?;
        let message = NewOutboxMessage { lane, ..message };
        tx.post_unless_waiting(&message, self.clock.now()).await
    }

    /// Tells every admin, in private, unless the same notification is already pending.
    pub async fn tell_admins(
        &self,
        tx: &mut Tx,
        about: Option<OrderNumber>,
        notification: &Notification,
    ) -> Result<(), StoreError> {
        for admin in self.admins_who_wrote(tx).await? {
            self.tell_once(tx, Recipient::Person(admin), about, notification).await?;
        }
        Ok(())
    }

    /// Tells the admins, but for these, what admins are to know.
    pub(super) async fn tell_other_admins(
        &self,
        tx: &mut Tx,
        but_for: &[PersonId],
        notification: &AdminNotification,
    ) -> Result<(), StoreError> {
        let notification = Notification::Admin(notification.clone());
        for admin in self.admins_who_wrote(tx).await?.into_iter().filter(|admin| !but_for.contains(admin)) {
            self.tell(tx, Recipient::Person(admin), None, &notification).await?;
        }
        Ok(())
    }

    /// The admins who can be told something: the bot cannot be the first to write.
    async fn admins_who_wrote(&self, tx: &mut Tx) -> Result<Vec<PersonId>, StoreError> {
        let mut admins = Vec::new();
        for admin in self.admin_ids(tx).await? {
            if tx.customer(admin).await?.is_some() {
                admins.push(admin);
            }
        }
        Ok(admins)
    }

    /// Where the staff are told, which is not always where the configuration says: groups get new ids.
    pub async fn staff_chat(&self, tx: &mut Tx) -> Result<ChatId, StoreError> {
        tx.where_is(self.config.telegram.staff_chat).await
    }

    /// Everybody who hears of an order: the people of its account, and whoever founded it. The founder may be in a
    /// colleague's account by now, and waits for what they ordered before.
    pub async fn readers_of(&self, tx: &mut Tx, order: &Order) -> Result<BTreeSet<PersonId>, StoreError> {
        let Some(account) = tx.account(order.account).await? else { return Ok(BTreeSet::new()) };
        let readers = account.members.iter().map(|member| member.id).chain([account.owner]);
        Ok(readers.filter(|reader| !reader.is_erased()).collect())
    }

    pub(super) async fn tell_readers(
        &self,
        tx: &mut Tx,
        order: &Order,
        notification: &Notification,
    ) -> Result<(), StoreError> {
        for person in self.readers_of(tx, order).await? {
            self.tell(tx, Recipient::Person(person), Some(order.summary.number), notification).await?;
        }
        Ok(())
    }

    pub(super) async fn tell_of_account(
        &self,
        tx: &mut Tx,
        person: PersonId,
        notification: AccountNotification,
    ) -> Result<(), StoreError> {
        self.tell(tx, Recipient::Person(person), None, &Notification::Account(notification)).await
    }

    async fn addressed(
        &self,
        tx: &mut Tx,
        recipient: Recipient,
        order: Option<OrderNumber>,
        notification: &Notification,
    ) -> Result<NewOutboxMessage, StoreError> {
        let chat = match recipient {
            Recipient::Person(person) => person.private_chat(),
            Recipient::Staff => self.staff_chat(tx).await?,
        };
        Ok(NewOutboxMessage { chat, order, body: notification.encode()?, lane: Lane::Notice })
    }
}
