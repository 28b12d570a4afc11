//! Use cases, one transaction each: handle an update, apply a price list, gather what a screen shows.

pub mod accounts;
pub mod admins;
mod answers;
pub mod customers;
mod deeds;
pub mod event;
pub mod files;
mod following;
pub mod imports;
pub mod letters;
mod lookups;
mod office;
mod proposals;
mod reports;
pub mod screens;
mod serial_letters;
pub mod serials_file;
mod staff;

use std::sync::Arc;

use tokio::sync::Notify;
use tracing::Instrument;

use crate::chat::answer::Answer;
use crate::chat::dialogue::Toast;
use crate::chat::i18n::Texts;
use crate::chat::view::notice;
use crate::clock::Clock;
use crate::config::Config;
use crate::domain::{Language, Role, UpdateId};
use crate::shop::{Shop, ShopError};
use crate::store::{Customer, DeadLetter, Dedup, DialogueKey, NewOutboxMessage, Reachability, Store, StoreError, Tx};
use customers::private_dialogue;
use event::{Event, Incoming};

/// The desk: its rules, its data and its time.
#[derive(Debug, Clone)]
pub struct Desk {
    shop: Shop,
    menus_changed: Arc<Notify>,
    username: Arc<str>,
}

/// What handling an update leaves to be done outside the transaction.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Handled {
    /// What the pressed button answers.
    pub answer: Option<String>,
    /// Whether the command menus stand as they should.
    pub menus: Menus,
}

/// Whether the command menus are still those that people should have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Menus {
    /// They are.
    #[default]
    Stand,
    /// Somebody became an admin, or is none any more.
    Changed,
}

/// Why the desk could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// The business.
    #[error(transparent)]
    Shop(#[from] ShopError),
    /// Another update of the same person came in between: handle this one again.
    #[error("another update of the same person came in between")]
    Overtaken,
}

impl DeskError {
    /// Whether the same update may succeed when it is handled again.
    pub fn is_transient(&self) -> bool {
        match self {
            DeskError::Shop(error) => error.is_transient(),
            DeskError::Overtaken => true,
        }
    }
}

impl From<StoreError> for DeskError {
    fn from(error: StoreError) -> DeskError {
        DeskError::Shop(error.into())
    }
}

impl Desk {
    /// A desk over a store, of the bot with this username, which links lead to.
    pub fn new(store: Store, clock: Clock, config: Arc<Config>, username: &str) -> Desk {
        Desk { shop: Shop::new(store, clock, config), menus_changed: Arc::default(), username: username.into() }
    }

    /// The business that it serves.
    pub fn shop(&self) -> &Shop {
        &self.shop
    }

    /// The store.
    pub fn store(&self) -> &Store {
        self.shop.store()
    }

    /// The clock.
    pub fn clock(&self) -> &Clock {
        self.shop.clock()
    }

    /// The configuration.
    pub fn config(&self) -> &Config {
        self.shop.config()
    }

    /// Waits until somebody became an admin, or is none any more.
    pub async fn menus_changed(&self) {
        self.menus_changed.notified().await;
    }

    /// Handles updates in one transaction, in order: all of them take effect, or none does.
    pub async fn handle(&self, updates: &[Incoming]) -> Result<Vec<Handled>, DeskError> {
        let mut tx = self.store().begin().await?;
        let mut handled = Vec::with_capacity(updates.len());
        for incoming in updates {
            handled.push(self.handle_one(&mut tx, incoming).instrument(incoming.span()).await?);
        }
        tx.commit().await?;
        if handled.iter().any(|one| one.menus == Menus::Changed) {
            self.menus_changed.notify_one();
        }
        Ok(handled)
    }

    async fn handle_one(&self, tx: &mut Tx, incoming: &Incoming) -> Result<Handled, DeskError> {
        let now = self.clock().now();
        if tx.deduplicate(incoming.update, now).await? == Dedup::Duplicate {
            return Ok(Handled::default());
        }
        match &incoming.event {
            Event::Customer { person, input, via } => {
                let customer = self.shop.meet(tx, person).await?;
                if customer.reachability != Reachability::Reachable {
                    self.came_back(tx, &customer).await?;
                }
                if let Some(event) = self.admins_event(tx, &customer, input).await? {
                    let key = private_dialogue(person.id);
                    return self.serve_staff(tx, key, &person.name, Role::Admin, &event, via).await;
                }
                self.serve(tx, &customer, input, via).await
            }
            Event::Group { chat, person, event, via } => self.serve_group(tx, *chat, person, event, via).await,
            Event::AnonymousSender { chat, message } => {
                if *chat == self.shop.staff_chat(tx).await? {
                    let fact = Answer::AnonymousSender(*message).store();
                    tx.post_unless_waiting(&NewOutboxMessage { chat: *chat, order: None, fact }, now).await?;
                }
                Ok(Handled::default())
            }
            Event::Reachability { person, reachability } => {
                tx.set_reachability(*person, *reachability, now).await?;
                if *reachability == Reachability::Reachable {
                    tx.requeue_messages(person.private_chat(), now).await?;
                }
                Ok(Handled::default())
            }
            Event::GroupJoined(chat) => {
                tx.requeue_messages(*chat, now).await?;
                Ok(Handled::default())
            }
            Event::GroupMoved { from, to } => {
                tx.chat_moved(*from, *to, now).await?;
                Ok(Handled::default())
            }
            Event::Nothing => Ok(Handled::default()),
        }
    }

    /// What was kept for a person who could not be reached is delivered now.
    async fn came_back(&self, tx: &mut Tx, customer: &Customer) -> Result<(), StoreError> {
        let now = self.clock().now();
        tx.set_reachability(customer.person.id, Reachability::Reachable, now).await?;
        tx.requeue_messages(customer.person.id.private_chat(), now).await
    }

    /// Keeps an update that cannot be handled where the vendor finds it; it counts as taken from then on.
    pub async fn dead_letter(&self, update: UpdateId, raw: &str, error: &str) -> Result<(), DeskError> {
        let letter = DeadLetter { update, raw: raw.to_owned(), error: error.to_owned(), at: self.clock().now() };
        let mut tx = self.store().begin().await?;
        tx.dead_letter(&letter).await?;
        tx.commit().await?;
        Ok(())
    }

    /// The texts in a customer's language at this moment.
    fn texts_for(&self, customer: &Customer) -> Texts {
        let language = customer.chosen_language.or(customer.person.telegram_language);
        self.texts_in(language.unwrap_or(self.config().shop.default_language))
    }

    /// The texts of a dialogue: the person's in private, the shop's in a group.
    async fn texts_at(&self, tx: &mut Tx, key: DialogueKey) -> Result<Texts, StoreError> {
        let alone = key.chat == key.person.private_chat();
        let customer = if alone { tx.customer(key.person).await? } else { None };
        Ok(customer
            .map_or_else(|| self.texts_in(self.config().shop.default_language), |customer| self.texts_for(&customer)))
    }

    fn texts_in(&self, language: Language) -> Texts {
        Texts::new(language, self.config().shop.time_zone)
    }

    fn answer(&self, toast: Option<&Toast>, customer: &Customer) -> Handled {
        Handled { answer: toast.map(|toast| notice::toast(toast, &self.texts_for(customer))), ..Handled::default() }
    }
}
