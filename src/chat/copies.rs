//! Messages that show an order and follow it: the alert where it moved to, cards that stay in customers' chats, and what
//! brought an invoice that is not to be paid any more.

use super::answer::Answer;
use super::dispatch::{Dispatch, Wording};
use super::hearing::theirs;
use super::view::{OutgoingMessage, Reader, order_actions, orders};
use super::{Chat, ChatError};
use crate::domain::{
    ActionKind, ChatId, InvoiceStanding, MessageId, Notification, Order, OrderNumber, PersonId, Role, Sending, Stored,
};
use crate::store::Tx;

impl Chat {
    /// An order's alert as a new message, whose place the former one is told to have lost.
    pub(super) async fn desk(
        &self,
        tx: &mut Tx,
        chat: ChatId,
        number: OrderNumber,
        sending: Sending,
    ) -> Result<Option<Dispatch>, ChatError> {
        let former = tx.alert_message(number, chat).await?;
        let sending = match former {
            Some(_) => sending,
            None => alert_sending(tx, chat, number, sending).await?,
        };
        let Some(screen) = self.alert(tx, number, sending).await? else { return Ok(None) };
        let moved = former.map(|message| Answer::DeskMoved { number, message });
        Ok(Some(Dispatch::SendFirst(OutgoingMessage::plain(screen), moved.into_iter().collect())))
    }

    /// A card that stays in a customer's chat, as it is now.
    pub(super) async fn card_changed(
        &self,
        tx: &mut Tx,
        person: PersonId,
        number: OrderNumber,
        message: MessageId,
    ) -> Result<Option<Dispatch>, ChatError> {
        let Some(customer) = tx.customer(person).await? else { return Ok(None) };
        let texts = self.texts_for(&customer);
        let card = match theirs(tx, &customer, number).await? {
            Some(order) => {
                let reader = Reader {
                    name: customer.person.name.clone(),
                    chosen_language: customer.chosen_language,
                    has_colleagues: customer.has_colleagues,
                };
                orders::card(&order, &reader, &texts)
            }
            None => orders::unknown(&texts),
        };
        Ok(Some(Dispatch::Mark(message, card, Wording::Text)))
    }

    /// What a message says whose invoice is not to be paid any more.
    pub(super) async fn replaced_invoice(
        &self,
        tx: &mut Tx,
        person: PersonId,
        number: OrderNumber,
        (message, invoice): (MessageId, usize),
    ) -> Result<Option<Dispatch>, ChatError> {
        let Some(customer) = tx.customer(person).await? else { return Ok(None) };
        let Some(order) = theirs(tx, &customer, number).await? else { return Ok(None) };
        let former = invoice.checked_sub(1).and_then(|before| order.invoices().nth(before));
        let (Some(former), Some(current)) = (former, order.issued().next_back()) else { return Ok(None) };
        let standing = InvoiceStanding::ReplacedBy(current);
        let texts = self.texts_for(&customer);
        let screen = order_actions::void_invoice(&order, (former, standing), Sending::First, &texts);
        let wording = if former.document.is_some() { Wording::Caption } else { Wording::Text };
        Ok(Some(Dispatch::Mark(message, screen, wording)))
    }
}

/// What an order's alert is to its readers who are sent it now: they may have read the one that waits to be sent again.
pub(super) async fn alert_sending(
    tx: &mut Tx,
    chat: ChatId,
    number: OrderNumber,
    sending: Sending,
) -> Result<Sending, ChatError> {
    let placed = Notification::OrderPlaced(number).encode()?;
    Ok(tx.sending_of(chat, number, &placed).await?.max(sending))
}

/// What the stock has for each line of an order that can be completed, counted no further than the line needs.
pub(super) async fn stock_for(tx: &mut Tx, order: &Order) -> Result<Vec<u32>, ChatError> {
    let mut stock = Vec::new();
    if order.status_after(ActionKind::Complete, Role::Staff).is_ok() {
        for line in &order.lines {
            stock.push(tx.in_stock(&line.sku, line.quantity).await?);
        }
    }
    Ok(stock)
}
