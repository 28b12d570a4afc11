//! The chat as a service over the shop: what its parts share.

use std::sync::Arc;

use tokio::sync::Notify;

use super::ChatError;
use super::i18n::{Texts, order_words, vocabulary};
use super::redraws::Redraws;
use crate::clock::Clock;
use crate::config::Config;
use crate::domain::{
    ChatId, Language, Notification, OrderNumber, OrderWords, PersonId, Role, Roster, StaffStanding, Vocabulary,
};
use crate::metrics::Metrics;
use crate::shop::{Recipient, Shop};
use crate::store::{Customer, Store, StoreError, Tx};

/// The chat: people on one side, the shop on the other.
#[derive(Debug, Clone)]
pub struct Chat {
    pub(super) shop: Shop,
    pub(super) menus_changed: Arc<Notify>,
    pub(super) redraws: Arc<Redraws>,
    pub(super) metrics: Arc<Metrics>,
    pub(super) username: Arc<str>,
    /// What people call currencies and days.
    pub(super) words: Arc<Vocabulary>,
    /// What people write beside quantities.
    pub(super) order_words: Arc<OrderWords>,
}

impl Chat {
    /// The chat of the bot with this username, which links lead to.
    pub fn new(shop: Shop, username: &str) -> Chat {
        Chat {
            shop,
            menus_changed: Arc::default(),
            redraws: Arc::default(),
            metrics: Arc::default(),
            username: username.into(),
            words: Arc::new(vocabulary()),
            order_words: Arc::new(order_words()),
        }
    }

    /// The shop behind it.
    pub fn shop(&self) -> &Shop {
        &self.shop
    }

    /// The bot's username.
    pub fn username(&self) -> &str {
        &self.username
    }

    pub fn store(&self) -> &Store {
        self.shop.store()
    }

    pub fn clock(&self) -> &Clock {
        self.shop.clock()
    }

    /// What is counted and timed.
    pub fn metrics(&self) -> &Arc<Metrics> {
        &self.metrics
    }

    pub(crate) fn config(&self) -> &Config {
        self.shop.config()
    }

    /// People whose own command menu is in another language than they chose, and what they chose.
    pub async fn menus_to_set(&self, limit: u32) -> Result<Vec<(PersonId, Option<Language>)>, ChatError> {
        Ok(self.store().read().menus_to_set(limit).await?)
    }

    /// Takes note that somebody's own command menu was set.
    pub async fn menu_set(&self, person: PersonId, language: Option<Language>) -> Result<(), ChatError> {
        let mut tx = self.store().begin().await?;
        tx.menu_set(person, language).await?;
        Ok(tx.commit().await?)
    }

    /// Whether somebody was seen as a member of the staff chat last.
    pub async fn is_staff(&self, staff_chat: ChatId, person: PersonId) -> Result<bool, ChatError> {
        let seen = self.store().read().staff_standing(staff_chat, person).await?;
        Ok(seen.is_some_and(|seen| seen.standing == StaffStanding::Member))
    }

    /// Waits until somebody became an admin or is none any more, or chose another language.
    pub async fn menus_changed(&self) {
        self.menus_changed.notified().await;
    }

    /// Who has which command menu.
    pub async fn roster(&self) -> Result<Roster, ChatError> {
        let mut tx = self.store().read();
        Ok(self.shop.roster(&mut tx).await?)
    }

    /// In which capacity somebody acts in a chat; `None` when the vendor's business is not theirs there.
    pub(super) async fn role_in(
        &self,
        tx: &mut Tx,
        chat: ChatId,
        person: PersonId,
    ) -> Result<Option<Role>, StoreError> {
        if chat == person.private_chat() {
            return Ok(self.shop.is_admin(tx, person).await?.then_some(Role::Admin));
        }
        if chat != self.shop.staff_chat(tx).await? || tx.is_kept_out(chat, person).await? {
            return Ok(None);
        }
        let access = tx.customer(person).await?.map(|customer| customer.access);
        self.shop.role_among_staff(tx, person, access).await
    }

    /// Lets the alert and staff's screens show whom a message about an order reaches, and whom not.
    pub async fn delivery_changed(&self, tx: &mut Tx, order: Option<OrderNumber>) -> Result<(), StoreError> {
        let Some(number) = order else { return Ok(()) };
        let changed = Notification::OrderChanged(number);
        self.shop.tell_once(tx, Recipient::Staff, Some(number), &changed).await?;
        tx.order_changed(number, self.clock().now());
        Ok(())
    }

    /// The texts in a customer's language at this moment.
    pub(super) fn texts_for(&self, customer: &Customer) -> Texts {
        let language = customer.chosen_language.or(customer.person.telegram_language);
        self.texts_in(language.unwrap_or(self.config().shop.default_language))
    }

    /// The texts in a chat: the person's in private, the shop's in a group.
    pub(super) async fn texts_at(&self, tx: &mut Tx, chat: ChatId, person: PersonId) -> Result<Texts, StoreError> {
        let alone = chat == person.private_chat();
        let customer = if alone { tx.customer(person).await? } else { None };
        Ok(customer.map_or_else(|| self.shop_texts(), |customer| self.texts_for(&customer)))
    }

    /// The texts in the shop's language, which the staff chat reads.
    pub(super) fn shop_texts(&self) -> Texts {
        self.texts_in(self.config().shop.default_language)
    }

    fn texts_in(&self, language: Language) -> Texts {
        Texts::new(language, self.config().shop.time_zone)
    }
}
