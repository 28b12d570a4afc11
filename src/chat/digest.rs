//! Alerts of new orders that wait together: one message names their orders, and each is unfolded by its button.

use super::answer::{Answer, Outgoing};
use super::view::{Screen, digest};
use super::{Chat, ChatError, Handled};
use crate::domain::{ChatId, MessageId, Notification, OrderNumber, Sending};
use crate::store::{OutboxMessage, OutboxMessageId, Tx};

/// So many alerts that wait are still messages of their own.
const APART: usize = 5;
/// More notices than this are not looked through for alerts; the rest has its turn later. Twice what one message can name.
const LOOKED_THROUGH: u32 = 200;

/// A message in place of several alerts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digest {
    pub screen: Screen,
    /// What it tells.
    pub told: Vec<(OutboxMessageId, OrderNumber)>,
}

impl Chat {
    /// The alerts that wait in a chat, from this one on, as one message; `None` while they are few.
    pub async fn digest_of_waiting(&self, next: &OutboxMessage) -> Result<Option<Digest>, ChatError> {
        let mut tx = self.store().read();
        let mut waiting = tx.waiting_notices(next.chat, LOOKED_THROUGH).await?;
        waiting.retain(|notice| is_alert(&notice.body));
        if waiting.len() <= APART || waiting.first().is_none_or(|first| first.id != next.id) {
            return Ok(None);
        }
        waiting.truncate(digest::MOST);
        let numbers: Vec<OrderNumber> = waiting.iter().map(|notice| notice.order).collect();
        let mut orders = tx.orders_named(&numbers).await?;
        let turn = |number: OrderNumber| numbers.iter().position(|waits| *waits == number);
        orders.sort_by_key(|order| turn(order.summary.number));
        let texts = self.shop_texts();
        orders.truncate(digest::fitting(&orders, &texts));
        orders.sort_by_key(|order| order.summary.number);
        waiting.retain(|notice| orders.iter().any(|order| order.summary.number == notice.order));
        Ok((waiting.len() > 1).then(|| Digest {
            screen: digest::digest(&orders, next.sending, &texts),
            told: waiting.iter().map(|notice| (notice.id, notice.order)).collect(),
        }))
    }

    /// A digest as its orders stand; `None` when it names none any more.
    pub async fn digest(&self, chat: ChatId, message: MessageId) -> Result<Option<Screen>, ChatError> {
        let mut tx = self.store().read();
        let numbers = tx.orders_of_digest(chat, message).await?;
        let orders = tx.orders_named(&numbers).await?;
        Ok((!orders.is_empty()).then(|| digest::digest(&orders, Sending::First, &self.shop_texts())))
    }

    /// The digest that shows what this notification tells of, when nothing else in the chat does.
    pub async fn covering_digest(&self, chat: ChatId, outgoing: &Outgoing) -> Result<Option<MessageId>, ChatError> {
        let Outgoing::Shop(Notification::OrderChanged(number)) = outgoing else { return Ok(None) };
        let mut tx = self.store().read();
        match tx.alert_message(*number, chat).await? {
            Some(_) => Ok(None),
            None => Ok(tx.digest_of(*number, chat).await?),
        }
    }

    /// Somebody of the staff wants an order of a digest as a message of its own.
    pub(super) async fn unfold(&self, tx: &mut Tx, chat: ChatId, number: OrderNumber) -> Result<Handled, ChatError> {
        let texts = self.shop_texts();
        let answer = if tx.order(number).await?.is_none() {
            texts.say("toast-outdated")
        } else {
            self.post_once(tx, chat, Some(number), &Answer::Desk(number)).await?;
            texts.say_with("digest-unfolded", &[("number", number.to_string().into())])
        };
        Ok(Handled { answer: Some(answer), ..Handled::default() })
    }

    /// Somebody answered a digest: nobody can tell which order they mean.
    pub(super) async fn hint_to_unfold(
        &self,
        tx: &mut Tx,
        chat: ChatId,
        message: MessageId,
    ) -> Result<Handled, ChatError> {
        self.post_once(tx, chat, None, &Answer::UnfoldFirst(message)).await?;
        Ok(Handled::default())
    }
}

fn is_alert(body: &str) -> bool {
    matches!(Outgoing::read(body), Ok(Outgoing::Shop(Notification::OrderPlaced(_))))
}
