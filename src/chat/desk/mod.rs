//! Use cases, one transaction each: handle an update, apply a price list, gather what a screen shows.

pub mod accounts;
pub mod admins;
mod answers;
pub mod customers;
mod deeds;
pub mod event;
pub mod fact;
pub mod files;
pub mod imports;
pub mod letters;
mod lookups;
mod office;
pub mod prices;
mod proposals;
mod reports;
pub mod screens;
mod serial_letters;
pub mod serials_file;
mod staff;

use std::sync::{Arc, RwLock};

use tokio::sync::Notify;

use crate::chat::dialogue::Toast;
use crate::chat::i18n::Texts;
use crate::chat::view::notice;
use crate::clock::Clock;
use crate::config::Config;
use crate::domain::{ChatId, Language, Role, Unwritable, UpdateId};
use crate::store::{Customer, DeadLetter, Dedup, DialogueKey, Reachability, Seat, Store, StoreError, Tx};
use event::{Event, Incoming};
use fact::Notification;
use prices::PriceCache;

/// The desk: its rules, its data and its time.
#[derive(Debug, Clone)]
pub struct Desk {
    store: Store,
    clock: Clock,
    config: Arc<Config>,
    prices: Arc<RwLock<PriceCache>>,
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
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Another update of the same person came in between: handle this one again.
    #[error("another update of the same person came in between")]
    Overtaken,
    /// There is no price list, or it does not read in the shop's currency.
    #[error("the price list cannot be used: {0}")]
    NoPrices(String),
    /// The operating system gives no random numbers.
    #[error("no random numbers: {0}")]
    NoRandomness(getrandom::Error),
}

impl From<Unwritable> for DeskError {
    fn from(error: Unwritable) -> DeskError {
        DeskError::Store(error.into())
    }
}

impl DeskError {
    /// Whether the same update may succeed when it is handled again.
    pub fn is_transient(&self) -> bool {
        match self {
            DeskError::Store(error) => error.is_transient(),
            // A price list that this release cannot read is mended by the next one, or by a newer release.
            DeskError::Overtaken | DeskError::NoPrices(_) => true,
            DeskError::NoRandomness(_) => false,
        }
    }
}

impl Desk {
    /// A desk over a store, of the bot with this username, which links lead to.
    pub fn new(store: Store, clock: Clock, config: Arc<Config>, username: &str) -> Desk {
        let (prices, menus_changed) = (Arc::default(), Arc::default());
        Desk { store, clock, config, prices, menus_changed, username: username.into() }
    }

    /// The store.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// The clock.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// The configuration.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// Waits until somebody became an admin, or is none any more.
    pub async fn menus_changed(&self) {
        self.menus_changed.notified().await;
    }

    /// Handles updates in one transaction, in order: all of them take effect, or none does.
    pub async fn handle(&self, updates: &[Incoming]) -> Result<Vec<Handled>, DeskError> {
        let mut tx = self.store.begin().await?;
        let mut handled = Vec::with_capacity(updates.len());
        for incoming in updates {
            handled.push(self.handle_one(&mut tx, incoming).await?);
        }
        tx.commit().await?;
        if handled.iter().any(|one| one.menus == Menus::Changed) {
            self.menus_changed.notify_one();
        }
        Ok(handled)
    }

    async fn handle_one(&self, tx: &mut Tx, incoming: &Incoming) -> Result<Handled, DeskError> {
        let now = self.clock.now();
        if tx.deduplicate(incoming.update, now).await? == Dedup::Duplicate {
            return Ok(Handled::default());
        }
        match &incoming.event {
            Event::Customer { person, input, via } => {
                let customer = self.meet(tx, person).await?;
                if customer.reachability != Reachability::Reachable {
                    self.came_back(tx, &customer).await?;
                }
                if let Some(event) = self.admins_event(tx, &customer, input).await? {
                    let key = DialogueKey::private(person.id, Seat::Vendor);
                    return self.serve_staff(tx, key, &person.name, Role::Admin, &event, via).await;
                }
                self.serve(tx, &customer, input, via).await
            }
            Event::Group { chat, person, event, via } => self.serve_group(tx, *chat, person, event, via).await,
            Event::AnonymousSender { chat, message } => {
                if *chat == self.staff_chat(tx).await? {
                    self.tell_staff(tx, None, &Notification::AnonymousSender(*message)).await?;
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
        let now = self.clock.now();
        tx.set_reachability(customer.person.id, Reachability::Reachable, now).await?;
        tx.requeue_messages(customer.person.id.private_chat(), now).await
    }

    /// Keeps an update that cannot be handled where the vendor finds it; it counts as taken from then on.
    pub async fn dead_letter(&self, update: UpdateId, raw: &str, error: &str) -> Result<(), DeskError> {
        let letter = DeadLetter { update, raw: raw.to_owned(), error: error.to_owned(), at: self.clock.now() };
        let mut tx = self.store.begin().await?;
        tx.dead_letter(&letter).await?;
        tx.commit().await?;
        Ok(())
    }

    /// The texts in a customer's language at this moment.
    fn texts_for(&self, customer: &Customer) -> Texts {
        let language = customer.chosen_language.or(customer.person.telegram_language);
        self.texts_in(language.unwrap_or(self.config.shop.default_language))
    }

    /// The texts of a dialogue: the person's in private, the shop's in a group.
    async fn texts_at(&self, tx: &mut Tx, key: DialogueKey) -> Result<Texts, StoreError> {
        let alone = key.chat == key.person.private_chat();
        let customer = if alone { tx.customer(key.person).await? } else { None };
        Ok(customer
            .map_or_else(|| self.texts_in(self.config.shop.default_language), |customer| self.texts_for(&customer)))
    }

    fn texts_in(&self, language: Language) -> Texts {
        Texts::new(language, self.config.shop.time_zone)
    }

    fn answer(&self, toast: Option<&Toast>, customer: &Customer) -> Handled {
        Handled { answer: toast.map(|toast| notice::toast(toast, &self.texts_for(customer))), ..Handled::default() }
    }

    /// The staff chat, where it is now.
    async fn staff_chat(&self, tx: &mut Tx) -> Result<ChatId, StoreError> {
        tx.where_is(self.config.telegram.staff_chat).await
    }
}
