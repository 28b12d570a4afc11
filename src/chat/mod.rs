//! How people talk to the shop: an update is understood, moves a dialogue on, and asks the shop for what was decided.
//! What is rendered into a message is decided here and nowhere else.

pub mod action;
pub mod answer;
mod customer;
pub mod dialogue;
mod error;
pub mod event;
mod files;
pub mod i18n;
mod render;
pub mod report;
mod reports;
mod screens;
mod serials;
mod serials_file;
mod session;
mod vendor;
pub mod view;

use std::sync::Arc;

use tokio::sync::Notify;

use crate::clock::Clock;
use crate::config::Config;
use crate::domain::{Access, Roster, UpdateId};
use crate::domain::{
    AccountNotification, ChatId, Language, MessageId, Notification, OrderNumber, Person, PersonId, Role,
};
use crate::shop::{Recipient, Shop};
use crate::store::{
    AccessDecision, Customer, DeadLetter, Decider, Dedup, DialogueKey, Reachability, Seat, Store, StoreError, Tx,
};
use action::{AccessAction, Action};
use answer::Answer;
use dialogue::Input;
pub use error::ChatError;
use event::{Event, Incoming, Via};
pub use files::Fetched;
use i18n::Texts;
pub use render::Dispatch;
pub use screens::Drawing;
use session::Session;
use view::account;

/// The chat: people on one side, the shop on the other.
#[derive(Debug, Clone)]
pub struct Chat {
    shop: Shop,
    menus_changed: Arc<Notify>,
    username: Arc<str>,
}

/// What handling an update leaves to be done outside the transaction.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Handled {
    /// What the pressed button answers.
    pub answer: Option<String>,
    /// Whether the command menus are up to date.
    pub menus: Menus,
}

/// Whether the command menus are still those that people should have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Menus {
    /// They are up to date.
    #[default]
    Current,
    /// Somebody became an admin, or is none any more.
    Changed,
}

impl Chat {
    /// The chat of the bot with this username, which links lead to.
    pub fn new(shop: Shop, username: &str) -> Chat {
        Chat { shop, menus_changed: Arc::default(), username: username.into() }
    }

    /// The shop behind it.
    pub fn shop(&self) -> &Shop {
        &self.shop
    }

    /// The shop's data.
    pub fn store(&self) -> &Store {
        self.shop.store()
    }

    /// The shop's time.
    pub fn clock(&self) -> &Clock {
        self.shop.clock()
    }

    pub(crate) fn config(&self) -> &Config {
        self.shop.config()
    }

    /// Waits until somebody became an admin, or is none any more.
    pub async fn menus_changed(&self) {
        self.menus_changed.notified().await;
    }

    /// Who has which command menu.
    pub async fn roster(&self) -> Result<Roster, ChatError> {
        let mut tx = self.store().read().await?;
        Ok(self.shop.roster(&mut tx).await?)
    }

    /// Handles updates in one transaction, in order: all of them take effect, or none does.
    pub async fn handle(&self, updates: &[Incoming]) -> Result<Vec<Handled>, ChatError> {
        let mut tx = self.store().begin().await?;
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

    async fn handle_one(&self, tx: &mut Tx, incoming: &Incoming) -> Result<Handled, ChatError> {
        let now = self.clock().now();
        if tx.deduplicate(incoming.update, now).await? == Dedup::Duplicate {
            return Ok(Handled::default());
        }
        match &incoming.event {
            Event::Said { chat, person, input, via } if *chat == person.id.private_chat() => {
                return self.said_in_private(tx, person, input, via).await;
            }
            Event::Said { chat, person, input, via } => return self.said_in_group(tx, *chat, person, input, via).await,
            Event::AnonymousSender { chat, message } => {
                if *chat == self.shop.staff_chat(tx).await? {
                    self.post_once(tx, *chat, None, &Answer::AnonymousSender(*message)).await?;
                }
            }
            Event::Reachability { person, reachability } => {
                tx.set_reachability(*person, *reachability, now).await?;
                if *reachability == Reachability::Reachable {
                    tx.requeue_messages(person.private_chat(), now).await?;
                }
            }
            Event::GroupJoined(chat) => tx.requeue_messages(*chat, now).await?,
            Event::GroupMoved { from, to } => tx.chat_moved(*from, *to, now).await?,
            Event::Nothing => {}
        }
        Ok(Handled::default())
    }

    async fn said_in_private(
        &self,
        tx: &mut Tx,
        person: &Person,
        input: &Input,
        via: &Via,
    ) -> Result<Handled, ChatError> {
        let customer = self.shop.meet(tx, person).await?;
        if customer.reachability != Reachability::Reachable {
            // What was kept for a person who could not be reached is delivered now.
            let now = self.clock().now();
            tx.set_reachability(person.id, Reachability::Reachable, now).await?;
            tx.requeue_messages(person.id.private_chat(), now).await?;
        }
        match self.admin_session(tx, person.id, input).await? {
            Some(session) => self.serve_vendor(tx, session, &person.name, input, via).await,
            None => self.serve_customer(tx, &customer, input, via).await,
        }
    }

    async fn said_in_group(
        &self,
        tx: &mut Tx,
        chat: ChatId,
        person: &Person,
        input: &Input,
        via: &Via,
    ) -> Result<Handled, ChatError> {
        let Some(role) = self.role_in(tx, chat, person.id).await? else { return Ok(Handled::default()) };
        self.shop.meet_staff(tx, person).await?;
        if let (Input::Press(Some(Action::Access(newcomer, action))), Via::Press { message, .. }) = (input, via) {
            return self.decide_access(tx, person, (*newcomer, *action), *message).await;
        }
        let session = Session::open(tx, DialogueKey { chat, person: person.id, seat: Seat::Vendor }, role).await?;
        self.serve_vendor(tx, session, &person.name, input, via).await
    }

    /// In which capacity somebody acts in a chat; `None` when the vendor's business is not theirs there.
    async fn role_in(&self, tx: &mut Tx, chat: ChatId, person: PersonId) -> Result<Option<Role>, StoreError> {
        let alone = chat == person.private_chat();
        if !alone && chat != self.shop.staff_chat(tx).await? {
            return Ok(None);
        }
        if self.shop.is_admin(tx, person).await? {
            return Ok(Some(Role::Admin));
        }
        Ok((!alone).then_some(Role::Staff))
    }

    /// A press on the staff chat's question whether to let somebody in. Of two who press at once one is first, and the
    /// other reads who that was. The caller has made sure that `by` is staff.
    async fn decide_access(
        &self,
        tx: &mut Tx,
        by: &Person,
        (person, action): (PersonId, AccessAction),
        message: MessageId,
    ) -> Result<Handled, ChatError> {
        let decided = Notification::Account(AccountNotification::AccessDecided { person, message });
        self.shop.tell_once(tx, Recipient::Staff, None, &decided).await?;
        let access = match action {
            AccessAction::Admit => Access::Admitted,
            AccessAction::Refuse => Access::Refused,
        };
        let decider = Decider { id: by.id, name: by.name.clone() };
        let texts = self.shop_texts();
        let answer = match self.shop.decide_access(tx, &decider, person, access).await? {
            AccessDecision::Done => account::access_word(access, &texts),
            AccessDecision::Lost { access, by } => account::decided_before(access, by, &texts),
            AccessDecision::Unknown => texts.say("access-unknown"),
        };
        Ok(Handled { answer: Some(answer), ..Handled::default() })
    }

    /// Keeps an update that cannot be handled where the vendor finds it; it counts as processed from then on.
    pub async fn dead_letter(&self, update: UpdateId, raw: &str, error: &str) -> Result<(), ChatError> {
        let letter = DeadLetter { update, raw: raw.to_owned(), error: error.to_owned(), at: self.clock().now() };
        let mut tx = self.store().begin().await?;
        tx.dead_letter(&letter).await?;
        Ok(tx.commit().await?)
    }

    /// Lets the alert and staff's screens show whom a message about an order reaches, and whom not.
    pub async fn delivery_changed(&self, tx: &mut Tx, order: Option<OrderNumber>) -> Result<(), StoreError> {
        let Some(number) = order else { return Ok(()) };
        let changed = Notification::OrderChanged(number);
        self.shop.tell_once(tx, Recipient::Staff, Some(number), &changed).await?;
        tx.order_changed(number);
        Ok(())
    }

    /// The texts in a customer's language at this moment.
    fn texts_for(&self, customer: &Customer) -> Texts {
        let language = customer.chosen_language.or(customer.person.telegram_language);
        self.texts_in(language.unwrap_or(self.config().shop.default_language))
    }

    /// The texts in a chat: the person's in private, the shop's in a group.
    async fn texts_at(&self, tx: &mut Tx, chat: ChatId, person: PersonId) -> Result<Texts, StoreError> {
        let alone = chat == person.private_chat();
        let customer = if alone { tx.customer(person).await? } else { None };
        Ok(customer.map_or_else(|| self.shop_texts(), |customer| self.texts_for(&customer)))
    }

    /// The texts in the shop's language, which the staff chat reads.
    fn shop_texts(&self) -> Texts {
        self.texts_in(self.config().shop.default_language)
    }

    fn texts_in(&self, language: Language) -> Texts {
        Texts::new(language, self.config().shop.time_zone)
    }
}
