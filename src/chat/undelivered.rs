//! What people hear of messages and files that Telegram does not take.

use super::answer::Outgoing;
use super::dispatch::Dispatch;
use super::view::{OutgoingMessage, alert};
use super::{Chat, ChatError};
use crate::domain::{Actor, ChatId, Notification, OrderAction, OrderNumber, PersonId};
use crate::shop::Recipient;
use crate::store::Tx;

/// Why a file does not go with its message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileTrouble {
    /// Telegram does not give it out any more.
    Lost,
    /// The chat takes no files for now.
    Forbidden,
}

impl Chat {
    /// A message without its file, and with a sentence that says so.
    pub async fn without_file(
        &self,
        chat: ChatId,
        message: OutgoingMessage,
        trouble: FileTrouble,
    ) -> Result<OutgoingMessage, ChatError> {
        let texts = self.texts_at(&mut self.store().read(), chat, PersonId(chat.0)).await?;
        let sentence = match trouble {
            FileTrouble::Lost if chat.0 > 0 => "message-file-lost",
            FileTrouble::Lost => "staff-file-lost",
            FileTrouble::Forbidden => "staff-file-forbidden",
        };
        let mut message = OutgoingMessage { attachment: None, ..message };
        message.screen.text = message.screen.text.line(&texts.say(sentence));
        Ok(message)
    }

    /// Takes note in the order's audit trail that one of its files is lost, once.
    pub async fn file_lost(&self, tx: &mut Tx, number: OrderNumber, file_id: &str) -> Result<(), ChatError> {
        let Some(order) = tx.locked_order(number).await? else { return Ok(()) };
        let Some(file) = order.file(file_id).cloned() else { return Ok(()) };
        self.shop.perform(tx, &order, OrderAction::FileLost(file), &Actor::System).await?.ok();
        Ok(())
    }

    /// Tells staff that a message was given up, or the admins if the staff chat takes no word of it either.
    pub async fn given_up(
        &self,
        tx: &mut Tx,
        chat: ChatId,
        about: Option<OrderNumber>,
        message: Option<&Outgoing>,
    ) -> Result<(), ChatError> {
        let staff_chat = self.shop.staff_chat(tx).await?;
        let notification = Notification::Undelivered { number: about, to: chat };
        match message {
            Some(Outgoing::Shop(word @ Notification::Undelivered { .. })) if chat == staff_chat => {
                self.shop.tell_admins(tx, about, word).await?;
            }
            // The log has it.
            Some(Outgoing::Shop(Notification::Undelivered { .. } | Notification::StaffChatClosed { .. })) => {}
            _ => self.shop.tell_once(tx, Recipient::Staff, about, &notification).await?,
        }
        Ok(())
    }

    /// Tells the admins that a chat takes no messages at the moment, if it is the staff's: nobody else would know.
    pub async fn chat_takes_nothing(&self, tx: &mut Tx, chat: ChatId, reason: &str) -> Result<(), ChatError> {
        // Of a chat that is open to all they have heard already.
        if chat == self.shop.staff_chat(tx).await? && !tx.is_open_chat(chat).await? {
            let notification = Notification::StaffChatClosed { reason: reason.to_owned() };
            self.shop.tell_admins(tx, None, &notification).await?;
        }
        Ok(())
    }

    /// What a chat reads of a message that was given up; in the staff chat as a reply to the order's alert.
    pub(super) async fn render_undelivered(
        &self,
        tx: &mut Tx,
        chat: ChatId,
        number: Option<OrderNumber>,
        to: ChatId,
    ) -> Result<Dispatch, ChatError> {
        let reader = if to.0 > 0 { tx.customer(PersonId(to.0)).await? } else { None };
        let texts = self.texts_at(tx, chat, PersonId(chat.0)).await?;
        let reader = reader.as_ref().map(|customer| &customer.person);
        let message = OutgoingMessage::plain(alert::undelivered(number, reader, &texts));
        let alert = match number {
            Some(number) => tx.message_showing(number, chat).await?,
            None => None,
        };
        Ok(Dispatch::Send(match alert {
            Some(alert) => message.replying_to(alert),
            None => message,
        }))
    }
}
