//! How staff see that their words are on their way to the customer: by a reaction, which costs their chat no message, or in
//! words where the chat lets nobody react.

use chrono::TimeDelta;

use super::answer::Answer;
use super::dialogue::{Reaction, Receipts, Reply, VendorInput};
use super::dispatch::Dispatch;
use super::view::{OutgoingMessage, Screen, order_actions};
use super::{Chat, ChatError};
use crate::domain::{ActionKind, ChatId, MessageId, OrderNumber};
use crate::store::{StoreError, Tx};

/// A chat that refused a reaction is tried again after so long: somebody may have allowed it.
const REFUSED_FOR: TimeDelta = TimeDelta::days(1);

/// A message to react to, since it is on its way to the customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Receipt {
    pub chat: ChatId,
    pub message: MessageId,
    /// The order that it is about.
    pub order: OrderNumber,
    pub reaction: Reaction,
}

impl Receipt {
    /// The receipt for what one of the staff wrote to a customer.
    pub(super) fn of(chat: ChatId, heard: &VendorInput, reaction: Option<Reaction>) -> Option<Receipt> {
        match heard {
            VendorInput::Message(message, Reply::Customer(order)) | VendorInput::Corrected(order, message) => {
                Some(Receipt { chat, message: message.id, order: *order, reaction: reaction? })
            }
            _ => None,
        }
    }
}

/// Why there is no reaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The chat lets the bot react to nothing, or not so.
    ByChat,
    /// It failed for another reason.
    Trouble,
}

impl Chat {
    pub(super) async fn receipts_in(&self, tx: &mut Tx, chat: ChatId) -> Result<Receipts, StoreError> {
        let since = self.clock().now() - REFUSED_FOR;
        Ok(if tx.refused_reactions(chat, since).await? { Receipts::Words } else { Receipts::Reaction })
    }

    /// Says in words what the bot could not say by a reaction.
    pub async fn not_reacted(&self, receipt: &Receipt, why: Refusal) -> Result<(), ChatError> {
        let Receipt { chat, message, order, .. } = *receipt;
        let mut tx = self.store().begin().await?;
        if why == Refusal::ByChat {
            tx.refuse_reactions(chat, self.clock().now()).await?;
        }
        self.post_once(&mut tx, chat, Some(order), &Answer::WordsOnTheirWay { number: order, message }).await?;
        tx.commit().await?;
        Ok(())
    }

    pub(super) fn render_words_on_their_way(&self, number: OrderNumber, message: MessageId) -> Dispatch {
        let sentence = order_actions::done(number, ActionKind::Answer, &self.shop_texts());
        Dispatch::Send(OutgoingMessage::plain(Screen::sentence(&sentence)).replying_to(message))
    }
}
