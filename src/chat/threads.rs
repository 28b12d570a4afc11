//! Where somebody's words stand in a chat: below what they answer, if that stands there too.

use super::dialogue::customer::GOES_ON_FOR;
use super::dialogue::{Message, Reply};
use super::dispatch::Dispatch;
use super::hearing::theirs;
use super::view::{OutgoingMessage, order_actions, words};
use super::{Chat, ChatError};
use crate::chat::action::{Action, StaffAction};
use crate::domain::{Answered, ChatId, MessageBody, MessageId, OrderNumber, PersonId, Sequence, Source};
use crate::store::{DialogueKey, Tx};

/// What a message with somebody's words answers in a chat.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Thread {
    answered: Option<MessageId>,
    quote: Option<String>,
}

impl Thread {
    /// The thread, or one that begins at this message where it is none.
    pub(super) fn or(self, answered: Option<MessageId>) -> Thread {
        if self.answered.is_some() { self } else { Thread { answered, quote: None } }
    }

    pub(super) fn continued_by(self, message: OutgoingMessage) -> OutgoingMessage {
        OutgoingMessage { reply_to: self.answered, quote: self.quote, ..message }
    }
}

/// The thread of somebody's words, and the words as they are to be read there: without the quote that stands above them.
pub(super) async fn thread(
    tx: &mut Tx,
    order: OrderNumber,
    words: &MessageBody,
    chat: ChatId,
) -> Result<(Thread, MessageBody), ChatError> {
    let mut words = words.clone();
    if words.sequence == Sequence::Correction {
        let former = match words.source {
            Some(source) => tx.brought_by(source, chat).await?,
            None => None,
        };
        words.answers = None;
        return Ok((Thread { answered: former, quote: None }, words));
    }
    let Some(Answered { words: Some(source), quote }) = words.answers.clone() else {
        return Ok((Thread::default(), words));
    };
    let Some(answered) = stands_in(tx, source, chat).await? else { return Ok((Thread::default(), words)) };
    let quote = match quote {
        Some(quote) if reads(tx, order, source, &quote).await? => Some(quote),
        _ => None,
    };
    if let Some(answers) = words.answers.as_mut().filter(|_| quote.is_some()) {
        answers.quote = None;
    }
    Ok((Thread { answered: Some(answered), quote }, words))
}

/// The message of a chat that words are, or that brought them there.
async fn stands_in(tx: &mut Tx, source: Source, chat: ChatId) -> Result<Option<MessageId>, ChatError> {
    if source.chat == chat { Ok(Some(source.message)) } else { Ok(tx.brought_by(source, chat).await?) }
}

/// Whether this is a part of the words: a quote may also hold what the bot wrote above them.
async fn reads(tx: &mut Tx, order: OrderNumber, source: Source, part: &str) -> Result<bool, ChatError> {
    let order = tx.order(order).await?;
    let written = order.as_ref().map(|order| order.written_in(source)).unwrap_or_default();
    Ok(written.iter().filter_map(|event| event.action.words()).any(|words| words.text.contains(part)))
}

impl Chat {
    /// What a message in the group that answers none of the bot's is: talk, a further part of what its author tells a customer,
    /// or what may be one or the other.
    pub(super) async fn goes_on_with(
        &self,
        tx: &mut Tx,
        key: DialogueKey,
        message: &Message,
    ) -> Result<Reply, ChatError> {
        if let Some(answered) = message.answers_person {
            let words = tx.passed_on(Source { chat: key.chat, message: answered }).await?;
            return Ok(match words {
                Some(words) if words.by == Some(key.person) => Reply::Customer(words.order),
                Some(words) => Reply::Perhaps(words.order),
                None => Reply::Nothing,
            });
        }
        let since = self.clock().now() - GOES_ON_FOR;
        Ok(match tx.last_passed_on(key.chat, key.person, since).await? {
            Some(words) if words.album.is_some() && words.album == message.album => Reply::Customer(words.order),
            Some(words) => Reply::Perhaps(words.order),
            None => Reply::Nothing,
        })
    }

    /// A file of an order's conversation once more, for whoever may see it there.
    pub(super) async fn file_again(
        &self,
        tx: &mut Tx,
        chat: ChatId,
        number: OrderNumber,
        place: usize,
    ) -> Result<Option<Dispatch>, ChatError> {
        let person = PersonId(chat.0);
        let customer = tx.customer(person).await?;
        let theirs = match &customer {
            Some(customer) => theirs(tx, customer, number).await?,
            None => None,
        };
        let is_customers = theirs.is_some();
        let is_vendors = match chat == person.private_chat() && chat.0 > 0 {
            true => self.shop.is_admin(tx, person).await?,
            false => chat == self.shop.staff_chat(tx).await?,
        };
        let order = if is_vendors { tx.order(number).await? } else { theirs };
        let Some(order) = order.filter(|_| is_customers || is_vendors) else { return Ok(None) };
        let Some(event) = order.events.get(place) else { return Ok(None) };
        let Some(file) = event.action.words().and_then(|words| words.file.as_ref()) else { return Ok(None) };
        let texts = self.texts_at(tx, chat, person).await?;
        let (line, open) = match is_customers {
            true => (order_actions::customer_line(event, None, &texts).unwrap_or_default(), Action::Order(number)),
            false => (order_actions::staff_line(event, None, &texts), Action::Staff(number, StaffAction::Open)),
        };
        let message = words::file_again(number, &line, file, open, &texts);
        Ok(Some(Dispatch::Send(match tx.alert_message(number, chat).await? {
            Some(alert) => message.replying_to(alert),
            None => message,
        })))
    }
}
