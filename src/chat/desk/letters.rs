//! What a notice says when it is delivered, gathered in one read.

use super::fact::{Notification, ReportNotification};
use super::{Desk, DeskError};
use crate::chat::i18n::Texts;
use crate::chat::view::alert::{Background, Unreached, WhyUnreached};
use crate::chat::view::{Html, Keyboard, OutgoingMessage, Screen, alert, letters};
use crate::domain::{Access, ChatId, MessageId, Order, OrderAction, OrderNumber, Person, PersonId, Role, Sending};
use crate::store::{Customer, Delivery, DialogueKey, Reachability, Tx};

/// What delivering a notice comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Dispatch {
    /// A new message.
    Send(OutgoingMessage),
    /// A new message, and facts that are to be told after it.
    SendFirst(OutgoingMessage, Vec<Notification>),
    /// This message shows something else from now on; a new one if it is gone.
    Edit(MessageId, Screen),
}

impl Desk {
    /// A notice as its reader is to have it; `None` when there is nothing left to say.
    pub async fn render(
        &self,
        chat: ChatId,
        fact: &Notification,
        sending: Sending,
    ) -> Result<Option<Dispatch>, DeskError> {
        if let Notification::Desk(fact) = fact {
            return self.render_for_admin(chat, fact).await;
        }
        let mut tx = self.store().read().await?;
        let tx = &mut tx;
        match fact {
            Notification::Account(fact) => self.render_account(tx, fact, sending).await,
            Notification::OrderPlaced(number) => Ok(self.order_for_staff(tx, *number, sending).await?.map(sent)),
            Notification::OrderChanged(number) => {
                let alert = self.alert_message(tx, *number, chat).await?;
                let screen = self.order_for_staff(tx, *number, Sending::First).await?;
                Ok(screen.map(|screen| match alert {
                    Some(message) => Dispatch::Edit(message, screen),
                    None => sent(screen),
                }))
            }
            Notification::CustomerAsked { number, by, request, words } => {
                let Some(customer) = tx.customer(*by).await? else { return Ok(None) };
                let texts = self.texts_in(self.config().shop.default_language);
                let letter = alert::question(*number, *request, words, &customer.person, sending, &texts);
                let letter = match self.alert_message(tx, *number, chat).await? {
                    Some(message) => letter.replying_to(message),
                    None => letter,
                };
                Ok(Some(Dispatch::Send(letter)))
            }
            Notification::StockLow { sku, left } => {
                let catalogue = self.catalogue(tx).await?;
                let texts = self.texts_in(self.config().shop.default_language);
                let name = catalogue.product(sku).map(|product| product.name.in_language(texts.language()));
                let variables = [("product", name.unwrap_or(sku.as_str()).into()), ("left", u64::from(*left).into())];
                Ok(Some(plain(&texts.say_with("stock-low", &variables))))
            }
            Notification::AnonymousSender(message) => {
                let texts = self.texts_in(self.config().shop.default_language);
                let text = Html::new().text(&texts.say("staff-faceless"));
                let letter = OutgoingMessage::plain(Screen { text, keyboard: Keyboard::new() });
                Ok(Some(Dispatch::Send(letter.replying_to(*message))))
            }
            Notification::FileAnswered { to, notice } => self.render_file_answer(tx, chat, *to, notice).await,
            _ => self.render_for_customer(tx, PersonId(chat.0), fact, sending).await,
        }
    }

    /// What an admin hears instead of a file that cannot be had; `None` for who is none any more.
    pub async fn render_failure(&self, chat: ChatId, fact: &ReportNotification) -> Result<Option<Dispatch>, DeskError> {
        let mut tx = self.store().read().await?;
        if self.role_in(&mut tx, chat, fact.reader()).await? != Some(Role::Admin) {
            return Ok(None);
        }
        let texts = self.texts_at(&mut tx, DialogueKey { chat, person: fact.reader() }).await?;
        Ok(Some(plain(&texts.say("export-not-sent"))))
    }

    async fn render_for_customer(
        &self,
        tx: &mut Tx,
        person: PersonId,
        fact: &Notification,
        sending: Sending,
    ) -> Result<Option<Dispatch>, DeskError> {
        let Some(customer) = tx.customer(person).await? else { return Ok(None) };
        let texts = self.texts_for(&customer);
        let letter = match fact {
            Notification::AllSerials
            | Notification::OrderCompleted(_)
            | Notification::SerialsAgain(_)
            | Notification::SerialsPart { .. } => {
                return self.render_serials(tx, &customer, fact, sending).await;
            }
            Notification::OrderInvoiced { number, invoice } => {
                theirs(tx, &customer, *number).await?.map(|_| letters::invoiced(*number, invoice, sending, &texts))
            }
            Notification::OrderCancelled { number, reason } => {
                theirs(tx, &customer, *number).await?.map(|_| letters::cancelled(*number, reason, sending, &texts))
            }
            Notification::StaffAnswered { number, words } => {
                theirs(tx, &customer, *number).await?.map(|_| letters::answered(*number, words, sending, &texts))
            }
            Notification::InvoiceAgain(number) => theirs(tx, &customer, *number)
                .await?
                .and_then(|order| Some(letters::invoice_again(*number, order.invoice()?, &texts))),
            Notification::Account(_)
            | Notification::OrderPlaced(_)
            | Notification::OrderChanged(_)
            | Notification::CustomerAsked { .. }
            | Notification::StockLow { .. }
            | Notification::AnonymousSender(_)
            | Notification::FileAnswered { .. }
            | Notification::Desk(_) => None,
        };
        Ok(letter.map(Dispatch::Send))
    }

    /// An order as the staff chat sees it.
    pub(super) async fn order_for_staff(
        &self,
        tx: &mut Tx,
        number: OrderNumber,
        sending: Sending,
    ) -> Result<Option<Screen>, DeskError> {
        let Some(order) = tx.order(number).await? else { return Ok(None) };
        let texts = self.texts_in(self.config().shop.default_language);
        Ok(Some(self.staff_card(tx, &order, sending, &texts).await?))
    }

    /// An order's card for staff.
    pub(super) async fn staff_card(
        &self,
        tx: &mut Tx,
        order: &Order,
        sending: Sending,
        texts: &Texts,
    ) -> Result<Screen, DeskError> {
        let customer = tx.customer(order.placed_by).await?.map(|customer| customer.person);
        let customer = customer.unwrap_or_else(|| nobody(order));
        let about = Background {
            customer: &customer,
            billing: tx.billing_of(order.account).await?,
            unreached: unreached(tx, order).await?,
        };
        Ok(alert::order(order, &about, sending, texts))
    }

    /// The message in this chat that shows an order to staff.
    async fn alert_message(
        &self,
        tx: &mut Tx,
        number: OrderNumber,
        chat: ChatId,
    ) -> Result<Option<MessageId>, DeskError> {
        let told = tx.messages_of(number).await?;
        let alerts = told.into_iter().rev().filter(|notice| notice.chat == chat).filter_map(|notice| {
            let shows = matches!(
                Notification::read(&notice.fact),
                Ok(Notification::OrderPlaced(_) | Notification::OrderChanged(_))
            );
            match notice.delivery {
                Delivery::Sent(message) if shows => Some(message),
                _ => None,
            }
        });
        Ok({ alerts }.next())
    }
}

pub(super) fn sent(screen: Screen) -> Dispatch {
    Dispatch::Send(OutgoingMessage::plain(screen))
}

fn plain(sentence: &str) -> Dispatch {
    sent(Screen { text: Html::new().text(sentence), keyboard: Keyboard::new() })
}

/// An order that is this customer's as of now: who left the account hears no more of it.
pub(super) async fn theirs(tx: &mut Tx, customer: &Customer, number: OrderNumber) -> Result<Option<Order>, DeskError> {
    let order = tx.order_of(customer, number).await?;
    Ok(order.filter(|order| may_hear(customer, order)))
}

/// Whoever is shut out still gets what they themselves ordered, and nothing of their colleagues'.
fn may_hear(customer: &Customer, order: &Order) -> bool {
    customer.access == Access::Admitted || order.placed_by == customer.person.id
}

/// Whom notices about an order wait for.
async fn unreached(tx: &mut Tx, order: &Order) -> Result<Vec<Unreached>, DeskError> {
    let founder = tx.account(order.account).await?.map(|account| account.owner);
    let mut unreached: Vec<Unreached> = Vec::new();
    for notice in tx.messages_of(order.summary.number).await? {
        if !matches!(notice.delivery, Delivery::Unreachable | Delivery::Dead(_)) {
            continue;
        }
        let reader = tx.customer(PersonId(notice.chat.0)).await?;
        // Who left the account meanwhile, or was shut out, is not to hear of its orders any more.
        let is_theirs = |reader: &Customer| reader.account == order.account || founder == Some(reader.person.id);
        let reader = reader.filter(|reader| is_theirs(reader) && may_hear(reader, order));
        let Some(customer) = reader else { continue };
        let why = match (notice.delivery, customer.reachability) {
            (Delivery::Dead(_), _) => WhyUnreached::Refused,
            (_, Reachability::Deactivated) => WhyUnreached::Deactivated,
            (_, Reachability::Blocked | Reachability::Reachable) => WhyUnreached::Blocked,
        };
        let one = Unreached { name: customer.person.name, why };
        if !unreached.contains(&one) {
            unreached.push(one);
        }
    }
    Ok(unreached)
}

/// Whoever placed an order is known; their name then stands in the first row of the audit trail.
fn nobody(order: &Order) -> Person {
    let placed = order.events.iter().find(|event| event.deed == OrderAction::Placed);
    let name = placed.map_or_else(|| order.placed_by.to_string(), |event| event.actor_name.clone());
    Person { id: order.placed_by, name, username: None, telegram_language: None }
}
